import SimKernel

/// What every node, and every proxy in front of a client group, believes the endpoints are.
///
/// One viewer per node (kube-proxy) and one per client group (an ingress controller, or kube-proxy
/// where the clients live). A round starts at the change, but not before the floor has passed since
/// the end of the round before; its rules show the slices as they were at its start, and are live
/// at its end. Changes in between wait for the next round. Viewers are not synchronised.
/// With iptables a round grows with the number of Services. Left out: failed rounds.
struct KubeProxy: ~Copyable {
  struct Viewer: BitwiseCopyable {
    /// The node's or the client group's name as a key of draws.
    let key: UInt64
    let minSyncPeriod: SimDuration
    let round: (SimDuration, SimDuration)
    /// The node it stands on, -1 outside the cluster.
    let node: Int32
    /// An L7 proxy: policies and preferences of Services do not bind it.
    let isIngress: Bool
    var lastRoundEnd = SimTime.distantPast
    var isRoundScheduled = false
    var isInRound = false
    var isDirty = false
  }

  var lists = EndpointLists()
  var rows = Table<Viewer>()
  /// viewer · views + view: the list whose rules are live.
  private var programmed = Table<UInt32>()
  /// The same for the round under way.
  private var pending = Table<UInt32>()
  /// See `EndpointViews`.
  private let views: Int
  private let nodeCount: Int

  init(plan: SimulationPlan, views: Int) {
    self.views = views
    nodeCount = plan.cluster.nodes.count
    let proxy = plan.cluster.kubeProxy
    let ingress = plan.cluster.ingress
    for (index, node) in plan.cluster.nodes.enumerated() {
      rows.append(
        Viewer(
          key: Draws.key("node/" + node.name),
          minSyncPeriod: proxy.minSyncPeriod,
          round: (proxy.round.low, proxy.round.high),
          node: Int32(index),
          isIngress: false
        )
      )
    }
    for client in plan.clients {
      let isIngress = client.call.routing == .ingress
      rows.append(
        Viewer(
          key: Draws.key("client/" + client.name),
          minSyncPeriod: isIngress ? ingress.minSyncPeriod : proxy.minSyncPeriod,
          round: isIngress
            ? (ingress.round.low, ingress.round.high) : (proxy.round.low, proxy.round.high),
          node: -1,
          isIngress: isIngress
        )
      )
    }
    for _ in 0..<(rows.count * views) {
      programmed.append(EndpointLists.empty)
      pending.append(EndpointLists.empty)
    }
  }

  /// The viewer of a client group.
  func viewer(ofClient client: Int) -> Int { nodeCount + client }

  /// Who a viewer is, for reports.
  func name(of viewer: Int) -> ViewChange.Viewer {
    viewer < nodeCount ? .node(viewer) : .client(viewer - nodeCount)
  }

  /// The list whose rules are live at a viewer.
  @inline(__always)
  func programmedList(viewer: Int, view: Int) -> UInt32 {
    programmed[viewer &* views &+ view]
  }

  /// What the slices say now to a viewer.
  private func published(
    viewer: Int,
    view: Int,
    _ controller: borrowing EndpointSliceController
  ) -> UInt32 {
    let row = rows[viewer]
    let node = row.node >= 0 ? Int(row.node) : nil
    if !row.isIngress, let list = controller.views.list(ofView: view, node: node) { return list }
    return controller.published[controller.views.service(of: view)].list
  }

  /// Remembers the slices as they are at the start of a round.
  mutating func beginRound(viewer: Int, _ controller: borrowing EndpointSliceController) {
    for view in 0..<views {
      let list = published(viewer: viewer, view: view, controller)
      lists.retain(list)
      pending[viewer * views + view] = list
    }
  }

  /// Makes the remembered slices the live rules; returns the views that changed.
  mutating func finishRound(viewer: Int) -> [Int] {
    var changed: [Int] = []
    for view in 0..<views {
      let cell = viewer * views + view
      if programmed[cell] != pending[cell] { changed.append(view) }
      lists.release(programmed[cell])
      programmed[cell] = pending[cell]
      pending[cell] = EndpointLists.empty
    }
    return changed
  }

  /// How many nodes show a Service's newest endpoints.
  func programmedNodes(view: Int, _ controller: borrowing EndpointSliceController) -> Int {
    var count = 0
    for node in 0..<nodeCount
    where programmed[node * views + view] == published(viewer: node, view: view, controller) {
      count += 1
    }
    return count
  }
}

extension Simulation {
  /// The slices of a Service changed: every viewer plans a round.
  mutating func notifyViewers(service: Int) {
    for viewer in 0..<viewers.rows.count {
      viewers.rows[viewer].isDirty = true
      planRound(viewer: viewer)
    }
  }

  private mutating func planRound(viewer: Int) {
    let row = viewers.rows[viewer]
    guard !row.isInRound, !row.isRoundScheduled else { return }
    viewers.rows[viewer].isRoundScheduled = true
    schedule(.proxyRoundDue, viewer, at: max(now, row.lastRoundEnd + row.minSyncPeriod))
  }

  /// A round starts.
  mutating func proxyRoundDue(viewer: Int) {
    viewers.rows[viewer].isRoundScheduled = false
    viewers.rows[viewer].isInRound = true
    viewers.rows[viewer].isDirty = false
    let row = viewers.rows[viewer]
    viewers.beginRound(viewer: viewer, endpointSlices)
    let delay = UniformDelay(row.round.0, row.round.1).draw(
      draws.kubeProxy,
      row.key,
      UInt64(bitPattern: now.nanoseconds)
    )
    schedule(.proxyRoundFinished, viewer, at: now + delay + otherServicesTime(row))
  }

  /// What the lines of the cluster's other Services add to a round.
  private func otherServicesTime(_ row: KubeProxy.Viewer) -> SimDuration {
    let proxy = plan.cluster.kubeProxy
    guard proxy.otherServices > 0, proxy.mode == .iptables, !row.isIngress else { return .zero }
    let services = Int64(proxy.otherServices)
    if proxy.rewritesAll { return .milliseconds(100) + .milliseconds(services) }
    let perThousand = proxy.roundPerThousand.draw(
      draws.kubeProxy,
      row.key,
      UInt64(bitPattern: now.nanoseconds),
      1
    )
    return SimDuration(nanoseconds: perThousand.nanoseconds / 1_000 * services)
  }

  /// The rules are live.
  mutating func proxyRoundFinished(viewer: Int) {
    viewers.rows[viewer].isInRound = false
    viewers.rows[viewer].lastRoundEnd = now
    let isGone = viewer < nodes.count && !nodes[viewer].isAlive
    for view in viewers.finishRound(viewer: viewer) {
      let list = viewers.programmedList(viewer: viewer, view: view)
      virtualServers.update(viewer: viewer, view: view, to: list, in: &viewers.lists)
      if !isGone { recordView(viewer: viewer, view: view) }
    }
    if viewers.rows[viewer].isDirty { planRound(viewer: viewer) }
  }
}
