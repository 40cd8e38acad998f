/// The endpoints of a Service that may be used at all, before a proxy's place is looked at.
struct UsableEndpoints {
  var ready: [UInt32] = []
  /// Used when nothing is ready.
  var servingTerminating: [UInt32] = []
  /// The list of `EndpointLists` that stands in for addresses, when there can be none.
  var reserved: UInt32?

  /// What a proxy uses whose place does not matter.
  var everywhere: EndpointLists.Part {
    if let reserved { return .reserved(reserved) }
    return .addresses(ready.isEmpty ? servingTerminating : ready)
  }
}

/// Which of a Service's endpoints a proxy may use, by where it stands: pkg/proxy/topology.go.
///
/// Without policy and preference one cell serves all. Otherwise there is one for L7 proxies, one
/// for each zone or node and one for other proxies outside the cluster. Cluster: the ready
/// endpoints that hints assign here; without any ready anywhere, all that serve while terminating.
/// Local: the ready ones on the node, else those serving while terminating there, else nothing:
/// dropped when others exist, rejected when none do. The controller hints every ready endpoint with
/// its own zone (and node for PreferSameNode); hints count only when all have them and one leads
/// here.
struct EndpointViews {
  enum Scope: UInt8, CaseIterable {
    /// How many there are, as a constant for tables.
    static let count = 4

    case everywhere
    case sameZone
    case sameNode
    case local
  }
  private struct View {
    let service: Int
    let scope: Scope
    /// Its first cell: for those whose place does not matter; then one for each zone or node, then
    /// one for outside.
    let firstCell: Int
  }
  /// What is published to those who stand alike.
  struct Cell {
    let index: Int
    let scope: Scope
    /// A node or a zone, `nil` for outside.
    let place: Int?
  }

  private var views: [View] = []
  /// For each Service the view of those who come from outside by a node's port.
  private(set) var external: [Int] = []
  /// Cells of all views together.
  private(set) var cellCount = 0
  /// The zone of each node, `nil` when it has none.
  private let zones: [Int?]
  private let zoneCount: Int

  /// Views with the numbers of Services are those of clients in the cluster.
  init(plan: SimulationPlan) {
    var names: [String] = []
    zones = plan.cluster.nodes.map { node in
      if node.zone.isEmpty { return nil }
      if let known = names.firstIndex(of: node.zone) { return known }
      names.append(node.zone)
      return names.count - 1
    }
    zoneCount = names.count
    for (index, service) in plan.services.enumerated() {
      add(index, Self.scope(service.internalTrafficPolicy, service))
    }
    for (index, service) in plan.services.enumerated() {
      let scope = Self.scope(service.externalTrafficPolicy, service)
      if scope == views[index].scope || !Self.isReachedFromOutside(index, plan) {
        external.append(index)
      } else {
        external.append(views.count)
        add(index, scope)
      }
    }
  }

  private static func isReachedFromOutside(_ service: Int, _ plan: SimulationPlan) -> Bool {
    plan.clients.contains { client in
      guard client.call.service == service else { return false }
      if case .nodePort = client.call.routing { return true }
      return client.call.routing == .loadBalancer
    }
  }

  private mutating func add(_ service: Int, _ scope: Scope) {
    views.append(View(service: service, scope: scope, firstCell: cellCount))
    cellCount += scope == .everywhere ? 1 : places(scope) + 2
  }

  private static func scope(_ policy: ServicePlan.TrafficPolicy, _ service: ServicePlan) -> Scope {
    if policy == .local { return .local }
    return switch service.trafficDistribution {
    case nil: .everywhere
    case .preferSameZone: .sameZone
    case .preferSameNode: .sameNode
    }
  }

  private func places(_ scope: Scope) -> Int { scope == .sameZone ? zoneCount : zones.count }

  var count: Int { views.count }

  /// The Service that a view shows.
  func service(of view: Int) -> Int { views[view].service }

  /// The first cell of a view, for those whose place does not matter.
  func firstCell(of view: Int) -> Int { views[view].firstCell }

  /// Whose place a view depends on.
  func scope(of view: Int) -> Scope { views[view].scope }

  /// How far behind a view's first cell that of a node is; for `nil` that of those outside.
  ///
  /// Nodes without a zone stand outside of all zones.
  func offset(inScope scope: Scope, node: Int?) -> Int {
    guard scope != .everywhere else { return 0 }
    let place = scope == .sameZone ? node.flatMap { zones[$0] } : node
    return 1 + (place ?? places(scope))
  }

  /// The view that each cell belongs to.
  var viewsOfCells: [UInt32] {
    views.indices.flatMap { view in
      let next = view + 1 < views.count ? views[view + 1].firstCell : cellCount
      return Array(repeating: UInt32(view), count: next - views[view].firstCell)
    }
  }

  /// The views of a Service: for those in the cluster and, if they differ, for those outside.
  func views(ofService service: Int) -> [Int] {
    external[service] == service ? [service] : [service, external[service]]
  }

  /// The cells of a view for those whose place matters.
  func placedCells(ofView view: Int) -> [Cell] {
    let row = views[view]
    guard row.scope != .everywhere else { return [] }
    let count = places(row.scope)
    return (0...count).map {
      Cell(index: row.firstCell + 1 + $0, scope: row.scope, place: $0 < count ? $0 : nil)
    }
  }

  /// What those at a place may use.
  func part(of endpoints: UsableEndpoints, at cell: Cell, shift: UInt32) -> EndpointLists.Part {
    if endpoints.reserved != nil { return endpoints.everywhere }
    if cell.scope == .local { return local(endpoints, cell.place, shift) }
    guard let place = cell.place, !endpoints.ready.isEmpty,
      endpoints.ready.allSatisfy({ zones[Int($0 >> shift)] != nil })
    else { return endpoints.everywhere }
    if cell.scope == .sameNode {
      let near = endpoints.ready.filter { Int($0 >> shift) == place }
      if !near.isEmpty { return .addresses(near) }
    }
    let zone = cell.scope == .sameZone ? place : zones[place]
    let near = endpoints.ready.filter { zones[Int($0 >> shift)] == zone }
    return near.isEmpty ? endpoints.everywhere : .addresses(near)
  }

  private func local(
    _ endpoints: UsableEndpoints,
    _ node: Int?,
    _ shift: UInt32
  ) -> EndpointLists.Part {
    for candidates in [endpoints.ready, endpoints.servingTerminating] {
      let near = candidates.filter { Int($0 >> shift) == node }
      if !near.isEmpty { return .addresses(near) }
    }
    let isNothing = endpoints.ready.isEmpty && endpoints.servingTerminating.isEmpty
    return .reserved(isNothing ? EndpointLists.empty : EndpointLists.dropped)
  }
}
