package import KubernetesManifests

/// An Ingress: which host and path lead to which Service.
package struct IngressState: Hashable, Sendable {
  /// How a path is compared.
  package enum PathType: String, CaseIterable, Sendable {
    case exact = "Exact"
    case prefix = "Prefix"
    /// Up to the controller; ingress-nginx takes it as a prefix.
    case implementationSpecific = "ImplementationSpecific"
  }
  /// A Service of the same namespace and one of its ports.
  package struct Backend: Hashable, Sendable {
    package var service: String
    package var port: PortReference

    package init(_ service: String, port: PortReference) {
      self.service = service
      self.port = port
    }
  }
  /// One of `rules[].http.paths`.
  package struct Path: Hashable, Sendable {
    package var path: String
    package var type: PathType
    package var backend: Backend

    package init(_ path: String, _ type: PathType, _ backend: Backend) {
      self.path = path
      self.type = type
      self.backend = backend
    }
  }
  /// One of `rules`.
  package struct Rule: Hashable, Sendable {
    /// A name, one with `*.` in front, or `nil` for every host.
    package var host: String?
    package var paths: [Path]

    package init(host: String? = nil, paths: [Path]) {
      self.host = host
      self.paths = paths
    }
  }
  package var key: ObjectKey
  package var rules: [Rule]
  package var defaultBackend: Backend?

  package init(_ key: ObjectKey, rules: [Rule] = [], defaultBackend: Backend? = nil) {
    self.key = key
    self.rules = rules
    self.defaultBackend = defaultBackend
  }
}
