import ClusterSimulator
import KubernetesManifests
import SimKernel

/// From the URL of a call to the Service behind it.
extension ServiceTable {
  /// The longest chain of CNAMEs that CoreDNS follows.
  private static let longestChain = 10

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
    guard let index = index(of: url, from: namespace) else {
      if let missing = missingNames.first(where: { $0.target == text && $0.home == namespace }) {
        return missing.plan
      }
      if reportHost(target) { return nil }
      let name = "\(url.namespace ?? namespace ?? "default")/\(url.service)"
      if let pod = url.pod, let inner = url.namespace,
        !facts.services.contains(where: { $0.metadata.namespace == inner })
      {
        // Not a pod's name but that of a host somewhere else.
        let problem = ServiceURL.foreign("\(pod).\(url.service).\(inner)")
        reader.report(problem.message, at: target.mark, path: target.path, hint: problem.hint)
        return nil
      }
      reader.report(
        "there is no Service '\(name)'",
        at: target.mark,
        path: target.path,
        hint: hint(for: url, name)
      )
      return nil
    }
    let end = followed(index)
    if facts.services[end].type == .externalName { return external(end, target) }
    return sources.firstIndex { $0 == (end, url.effectivePort) }
  }

  /// Whether the target is rather a host of an Ingress, or nearly one; then that is reported.
  private func reportHost(_ target: Setting) -> Bool {
    guard let host = target.text.flatMap(IngressTarget.init)?.host else { return false }
    let near = EditDistance.hint(for: host, in: ingressHosts)
    guard let near else { return false }
    let isServed = ingressHosts.contains(host)
    reader.report(
      isServed
        ? "'\(host)' is the host of an Ingress, and only users outside come by one"
        : "no Ingress serves '\(host)'",
      at: target.mark,
      path: target.path,
      hint: isServed ? "call the Service behind it" : near
    )
    return true
  }

  /// The Service that a URL names, a pod's own name being that of its governing Service.
  private func index(of url: ServiceURL, from namespace: String?) -> Int? {
    let home = namespace ?? "default"
    if let found = index(url.service, in: url.namespace ?? home) { return found }
    // `db-0.db-svc` is tried as a pod of the caller's own namespace before anything else.
    return url.namespace.flatMap { index($0, in: home) }
  }

  private func index(_ service: String, in namespace: String) -> Int? {
    facts.services.firstIndex { $0.metadata.qualifiedName == "\(namespace)/\(service)" }
  }

  private func hint(for url: ServiceURL, _ name: String) -> String? {
    let sameName = facts.services.first { $0.metadata.name.value == url.service }
    if let found = sameName {
      return "did you mean 'http://\(url.service).\(found.metadata.namespace)'?"
    }
    return WorkloadName.hint(for: name, in: facts.services.map(\.metadata.qualifiedName))
  }

  // MARK: Pods' own names

  /// The ordinal of the StatefulSet's pod that a target names, `nil` when it names a Service.
  func pod(in target: Setting, from namespace: String?, of plan: Int) -> Int? {
    guard let url = target.text.flatMap({ try? ServiceURL(parsing: $0) }) else { return nil }
    let service = facts.services[sources[plan].service]
    // `db-0.db-svc` reads like a Service in a namespace; there is none, so it is a pod.
    let isService = index(url.service, in: url.namespace ?? namespace ?? "default") != nil
    guard let pod = url.pod ?? (isService ? nil : url.service) else { return nil }
    for workload in plans[plan].workloads {
      let row = facts.workloads[workload]
      let prefix = row.metadata.name.value + "-"
      if row.kind == .statefulSet, pod.hasPrefix(prefix),
        let ordinal = Int(pod.dropFirst(prefix.count))
      {
        return ordinal
      }
    }
    reader.report(
      "'\(pod)' is no pod of a StatefulSet behind Service '\(service.metadata.qualifiedName)'",
      at: target.mark,
      path: target.path,
      hint: "pods are named after their StatefulSet, such as db-0"
    )
    return 0
  }

  // MARK: Kinds of Services

  private func service(of plan: Int) -> Service { facts.services[sources[plan].service] }

  /// Whether the Service behind a plan has no ClusterIP.
  func isHeadless(_ plan: Int) -> Bool { service(of: plan).isHeadless }

  /// Whether its name leads out of the cluster.
  func isExternal(_ plan: Int) -> Bool { service(of: plan).type == .externalName }

  /// Whether nodes have a port for it.
  func hasNodePort(_ plan: Int) -> Bool {
    service(of: plan).type == .nodePort
      || (isLoadBalancer(plan) && service(of: plan).allocatesNodePorts)
  }

  /// Whether it asks for a load balancer.
  func isLoadBalancer(_ plan: Int) -> Bool { service(of: plan).type == .loadBalancer }

  // MARK: ExternalName

  /// Follows CNAMEs that stay within the cluster.
  private func followed(_ index: Int) -> Int {
    var end = index
    for _ in 0..<Self.longestChain {
      guard facts.services[end].type == .externalName,
        let name = facts.services[end].externalName,
        let url = Self.clusterName(name), let next = self.index(of: url, from: nil)
      else { break }
      end = next
    }
    return end
  }

  private static func clusterName(_ name: String) -> ServiceURL? {
    let bare = name.hasSuffix(".") ? String(name.dropLast()) : name
    return bare.hasSuffix(".svc.cluster.local") ? try? ServiceURL(parsing: bare) : nil
  }

  /// Adds the plan of an ExternalName; what leads nowhere within the cluster is no name at all.
  mutating func addExternal(_ service: Service, _ index: Int) {
    guard let name = service.externalName else { return }
    var plan = ServicePlan(name: service.metadata.qualifiedName, workloads: [], targetPort: 0)
    if Self.clusterName(name) != nil {
      plan.isPresentAtStart = false
    } else if let host = host(name) {
      var external = ExternalHostPlan(latency: host["latency"].distribution)
      if case .ratio(let failures) = host["failures"].value { external.failuresPPM = failures }
      external.until = host["until"].duration
      plan.externalHost = external
    }
    plans.append(plan)
    sources.append((index, 0))
  }

  private func host(_ name: String) -> Setting? {
    let bare = name.hasSuffix(".") ? String(name.dropLast()) : name
    return hosts.first { $0.key == bare }?.setting
  }

  private func external(_ index: Int, _ target: Setting) -> Int? {
    let name = facts.services[index].externalName ?? ""
    if Self.clusterName(name) == nil, host(name) == nil {
      reader.report(
        "Service '\(facts.services[index].metadata.qualifiedName)' leads to '\(name)', and "
          + "spec.externalHosts does not say how that answers",
        at: target.mark,
        path: target.path,
        hint: EditDistance.hint(for: name, in: hosts.map(\.key))
          ?? "add externalHosts: {\(name): {latency: 50ms}}"
      )
      return nil
    }
    return sources.firstIndex { $0.service == index }
  }

  // MARK: Missing names

  /// Whether a plan stands for a name that no Service has.
  func isMissing(_ plan: Int) -> Bool { missingNames.contains { $0.plan == plan } }

  /// Adds the names that calls may miss (`mayBeMissing`) and do miss.
  mutating func addMissingNames(of calls: [(setting: Setting, namespace: String?)]) {
    for (call, namespace) in calls where call["mayBeMissing"].isTrue {
      guard let text = call["target"].text, let url = try? ServiceURL(parsing: text),
        index(of: url, from: namespace) == nil
      else { continue }
      let name = "\(url.namespace ?? namespace ?? "default")/\(url.service)"
      let known = missingNames.first { plans[$0.plan].name == name }?.plan
      if known == nil {
        var plan = ServicePlan(name: name, workloads: [], targetPort: 0)
        plan.isPresentAtStart = false
        plans.append(plan)
        sources.append((-1, 0))
      }
      missingNames.append((text, namespace, known ?? plans.count - 1))
    }
  }

  // MARK: ExternalNames that move into the cluster

  /// Adds the Service that an ExternalName becomes; returns the first of its plans.
  mutating func addReplacement(_ service: Service, _ index: Int, _ lowering: Lowering) -> Int? {
    let first = plans.count
    let workloads = facts.workloads.indices.filter { service.selects(facts.workloads[$0]) }
    for port in service.ports { add(service, index, port, workloads, lowering) }
    for plan in first..<plans.count { plans[plan].isPresentAtStart = false }
    return first < plans.count ? first : nil
  }

  // MARK: Undefined ports

  /// Adds the ports that targets ask for and their Services do not have: nothing answers there.
  mutating func addUndefinedPorts(of targets: [(setting: Setting, namespace: String?)]) {
    for (target, namespace) in targets {
      guard let text = target.text, let url = try? ServiceURL(parsing: text),
        let index = index(of: url, from: namespace).map(followed),
        facts.services[index].type != .externalName,
        !sources.contains(where: { $0 == (index, url.effectivePort) })
      else { continue }
      let service = facts.services[index]
      let name = service.metadata.qualifiedName
      let ports = service.ports.map { String($0.port) }.joined(separator: ", ")
      reader.warn(
        "Service '\(name)' has no port \(url.effectivePort)",
        at: target.mark,
        hint: "it has \(ports); iptables leaves callers waiting, nftables and ipvs refuse them"
      )
      var plan = ServicePlan(name: "\(name):\(url.effectivePort)", workloads: [], targetPort: 0)
      plan.isPortDefined = false
      plans.append(plan)
      sources.append((index, url.effectivePort))
    }
  }
}
