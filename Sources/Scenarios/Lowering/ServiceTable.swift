import ClusterSimulator
import KubernetesManifests

/// The plans of all Services, one per Service and port, and the way from a URL to one of them.
struct ServiceTable {
  private(set) var plans: [ServicePlan] = []
  /// For each plan the Service in `facts` and its port.
  private var sources: [(service: Int, port: Int)] = []
  private let facts: ManifestFacts
  private let reader: YAMLReader

  init(_ lowering: Lowering) {
    facts = lowering.facts
    reader = lowering.reader
    for (index, service) in facts.services.enumerated() where service.type != .externalName {
      let workloads = facts.workloads.indices.filter { service.selects(facts.workloads[$0]) }
      if workloads.isEmpty, !service.selector.value.isEmpty { warnSelectsNothing(service) }
      for port in service.ports {
        add(service, index, port, workloads, lowering)
      }
    }
  }

  private mutating func add(
    _ service: Service,
    _ index: Int,
    _ port: Service.Port,
    _ workloads: [Int],
    _ lowering: Lowering
  ) {
    let resolved = workloads.compactMap { facts.workloads[$0].port(port.targetPort) }
    let name = service.metadata.qualifiedName
    if resolved.isEmpty, !workloads.isEmpty, case .name(let target) = port.targetPort {
      reader.warn(
        "Service '\(name)' leads to port '\(target)', which no container names",
        at: port.mark,
        hint: "it will have no endpoints"
      )
    }
    let number = resolved.first ?? 0
    for workload in workloads where !resolved.isEmpty {
      warnNobodyListens(service, port, number, workload, lowering)
    }
    var plan = ServicePlan(
      name: service.ports.count > 1 ? "\(name):\(port.port)" : name,
      workloads: resolved.isEmpty ? [] : workloads,
      targetPort: number
    )
    plan.publishNotReadyAddresses = service.publishNotReadyAddresses
    plans.append(plan)
    sources.append((index, port.port))
  }

  private func warnSelectsNothing(_ service: Service) {
    let selector = service.selector.value
    let near = facts.workloads
      .filter { $0.metadata.namespace == service.metadata.namespace }
      .flatMap(\.template.labels.entries).filter { selector[$0.key] != nil }
      .map { "\($0.key)=\($0.value)" }
    reader.warn(
      "Service '\(service.metadata.qualifiedName)' selects no pods: '\(selector.text)'",
      at: service.selector.mark,
      hint: EditDistance.hint(for: selector.text, in: near)
    )
  }

  private func warnNobodyListens(
    _ service: Service,
    _ port: Service.Port,
    _ number: Int,
    _ workload: Int,
    _ lowering: Lowering
  ) {
    let listening = lowering.listeningPort(of: workload)
    guard listening != number else { return }
    reader.warn(
      "Service '\(service.metadata.qualifiedName)' leads to port \(number), but "
        + "'\(facts.workloads[workload].key)' listens on \(listening)",
      at: port.mark,
      hint: "connections will be refused"
    )
  }

  /// The Service plan that a URL leads to; what is wrong with it is reported.
  ///
  /// A short name means the caller's namespace, `nil` for users outside the cluster.
  func plan(for target: Setting, from namespace: String?) -> Int? {
    guard let text = target.text else { return nil }
    let url: ServiceURL
    do throws(InputProblem) {
      url = try ServiceURL(parsing: text)
    } catch {
      reader.report(error.message, at: target.mark, path: target.path, hint: error.hint)
      return nil
    }
    guard let index = service(url, from: namespace, target) else { return nil }
    let service = facts.services[index]
    if let plan = sources.firstIndex(where: { $0 == (index, url.effectivePort) }) { return plan }
    let ports = service.ports.map { String($0.port) }.joined(separator: ", ")
    reader.report(
      "Service '\(service.metadata.qualifiedName)' has no port \(url.effectivePort)",
      at: target.mark,
      path: target.path,
      hint: "it has \(ports)"
    )
    return nil
  }

  /// The index of the Service that a URL names, in `ManifestFacts.services`.
  func service(_ url: ServiceURL, from namespace: String?, _ target: Setting) -> Int? {
    let name = "\(url.namespace ?? namespace ?? "default")/\(url.service)"
    guard let index = facts.services.firstIndex(where: { $0.metadata.qualifiedName == name }) else {
      reader.report(
        "there is no Service '\(name)'",
        at: target.mark,
        path: target.path,
        hint: hint(for: url, name)
      )
      return nil
    }
    if facts.services[index].type == .externalName {
      reader.report(
        "Service '\(name)' is an ExternalName, which is not simulated yet",
        at: target.mark,
        path: target.path
      )
      return nil
    }
    return index
  }

  private func hint(for url: ServiceURL, _ name: String) -> String? {
    let sameName = facts.services.first { $0.metadata.name.value == url.service }
    if let found = sameName {
      return "did you mean 'http://\(url.service).\(found.metadata.namespace)'?"
    }
    return WorkloadName.hint(for: name, in: facts.services.map(\.metadata.qualifiedName))
  }

  /// Whether the Service behind a plan has no ClusterIP.
  func isHeadless(_ plan: Int) -> Bool { facts.services[sources[plan].service].isHeadless }
}
