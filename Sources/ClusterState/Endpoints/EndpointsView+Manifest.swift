package import KubernetesManifests

extension EndpointsView {
  /// The object of a manifest, as it was written.
  package init(_ endpoints: Endpoints) {
    self.init(
      subsets: endpoints.subsets.map { subset in
        Subset(
          addresses: subset.addresses.map(Self.address),
          notReadyAddresses: subset.notReadyAddresses.map(Self.address),
          ports: subset.ports.compactMap { port in
            port.port.map {
              EndpointSliceState.Port($0, name: port.name, protocol: port.protocol)
            }
          }
        )
      }
    )
  }

  private static func address(_ address: Endpoints.Address) -> Address {
    Address(ip: address.ip, hostname: address.hostname, node: address.nodeName)
  }
}
