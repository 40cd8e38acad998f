import SimKernel

/// What every node, and every proxy in front of a client group, believes the endpoints are.
///
/// One viewer per node (kube-proxy) and one per client group (an ingress controller, or kube-proxy
/// where the clients live). A round starts at the change, but not before the floor has passed since
/// the end of the round before; its rules show the slices as they were at its start, and are live
/// at its end. Changes in between wait for the next round. Viewers are not synchronised.
/// Who believes what is kept by `ViewHistory`. With iptables a round grows with the number of
/// Services. Left out: failed rounds.
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
    /// How many changes of the slices the round under way shows.
    var pending = 0
  }
  /// Where a view's lists are: see `EndpointViews`.
  struct View: BitwiseCopyable {
    let firstCell: UInt32
    let scope: EndpointViews.Scope
  }

  var lists = EndpointLists()
  var rows = Table<Viewer>()
  /// The list of each view that all viewers agree on, or `unsettled`: the shortest way to it.
  private var settled = Table<UInt32>()
  private static let unsettled = UInt32.max
  /// Viewers that have not yet seen the last change.
  private var behind = 0
  /// For each viewer how many changes of the slices its live rules show.
  private var seen = Table<Int>()
  private var views = Table<View>()
  /// viewer · scopes + scope: how far behind a view's first cell the viewer's own is.
  private var offsets = Table<UInt32>()
  private var history: ViewHistory
  private let viewsOfCells: [UInt32]
  private let nodeCount: Int
  /// What is forgotten is looked for when so many changes are remembered.
  private var patience = 1_024
  /// Every viewer has seen so many changes at least.
  private var seenByAll = 0

  init(plan: SimulationPlan, views: EndpointViews) {
    history = ViewHistory(cells: views.cellCount)
    viewsOfCells = views.viewsOfCells
    nodeCount = plan.cluster.nodes.count
    for view in 0..<views.count {
      self.views.append(
        View(
          firstCell: UInt32(views.firstCell(of: view)),
          scope: views.scope(of: view)
        )
      )
    }
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
    seen.fill(0, count: rows.count)
    for view in self.views.indices {
      let isShared = self.views[view].scope == .everywhere
      settled.append(isShared ? EndpointLists.empty : Self.unsettled)
    }
    for viewer in 0..<rows.count {
      let row = rows[viewer]
      for scope in EndpointViews.Scope.allCases {
        let node = row.node >= 0 ? Int(row.node) : nil
        offsets.append(row.isIngress ? 0 : UInt32(views.offset(inScope: scope, node: node)))
      }
    }
  }

  /// The viewer of a client group.
  func viewer(ofClient client: Int) -> Int { nodeCount + client }

  /// Who a viewer is, for reports.
  func name(of viewer: Int) -> ViewChange.Viewer {
    viewer < nodeCount ? .node(viewer) : .client(viewer - nodeCount)
  }

  @inline(__always)
  private func cell(viewer: Int, view: Int) -> Int {
    let row = views[view]
    guard row.scope != .everywhere else { return Int(row.firstCell) }
    let offset = offsets[viewer &* EndpointViews.Scope.count &+ Int(row.scope.rawValue)]
    return Int(row.firstCell &+ offset)
  }

  /// The list whose rules are live at a viewer.
  @inline(__always)
  func programmedList(viewer: Int, view: Int) -> UInt32 {
    let list = settled[view]
    guard list == Self.unsettled else { return list }
    return history.list(ofCell: cell(viewer: viewer, view: view), after: seen[viewer])
  }

  /// What the slices show from now on in a cell; returns false when they show that already.
  mutating func publish(_ part: EndpointLists.Part, inCell cell: Int) -> Bool {
    guard history.publish(part, inCell: cell, &lists) else { return false }
    settled[Int(viewsOfCells[cell])] = Self.unsettled
    behind = rows.count
    return true
  }

  /// Remembers the slices as they are at the start of a round.
  mutating func beginRound(viewer: Int) { rows[viewer].pending = history.changes }

  /// Makes the remembered slices the live rules.
  mutating func finishRound(viewer: Int) {
    let isNews = seen[viewer] < history.changes
    seen[viewer] = rows[viewer].pending
    if isNews, seen[viewer] == history.changes { behind -= 1 }
    if behind == 0 {
      forget(upTo: history.changes)
    } else if history.remembered >= patience {
      forgetOldLists()
      patience = max(1_024, 2 * history.remembered)
    }
  }

  /// The views that the round under way changes for a viewer.
  func changesOfRound(viewer: Int) -> [Int] {
    let (before, after) = (seen[viewer], rows[viewer].pending)
    var changed: [Int] = []
    for cell in history.cells(after: before, upTo: after) {
      let view = Int(viewsOfCells[Int(cell)])
      guard self.cell(viewer: viewer, view: view) == Int(cell) else { continue }
      let old = history.list(ofCell: Int(cell), after: before)
      if history.list(ofCell: Int(cell), after: after) != old { changed.append(view) }
    }
    changed.sort()
    // A view may have changed several times since.
    return changed.indices.filter { $0 == 0 || changed[$0 - 1] != changed[$0] }.map { changed[$0] }
  }

  /// Drops lists that no viewer believes in any more.
  mutating func forgetOldLists() {
    var least = history.changes
    for viewer in seen.indices { least = min(least, seen[viewer]) }
    forget(upTo: least)
  }

  /// Every viewer has seen so many changes.
  private mutating func forget(upTo seen: Int) {
    guard seen > seenByAll else { return }
    for cell in history.cells(after: seenByAll, upTo: seen) {
      let view = Int(viewsOfCells[Int(cell)])
      guard views[view].scope == .everywhere, history.isSeen(cell: Int(cell), by: seen) else {
        continue
      }
      settled[view] = history.newestList(ofCell: Int(cell))
    }
    seenByAll = seen
    history.forget(upTo: seen, &lists)
  }

  /// How many nodes show a Service's newest endpoints.
  func programmedNodes(view: Int) -> Int {
    if settled[view] != Self.unsettled { return nodeCount }
    var count = 0
    for node in 0..<nodeCount {
      let newest = history.newestList(ofCell: cell(viewer: node, view: view))
      if programmedList(viewer: node, view: view) == newest { count += 1 }
    }
    return count
  }
}

