import KubernetesManifests

/// An Ingress that leads to no Service.
package enum IngressBackendMissing: Rule {
  package static let code = "PS1701"
  package static let severity = Finding.Severity.error
  package static let title = "the Ingress leads to a Service that does not exist"
  package static let cause = """
    A backend names no Service of the Ingress's own namespace, although these manifests have \
    Services. An Ingress cannot reach into another namespace.
    """
  package static let effect = """
    ingress-nginx answers 503 for that path, at once and every time; other paths work.
    """
  package static let fix = """
    Write a Service of the same namespace; for one elsewhere put the Ingress there.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.ingresses.flatMap { ingress in
      ingress.routes.compactMap { route in
        let namespace = ingress.object.namespace
        guard let name = route.service.text, inventory.service(name, in: namespace) == nil,
          !inventory.services.isEmpty
        else { return nil }
        // Comparing letter by letter with thousands would take long.
        let own = inventory.services(in: namespace).prefix(1_000).map(\.object.name)
        let near = EditDistance.nearest(name, in: own)
        let elsewhere = inventory.services(named: name).first
        let remark = elsewhere.map { "; namespace \($0.object.namespace) has one" } ?? ""
        return finding(
          ingress.object,
          at: route.service.span,
          "there is no Service \(name) in namespace \(namespace)\(remark)",
          severity: near == nil && elsewhere == nil ? .warning : severity,
          fix: elsewhere.map { "move the Ingress into namespace \($0.object.namespace)" }
            ?? near.map { "write `name: \($0)`" }
            ?? "correct the name, or add the Service's manifest to the diagnosis"
        )
      }
    }
  }
}
