package import KubernetesManifests

extension IngressState {
  /// The Ingress of a manifest; backends that are no Services are left out.
  package init(_ ingress: Ingress) {
    self.init(
      ObjectKey(ingress.metadata.namespace, ingress.metadata.name.value),
      rules: ingress.rules.map { rule in
        Rule(
          host: rule.host.isEmpty ? nil : rule.host,
          paths: rule.paths.compactMap { path in
            Self.backend(path.backend).map { Path(path.path, Self.type(path.type), $0) }
          }
        )
      },
      defaultBackend: ingress.defaultBackend.flatMap(Self.backend)
    )
  }

  private static func backend(_ backend: Ingress.Backend) -> Backend? {
    guard case .service(let name, let port, _) = backend else { return nil }
    return Backend(name, port: port)
  }

  private static func type(_ type: Ingress.PathType) -> PathType {
    switch type {
    case .exact: .exact
    case .prefix: .prefix
    case .implementationSpecific: .implementationSpecific
    }
  }
}