extension SimulationPlan {
  /// Services whose rules cost time: all that are only counted, and its own in full thousands.
  ///
  /// A few more or less are lost in what a round takes anyway.
  var longRules: Int { cluster.kubeProxy.otherServices + services.count / 1_000 * 1_000 }
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
    viewers.beginRound(viewer: viewer)
    let delay = UniformDelay(row.round.0, row.round.1).draw(
      draws.kubeProxy,
      row.key,
      UInt64(bitPattern: now.nanoseconds)
    )
    schedule(.proxyRoundFinished, viewer, at: now + delay + otherServicesTime(row))
  }

  /// What the lines of all Services add to a round.
  private func otherServicesTime(_ row: KubeProxy.Viewer) -> SimDuration {
    let proxy = plan.cluster.kubeProxy
    guard plan.longRules > 0, proxy.mode == .iptables, !row.isIngress else { return .zero }
    let services = Int64(plan.longRules)
    if proxy.rewritesAll { return .milliseconds(100) + .milliseconds(services) }
    let perThousand = proxy.roundPerThousand.draw(
      draws.kubeProxy,
      row.key,
      UInt64(bitPattern: now.nanoseconds),
      1
    )
    return SimDuration(nanoseconds: perThousand.nanoseconds / 1_000 * services)
  }

  /// Makes a round's rules live for all who look at them.
  mutating func finishRound(viewer: Int, isShown: Bool) {
    guard recording.details || virtualServers.isUsed else {
      return viewers.finishRound(viewer: viewer)
    }
    let changed = viewers.changesOfRound(viewer: viewer)
    viewers.finishRound(viewer: viewer)
    for view in changed {
      let list = viewers.programmedList(viewer: viewer, view: view)
      virtualServers.update(viewer: viewer, view: view, to: list, in: &viewers.lists)
      if isShown { recordView(viewer: viewer, view: view) }
    }
  }

  /// The rules are live.
  mutating func proxyRoundFinished(viewer: Int) {
    viewers.rows[viewer].isInRound = false
    viewers.rows[viewer].lastRoundEnd = now
    let isGone = viewer < nodes.count && !nodes[viewer].isAlive
    finishRound(viewer: viewer, isShown: !isGone)
    if viewers.rows[viewer].isDirty { planRound(viewer: viewer) }
  }
}
