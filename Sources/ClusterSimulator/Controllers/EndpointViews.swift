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
/// Without policy and preference one list serves all. Otherwise there is a list for each zone or
/// node and one for proxies outside the cluster. Cluster: the ready endpoints that hints assign
/// here; without any ready anywhere, all that serve while terminating. Local: the ready ones on the
/// node, else those serving while terminating there, else nothing: dropped when others exist,
/// rejected when none do. The controller hints every ready endpoint with its own zone (and node for
/// PreferSameNode); hints count only when all have them and one leads here.
struct EndpointViews {
  enum Scope {
    case everywhere
    case sameZone
    case sameNode
    case local
  }
  private struct View {
    let service: Int
    let scope: Scope
    /// Its first cell in `lists`; one for each zone or node, then one for outside.
    let firstCell: Int
  }
  /// The list of those who stand at one place.
  struct Cell {
    let index: Int
    let scope: Scope
    /// A node or a zone, `nil` for outside.
    let place: Int?
  }

  private var views: [View] = []
  /// For each Service the view of those who come from outside by a node's port.
  private(set) var external: [Int] = []
  /// What is published for each place of each view.
  var lists: [UInt32] = []
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
    views.append(View(service: service, scope: scope, firstCell: lists.count))
    let cells = scope == .everywhere ? 0 : places(scope) + 1
    lists += Array(repeating: EndpointLists.empty, count: cells)
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

  /// The published list of a view for a node; `nil` where one serves all.
  ///
  /// Proxies outside the cluster, and nodes without a zone, stand at the last place.
  func list(ofView view: Int, node: Int?) -> UInt32? {
    let row = views[view]
    guard row.scope != .everywhere else { return nil }
    let place = row.scope == .sameZone ? node.flatMap { zones[$0] } : node
    return lists[row.firstCell + (place ?? places(row.scope))]
  }

  /// All places for which a Service has lists of their own.
  func cells(ofService service: Int) -> [Cell] {
    views.filter { $0.service == service && $0.scope != .everywhere }.flatMap { view in
      let count = places(view.scope)
      return (0...count).map {
        Cell(index: view.firstCell + $0, scope: view.scope, place: $0 < count ? $0 : nil)
      }
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
