package import KubernetesManifests

/// Up to 100 endpoints of one Service that share their ports.
package struct EndpointSliceState: Hashable, Sendable {
  /// A port of all endpoints of the slice.
  package struct Port: Hashable, Sendable {
    /// The name of the Service's port, empty when it has none.
    package var name: String
    package var `protocol`: PortProtocol
    /// The number in the pods.
    package var port: Int

    package init(_ port: Int, name: String = "", protocol transport: PortProtocol = .tcp) {
      self.port = port
      self.name = name
      self.protocol = transport
    }
  }
  /// The slice's own name.
  package var key: ObjectKey
  /// The value of the label `kubernetes.io/service-name`.
  package var service: String
  package var ports: [Port]
  package var endpoints: [EndpointState]

  package init(
    _ key: ObjectKey,
    service: String,
    ports: [Port] = [],
    endpoints: [EndpointState] = []
  ) {
    self.key = key
    self.service = service
    self.ports = ports
    self.endpoints = endpoints
  }

  /// The Service that it belongs to.
  package var serviceKey: ObjectKey { ObjectKey(key.namespace, service) }
}
