import KubernetesManifests

/// A ClusterIP that is meant to be reached from outside.
package enum ClusterIPFromOutside: Rule {
  package static let code = "PS1408"
  package static let severity = Finding.Severity.warning
  package static let title = "a ClusterIP is not reachable from outside"
  package static let cause = """
    A Service of type ClusterIP has an annotation or field that only makes sense for a load \
    balancer or for public DNS, and no Ingress leads to it; or (a note) a scenario's users ask \
    for it.
    """
  package static let effect = """
    The address exists only in the rules of the nodes. From outside it is routed nowhere: \
    connections time out, and EXTERNAL-IP says <none> for ever.
    """
  package static let fix = """
    Put an Ingress in front, or write type LoadBalancer (or NodePort).
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.services.compactMap { service -> Finding? in
      guard service.type == "ClusterIP", !service.isHeadless, let (word, span) = sign(service),
        !inventory.ingresses.contains(where: { $0.leads(to: service) })
      else { return nil }
      return finding(
        service.object,
        at: span,
        "\(word) has no effect on a ClusterIP, which has no address outside the cluster",
        fix: "write `type: LoadBalancer`, or route an Ingress to \(service.object.name)"
      )
    } + inventory.scenario.traffic.compactMap { fromScenario($0, inventory) }
  }

  /// Users of a scenario come from outside, through an entrance that the manifests do not have.
  private static func fromScenario(_ target: YAMLValue, _ inventory: Inventory) -> Finding? {
    guard let text = target.text, let host = HostText.all(in: text, mayBeBare: true).first,
      case .service(let service) = inventory.resolve(host.host, from: "default"),
      service.type == "ClusterIP",
      !inventory.ingresses.contains(where: { $0.leads(to: service) })
    else { return nil }
    return Finding(
      code: code,
      severity: .note,
      object: "Scenario traffic",
      span: target.span(ofCharacters: host.range),
      message: "users outside ask for \(service.object.title), which is a ClusterIP without an "
        + "Ingress",
      effect: effect,
      fix: "add an Ingress that leads to \(service.object.name), if the manifests are to be whole"
    )
  }

  private static func sign(_ service: ServiceView) -> (String, SourceSpan)? {
    if let pair = service.spec.pair("loadBalancerIP") { return ("loadBalancerIP", pair.keySpan) }
    let annotations = service.object.tree.at("metadata", "annotations")?.pairs ?? []
    let telling = annotations.first { pair in
      pair.key == "external-dns.alpha.kubernetes.io/hostname"
        || LoadBalancerAnnotation.isOne(pair.key)
    }
    return telling.map { ($0.key, $0.keySpan) }
  }
}

extension IngressView {
  /// Whether a path leads to the Service.
  func leads(to service: ServiceView) -> Bool {
    object.namespace == service.object.namespace
      && routes.contains { $0.service.text == service.object.name }
  }
}
