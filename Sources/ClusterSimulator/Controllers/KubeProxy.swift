import SimKernel

/// What every node, and every proxy in front of a client group, believes the endpoints are.
///
/// One viewer per node (kube-proxy) and one per client group (an ingress controller, or kube-proxy
/// where the clients live). A round starts at the change, but not before the floor has passed since
/// the end of the round before; its rules show the slices as they were at its start, and are live
/// at its end. Changes in between wait for the next round. Viewers are not synchronised.
/// Left out: the cost of a round growing with the number of Services, failed rounds.
struct KubeProxy: ~Copyable {
  struct Viewer: BitwiseCopyable {
    /// The node's or the client group's name as a key of draws.
    let key: UInt64
    let minSyncPeriod: SimDuration
    let round: (SimDuration, SimDuration)
    var lastRoundEnd = SimTime.distantPast
    var isRoundScheduled = false
    var isInRound = false
    var isDirty = false
  }

  var lists = EndpointLists()
  var rows = Table<Viewer>()
  /// viewer · services + service: the list whose rules are live.
  private var programmed = Table<UInt32>()
  /// The same for the round under way.
  private var pending = Table<UInt32>()
  private let services: Int
  private let nodeCount: Int

  init(plan: SimulationPlan) {
    services = plan.services.count
    nodeCount = plan.cluster.nodes.count
    let proxy = plan.cluster.kubeProxy
    let ingress = plan.cluster.ingress
    for node in plan.cluster.nodes {
      rows.append(
        Viewer(
          key: Draws.key("node/" + node.name),
          minSyncPeriod: proxy.minSyncPeriod,
          round: (proxy.round.low, proxy.round.high)
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
            ? (ingress.round.low, ingress.round.high) : (proxy.round.low, proxy.round.high)
        )
      )
    }
    for _ in 0..<(rows.count * services) {
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
  func programmedList(viewer: Int, service: Int) -> UInt32 {
    programmed[viewer &* services &+ service]
  }

  /// Remembers the slices as they are at the start of a round.
  mutating func beginRound(viewer: Int, published: [EndpointSliceController.Published]) {
    for service in 0..<services {
      let list = published[service].list
      lists.retain(list)
      pending[viewer * services + service] = list
    }
  }

  /// Makes the remembered slices the live rules; returns the Services that changed.
  mutating func finishRound(viewer: Int) -> [Int] {
    var changed: [Int] = []
    for service in 0..<services {
      let cell = viewer * services + service
      if programmed[cell] != pending[cell] { changed.append(service) }
      lists.release(programmed[cell])
      programmed[cell] = pending[cell]
      pending[cell] = EndpointLists.empty
    }
    return changed
  }

  /// How many nodes show the given list of a Service.
  func programmedNodes(service: Int, list: UInt32) -> Int {
    var count = 0
    for node in 0..<nodeCount where programmed[node * services + service] == list { count += 1 }
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
    viewers.beginRound(viewer: viewer, published: endpointSlices.published)
    let delay = UniformDelay(row.round.0, row.round.1).draw(
      draws.kubeProxy,
      row.key,
      UInt64(bitPattern: now.nanoseconds)
    )
    schedule(.proxyRoundFinished, viewer, at: now + delay)
  }

  /// The rules are live.
  mutating func proxyRoundFinished(viewer: Int) {
    viewers.rows[viewer].isInRound = false
    viewers.rows[viewer].lastRoundEnd = now
    let isGone = viewer < nodes.count && !nodes[viewer].isAlive
    for service in viewers.finishRound(viewer: viewer) where !isGone {
      recordView(viewer: viewer, service: service)
    }
    if viewers.rows[viewer].isDirty { planRound(viewer: viewer) }
  }
}
