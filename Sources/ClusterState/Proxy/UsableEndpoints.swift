/// The endpoints that one node uses for one port of a Service.
///
/// Follows `CategorizeEndpoints` of `pkg/proxy/topology.go`.
package struct UsableEndpoints: Hashable, Sendable {
  /// For traffic that may go to any node.
  package var cluster: [ProxyEndpoint]
  /// For traffic that must stay on the node.
  package var local: [ProxyEndpoint]
  /// Whether anything is ready, or serving while it terminates, anywhere.
  package var hasAny: Bool

  package init(_ endpoints: [ProxyEndpoint], on node: NodeState) {
    let ready = endpoints.filter(\.endpoint.isReady)
    let leaving = endpoints.filter(\.endpoint.isServingWhileTerminating)
    let near = Self.nearest(of: ready, to: node)
    cluster = ready.isEmpty ? leaving : near
    let localReady = ready.filter { $0.endpoint.node == node.name }
    local = localReady.isEmpty ? leaving.filter { $0.endpoint.node == node.name } : localReady
    hasAny = !cluster.isEmpty
  }

  /// The endpoints that hints give to a node; all when a hint is missing or none fits.
  private static func nearest(
    of ready: [ProxyEndpoint],
    to node: NodeState
  ) -> [ProxyEndpoint] {
    if ready.allSatisfy({ !$0.endpoint.nodeHints.isEmpty }) {
      let same = ready.filter { $0.endpoint.nodeHints.contains(node.name) }
      if !same.isEmpty { return same }
    }
    if let zone = node.zone, ready.allSatisfy({ !$0.endpoint.zoneHints.isEmpty }) {
      let same = ready.filter { $0.endpoint.zoneHints.contains(zone) }
      if !same.isEmpty { return same }
    }
    return ready
  }
}
