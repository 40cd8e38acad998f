/// An endpoint of one port of a Service, as kube-proxy keeps it.
package struct ProxyEndpoint: Hashable, Sendable {
  package var endpoint: EndpointState
  /// The number in the pod.
  package var port: Int

  package init(_ endpoint: EndpointState, port: Int) {
    self.endpoint = endpoint
    self.port = port
  }

  /// `address:port`.
  package var destination: String { "\(endpoint.address):\(port)" }

  /// The endpoints that slices hold for a port of a Service, by destination, each once.
  ///
  /// The port's name links Service and slice; a pod that lacks the port is in a slice without it
  /// and so is not found here.
  package static func all(
    of port: ServiceState.Port,
    in slices: [EndpointSliceState]
  ) -> [ProxyEndpoint] {
    var found: [String: ProxyEndpoint] = [:]
    for slice in slices {
      let match = slice.ports.first { $0.name == port.name ?? "" && $0.protocol == port.protocol }
      guard let number = match?.port else { continue }
      for endpoint in slice.endpoints {
        let candidate = ProxyEndpoint(endpoint, port: number)
        // An address in two slices, as while a pod moves: one that is ready counts.
        if let other = found[candidate.destination], other.endpoint.isReady { continue }
        found[candidate.destination] = candidate
      }
    }
    return found.values.sorted { $0.destination < $1.destination }
  }
}
