internal import KubernetesManifests

/// The variables that the kubelet gives to a container when it creates it.
///
/// Follows `pkg/kubelet/envvars/envvars.go` and `kubelet_pods.go`. They are a picture of that
/// moment: a Service created later is missing until the container restarts, and one that has got a
/// new address since is wrong.
package struct ServiceEnvironment: Hashable, Sendable {
  /// A variable.
  package struct Variable: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }
  /// In order of their names' bytes; each name once.
  package let variables: [Variable]
  private let values: [String: String]

  /// The environment of a container in a namespace; `env` is what its manifest gives and wins.
  package init(
    namespace: String,
    services: [ServiceState],
    enableServiceLinks: Bool = true,
    env: [Variable] = []
  ) {
    var values: [String: String] = [:]
    let visible = Self.visible(from: namespace, services, links: enableServiceLinks)
    for service in visible {
      for variable in Self.variables(of: service) { values[variable.name] = variable.value }
    }
    for variable in env { values[variable.name] = variable.value }
    self.values = values
    variables = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { Variable($0.key, $0.value) }
  }

  /// The value of a variable.
  package subscript(name: String) -> String? { values[name] }

  /// What `exec` has to carry: names, values, an equals sign and a zero byte each.
  package var byteCount: Int {
    variables.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 2 }
  }

  /// `-` becomes `_`, letters become capitals: `checkout-service` → `CHECKOUT_SERVICE`.
  package static func prefix(of name: String) -> String {
    String(name.map { $0 == "-" ? "_" : $0 }).uppercased()
  }

  /// Services of the own namespace that have an address, and `kubernetes`; by name.
  private static func visible(
    from namespace: String,
    _ services: [ServiceState],
    links: Bool
  ) -> [ServiceState] {
    var chosen: [String: ServiceState] = [:]
    for service in services.sorted(by: { $0.key < $1.key }) where service.virtualIP != nil {
      if service.key == ObjectKey("default", "kubernetes") {
        // A Service of that name in the own namespace comes first.
        chosen[service.key.name] = chosen[service.key.name] ?? service
      } else if service.key.namespace == namespace, links {
        chosen[service.key.name] = service
      }
    }
    return chosen.values.sorted { $0.key.name < $1.key.name }
  }

  /// The variables of one Service, in the kubelet's order.
  package static func variables(of service: ServiceState) -> [Variable] {
    guard let host = service.virtualIP, let first = service.ports.first else { return [] }
    let prefix = prefix(of: service.key.name)
    var result = [
      Variable("\(prefix)_SERVICE_HOST", host),
      Variable("\(prefix)_SERVICE_PORT", String(first.port)),
    ]
    for port in service.ports {
      guard let name = port.name, !name.isEmpty else { continue }
      result.append(
        Variable("\(prefix)_SERVICE_PORT_\(Self.prefix(of: name))", String(port.port))
      )
    }
    for (index, port) in service.ports.enumerated() {
      let transport = port.protocol.rawValue
      let address = host.contains(":") ? "[\(host)]" : host
      let url = "\(transport.lowercased())://\(address):\(port.port)"
      if index == 0 { result.append(Variable("\(prefix)_PORT", url)) }
      let link = "\(prefix)_PORT_\(port.port)_\(transport)"
      result += [
        Variable(link, url), Variable("\(link)_PROTO", transport.lowercased()),
        Variable("\(link)_PORT", String(port.port)), Variable("\(link)_ADDR", host),
      ]
    }
    return result
  }
}
