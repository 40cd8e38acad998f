package import KubernetesManifests

/// Tells proxies which endpoints are near, for `trafficDistribution`.
///
/// Follows `staging/src/k8s.io/endpointslice/trafficdist`: every ready endpoint is hinted with its
/// own place, whatever the load there.
package enum TopologyHints {
  /// Writes the hints of a distribution into endpoints, `nil` for none.
  package static func apply(
    _ distribution: Service.TrafficDistribution?,
    to endpoints: inout [EndpointState]
  ) {
    for index in endpoints.indices {
      let endpoint = endpoints[index]
      let isHinted = distribution != nil && endpoint.isReady
      endpoints[index].zoneHints = isHinted ? [endpoint.zone].compactMap { $0 } : []
      endpoints[index].nodeHints =
        isHinted && distribution == .preferSameNode ? [endpoint.node].compactMap { $0 } : []
    }
  }
}
