/// What a node answers on `healthCheckNodePort`, by which load balancers choose nodes.
package enum HealthCheckNodePort {
  /// The HTTP status: 200 when a ready endpoint of the Service is on the node, else 503.
  ///
  /// Endpoints that only serve while they terminate do not count: the balancer turns away while
  /// flows that still arrive are served. `nil` when the Service has no such port.
  package static func status(
    of service: ServiceState,
    slices: [EndpointSliceState],
    on node: NodeState
  ) -> Int? {
    guard service.needsHealthCheckNodePort else { return nil }
    let hasLocal = slices.contains { slice in
      slice.endpoints.contains { $0.isReady && $0.node == node.name }
    }
    return hasLocal ? 200 : 503
  }
}
