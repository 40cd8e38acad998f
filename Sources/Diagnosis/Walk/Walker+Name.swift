import ClusterState
import KubernetesManifests

/// The first steps: from a name to a Service.
extension Walker {
  /// The Service that the name leads to; `nil` when the way ends here.
  mutating func explainName(_ trace: ConnectionTrace) -> ServiceView? {
    let count = trace.lookups.count
    let lookup = count == 1 ? "the first lookup" : "lookup \(count) of the search list"
    for step in trace.steps {
      switch step {
      case .unresolved: stopUnresolved(count)
      case .alias(let end): walk.pass(.name, "CNAME \(end), which is outside of the cluster")
      case .address(_, let owner):
        let aliases = trace.lookups.last?.a.aliases.map { ", CNAME \($0)" }.joined() ?? ""
        if case .pod = client, let name = trace.lookups.last?.name {
          walk.pass(.name, "\(name)\(aliases), answered in \(lookup)")
        }
        return service(behind: owner)
      default: continue
      }
      return nil
    }
    return nil
  }

  private func service(behind owner: ConnectionTrace.Owner) -> ServiceView? {
    switch owner {
    case .clusterIP(let key), .loadBalancer(let key):
      inventory.service(key.name, in: key.namespace)
    case .pod, .node: namedService
    default: nil
    }
  }

  /// The Service of the name itself, behind aliases.
  private var namedService: ServiceView? {
    var name = host.host
    for _ in 0...10 {
      switch inventory.resolve(name, from: namespace) {
      case .endpoint(_, let service): return service
      case .service(let service):
        guard let next = service.spec.at("externalName")?.text, service.isExternalName else {
          return service
        }
        name = next
      default: return nil
      }
    }
    return nil
  }

  private mutating func stopUnresolved(_ lookups: Int) {
    let spellings = lookups == 1 ? "the name" : "all \(lookups) spellings of the search list"
    let fact = "NXDOMAIN for \(spellings)"
    switch inventory.resolve(host.host, from: namespace) {
    case .endpoint(let pod, let service):
      let rule = inventory.workloads(behind: service).lazy.compactMap { [inventory] in
        inventory.finding(GoverningServiceMissing.self, of: $0.object)
      }.first
      let why = "\(service.object.title) has no ready pod called \(pod)"
      walk.stop(.name, "\(fact): \(why)", rule ?? unready(service))
    case .service(let service) where service.isExternalName:
      let rules: [any Rule.Type] = [ExternalNameLoop.self, ExternalNameIsAddress.self]
      walk.stop(
        .name,
        "\(fact): the CNAME leads nowhere",
        inventory.finding(rules, of: service.object)
      )
    case .service(let service):
      walk.stop(
        .name,
        "\(fact): \(service.object.title) is headless and has no ready pod",
        unready(service)
      )
    case .elsewhere, .address:
      walk.result = Self.words(for: .leavesCluster)
      walk.pass(.name, "\(host.host) is no name of this cluster")
    case .missing:
      let rules = [
        ShortNameAcrossNamespaces.check, MisspeltServiceName.check, UnknownServiceName.check,
      ]
      let (reference, inventory) = (reference, inventory)
      walk.stop(.name, fact, rules.lazy.compactMap { $0(reference, inventory) }.first)
    }
  }

  /// Why a Service has no ready pod.
  func unready(_ service: ServiceView) -> Finding? {
    let selector: [any Rule.Type] = [SelectorMatchesNothing.self, SelectorInOtherNamespace.self]
    let pods: [any Rule.Type] = [ProbePortNobodyServes.self, LivenessKillsStart.self]
    return inventory.finding(selector, of: service.object)
      ?? inventory.workloads(behind: service).lazy.compactMap { [inventory] in
        inventory.finding(pods, of: $0.object)
      }.first
  }

  /// An address needs no name and no Service.
  mutating func stopAtAddress() {
    let finding = Finding(
      code: HardcodedPodIP.code,
      severity: HardcodedPodIP.severity,
      object: walk.client,
      span: reference.hostSpan,
      message: "the client calls the address \(host.host)",
      effect: HardcodedPodIP.effect,
      fix: HardcodedPodIP.fix
    )
    walk.result = "whoever has the address today answers, if anybody"
    walk.stop(
      .name,
      "\(host.host) is an address: no name is looked up, and no Service helps",
      IPv4.isPrivate(host.host) ? finding : nil
    )
  }
}
