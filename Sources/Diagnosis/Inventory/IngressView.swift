package import KubernetesManifests

/// An Ingress as its manifest has it.
package struct IngressView: Sendable {
  /// One path of one rule, or the default backend, which has no path.
  package struct Route: Sendable {
    /// Empty for every host.
    package var host: String
    package var path: YAMLValue?
    package var pathType: String
    /// The Service's name.
    package var service: YAMLValue
    /// The Service's port by number or name.
    package var port: YAMLValue?

    /// The path as it is matched: a trailing slash means nothing to `Prefix`.
    var key: String {
      var text = path?.text ?? "/"
      if pathType == "Prefix" {
        while text.count > 1, text.hasSuffix("/") { text.removeLast() }
      }
      return "\(host) \(pathType) \(text)"
    }
  }
  package var object: ManifestObject
  package var routes: [Route]

  init?(_ object: ManifestObject) {
    guard object.kind == "Ingress", object.apiVersion == "networking.k8s.io/v1",
      let spec = object.tree["spec"]
    else { return nil }
    self.object = object
    routes = []
    if let route = Self.route(spec["defaultBackend"], host: "", path: nil, pathType: "Default") {
      routes.append(route)
    }
    for rule in spec["rules"]?.elements ?? [] {
      for path in rule.at("http", "paths")?.elements ?? [] {
        let route = Self.route(
          path["backend"],
          host: rule["host"]?.text ?? "",
          path: path.at("path"),
          pathType: path["pathType"]?.text ?? ""
        )
        if let route { routes.append(route) }
      }
    }
  }

  private static func route(
    _ backend: YAMLValue?,
    host: String,
    path: YAMLValue?,
    pathType: String
  ) -> Route? {
    guard let service = backend?.at("service", "name") else { return nil }
    let port = backend?.at("service", "port")
    return Route(
      host: host,
      path: path,
      pathType: pathType,
      service: service,
      port: port?.at("number") ?? port?.at("name")
    )
  }
}
