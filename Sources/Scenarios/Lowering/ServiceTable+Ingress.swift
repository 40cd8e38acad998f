import ClusterState
import ClusterSimulator
import KubernetesManifests
import SimKernel

/// From a host and a path to the Service behind an Ingress.
extension ServiceTable {
  /// Where the requests of a group of users go that comes by an Ingress.
  struct IngressBackend: Sendable {
    /// The group's target and method, as written.
    let target: String
    let method: String
    let service: Int
    let rule: IngressRulePlan
    /// What the backend is called, for tables.
    let name: String
  }

  /// What a group's target leads to, `nil` when that is no host of an Ingress.
  func ingressBackend(of group: Setting) -> IngressBackend? {
    ingressBackends.first {
      $0.target == group["target"].text && $0.method == group["method"].text
    }
  }

  /// Finds the backends of all groups of users whose target is the host of an Ingress.
  ///
  /// Names of Services go before. What a backend lacks is warned of, and answered as ingress-nginx
  /// answers it.
  mutating func addIngressBackends(of groups: [Setting]) {
    guard !facts.ingresses.isEmpty else { return }
    let router = IngressRouter(facts.ingresses.map(IngressState.init))
    for group in groups {
      guard let text = group["target"].text, let target = IngressTarget(parsing: text),
        ingressBackend(of: group) == nil, !namesService(text), isServed(target.host)
      else { continue }
      let method = group["method"].text ?? "GET"
      let match = router.match(host: target.host, path: target.path)
      guard let match, let ingress = ingress(match.ingress) else {
        warnNoRule(target, group["target"])
        add(IngressRulePlan.noRule, service: unknownBackend(), name: "default-backend", to: group)
        continue
      }
      check(target, group["target"])
      let rule = IngressAnnotations(ingress: ingress, reader: reader).rule(forMethod: method)
      if let service = service(of: match, ingress, group["target"]) {
        add(rule, service: service, name: match.backend.service, to: group)
      } else {
        add(rule, service: unknownBackend(), name: match.backend.service, to: group)
      }
    }
  }

  private mutating func add(
    _ rule: IngressRulePlan,
    service: Int,
    name: String,
    to group: Setting
  ) {
    ingressBackends.append(
      IngressBackend(
        target: group["target"].text ?? "",
        method: group["method"].text ?? "GET",
        service: service,
        rule: rule,
        name: name
      )
    )
  }

  // MARK: Hosts

  private func namesService(_ text: String) -> Bool {
    guard let url = try? ServiceURL(parsing: text) else { return false }
    let name = "\(url.namespace ?? "default")/\(url.service)"
    return facts.services.contains { $0.metadata.qualifiedName == name }
      || facts.services.contains { $0.metadata.namespace == url.namespace && url.pod != nil }
  }

  /// Whether a rule is for the host, or some Ingress serves whatever host.
  private func isServed(_ host: String) -> Bool {
    facts.ingresses.contains { ingress in
      (ingress.defaultBackend != nil && ingress.rules.isEmpty)
        || ingress.rules.contains {
          $0.host.isEmpty || IngressRouter.covers($0.host, host: host)
        }
    }
  }

  /// The hosts of all rules, for hints.
  var ingressHosts: [String] {
    facts.ingresses.flatMap(\.rules).map(\.host).filter { !$0.isEmpty }
  }

  private func ingress(_ key: ObjectKey) -> Ingress? {
    facts.ingresses.first { $0.metadata.qualifiedName == key.description }
  }

  private func warnNoRule(_ target: IngressTarget, _ setting: Setting) {
    let paths = facts.ingresses.flatMap(\.rules)
      .filter { $0.host.isEmpty || IngressRouter.covers($0.host, host: target.host) }
      .flatMap(\.paths).map(\.path)
    reader.warn(
      "no rule of an Ingress leads '\(target.host)\(target.path)' anywhere",
      at: setting.mark,
      path: setting.path,
      hint: EditDistance.hint(for: target.path, in: paths) ?? "users get 404"
    )
  }

  /// A certificate that is not there is one that no browser accepts.
  private func check(_ target: IngressTarget, _ setting: Setting) {
    guard target.isTLS else { return }
    let hosts = facts.ingresses.flatMap(\.tls).flatMap(\.hosts)
    if hosts.contains(where: { IngressRouter.covers($0, host: target.host) }) { return }
    reader.warn(
      "no Ingress has a certificate for '\(target.host)'",
      at: setting.mark,
      path: setting.path,
      hint: "ingress-nginx shows its own, which browsers refuse; list the host under tls"
    )
  }

  // MARK: Services

  /// The plan of a rule's Service; `nil` when that is not there, which is warned of.
  private func service(
    of match: IngressRouter.Match,
    _ ingress: Ingress,
    _ setting: Setting
  ) -> Int? {
    let name = match.service.description
    let index = facts.services.firstIndex { $0.metadata.qualifiedName == name }
    guard let index else {
      reader.warn(
        "Ingress '\(match.ingress)' leads to Service '\(name)', which does not exist",
        at: ingress.mark,
        hint: WorkloadName.hint(for: name, in: facts.services.map(\.metadata.qualifiedName))
          ?? "users get 503"
      )
      return nil
    }
    let service = facts.services[index]
    if service.type == .externalName {
      reader.report(
        "'\(setting.text ?? "")' leads to an ExternalName by an Ingress, which is not simulated",
        at: setting.mark,
        path: setting.path,
        hint: "call the ExternalName itself"
      )
      return nil
    }
    let port = service.ports.first {
      match.backend.port == .number($0.port) || match.backend.port == .name($0.name ?? "")
    }
    if let port { return sources.firstIndex { $0 == (index, port.port) } }
    reader.warn(
      "Ingress '\(match.ingress)' leads to a port that Service '\(name)' does not have",
      at: ingress.mark,
      hint: "it has " + service.ports.map { String($0.port) }.joined(separator: ", ")
        + "; users get 503"
    )
    return nil
  }

  /// A Service without endpoints, in place of one that is not there.
  private mutating func unknownBackend() -> Int {
    let name = "ingress-nginx/default-backend"
    if let index = plans.firstIndex(where: { $0.name == name }) { return index }
    plans.append(ServicePlan(name: name, workloads: [], targetPort: 0))
    sources.append((-1, 0))
    return plans.count - 1
  }
}

extension IngressRulePlan {
  /// For a request that no rule is for.
  fileprivate static var noRule: IngressRulePlan {
    var rule = IngressRulePlan()
    rule.backend = .none
    return rule
  }
}
