package import KubernetesManifests

extension EndpointSliceState {
  /// The slice of a manifest; `nil` without the label that names its Service, or with names
  /// instead of addresses, which no proxy uses.
  package init?(_ slice: EndpointSlice) {
    guard let service = slice.serviceName, slice.addressType != .fqdn else { return nil }
    self.init(
      ObjectKey(slice.metadata.namespace, slice.metadata.name.value),
      service: service,
      ports: slice.ports.compactMap(Self.port),
      endpoints: slice.endpoints.compactMap { endpoint in
        // Consumers use the first address only.
        endpoint.addresses.first.map {
          EndpointState(
            $0,
            isReady: endpoint.isReady,
            isServing: endpoint.isServing,
            isTerminating: endpoint.isTerminating,
            hostname: endpoint.hostname,
            node: endpoint.nodeName,
            zone: endpoint.zone
          )
        }
      }
    )
  }

  /// The slices that mirror an Endpoints object, one a subset.
  ///
  /// Follows `pkg/controller/endpointslicemirroring`; only for Services without selector.
  package static func mirroring(_ endpoints: Endpoints) -> [EndpointSliceState] {
    let name = endpoints.metadata.name.value
    return endpoints.subsets.enumerated().map { index, subset in
      func states(_ addresses: [Endpoints.Address], isReady: Bool) -> [EndpointState] {
        addresses.map {
          EndpointState(
            $0.ip,
            isReady: isReady,
            isServing: isReady,
            hostname: $0.hostname,
            node: $0.nodeName
          )
        }
      }
      return EndpointSliceState(
        ObjectKey(endpoints.metadata.namespace, "\(name)-mirror-\(index + 1)"),
        service: name,
        ports: subset.ports.compactMap(Self.port),
        endpoints: states(subset.addresses, isReady: true)
          + states(subset.notReadyAddresses, isReady: false)
      )
    }
  }

  private static func port(_ port: EndpointPort) -> Port? {
    port.port.map { Port($0, name: port.name, protocol: port.protocol) }
  }
}
