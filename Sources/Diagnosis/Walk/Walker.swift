import KubernetesManifests

/// Walks the way that a connection takes, with the same eyes as the rules.
package struct Walker {
  /// Where a walk begins.
  package enum Client: Sendable {
    /// A pod of a workload, or any pod of a namespace.
    case pod(namespace: String, workload: WorkloadView?)
    /// Somewhere outside the cluster.
    case outside
  }
  private let inventory: Inventory
  private var walk: ConnectionWalk
  private let client: Client
  private let host: HostText

  /// `nil` when the target is no `NAME[:PORT]`; `client` and `target` as they were asked for.
  package init?(_ inventory: Inventory, from name: String, _ client: Client, to target: String) {
    guard let host = HostText.all(in: target, mayBeBare: true).first else { return nil }
    self.inventory = inventory
    self.client = client
    self.host = host
    walk = ConnectionWalk(client: name, target: target)
  }

  /// The client of a name: `outside`, `NAMESPACE/WORKLOAD`, a workload's name or a namespace.
  package static func client(_ name: String, in inventory: Inventory) -> Client? {
    if name == "outside" { return .outside }
    let fitting = inventory.workloads.filter { ScenarioView.name(name, means: $0) }
    let parts = name.split(separator: "/").map(String.init)
    let exact = inventory.workloads.filter {
      parts == [$0.object.namespace, $0.object.name]
    }
    if let found = (exact + fitting).first {
      return .pod(namespace: found.object.namespace, workload: found)
    }
    return inventory.knows(namespace: name) ? .pod(namespace: name, workload: nil) : nil
  }

  /// All steps up to the first that is wrong.
  package mutating func run() -> ConnectionWalk {
    noteClient()
    if let service = findService() { follow(service, transport: "TCP") }
    return walk
  }

  private var namespace: String {
    if case .pod(let namespace, _) = client { namespace } else { "default" }
  }

  private mutating func noteClient() {
    switch client {
    case .outside: walk.pass(.client, "somewhere outside the cluster")
    case .pod(let namespace, nil): walk.pass(.client, "any pod of namespace \(namespace)")
    case .pod(_, let workload?): walk.pass(.client, "a pod of \(workload.object.title)")
    }
  }

  // MARK: Name

  /// The target as rules know references; it has no place in a file.
  private var reference: NameReference {
    let place = SourceSpan(SourceMark(file: "--to", line: 1, column: 1))
    return NameReference(
      host: host.host,
      hostSpan: place,
      port: host.effectivePort,
      portSpan: place,
      namespace: namespace,
      object: walk.client,
      source: "the client"
    )
  }

  private mutating func findService() -> ServiceView? {
    var name = host.host
    for _ in 0...10 {
      switch inventory.resolve(name, from: namespace) {
      case .address:
        let fact = "\(name) is an address, so that no name is looked up and no Service helps"
        walk.stop(.name, fact, address())
      case .elsewhere:
        walk.pass(.name, "\(name) is a name outside of these manifests; the way ends here")
      case .missing(let service, let namespace):
        let rules = [
          ShortNameAcrossNamespaces.check, MisspeltServiceName.check, UnknownServiceName.check,
        ]
        let finding = rules.lazy.compactMap { [reference, inventory] in $0(reference, inventory) }
        walk.stop(
          .name,
          "NXDOMAIN: there is no \(service).\(namespace).svc.cluster.local",
          finding.first
        )
      case .endpoint(let pod, let service): return endpoint(pod, service)
      case .service(let service):
        guard service.isExternalName else { return named(service) }
        guard let next = alias(service) else { return nil }
        name = next
        continue
      }
      return nil
    }
    walk.stop(.name, "more than ten CNAMEs follow each other", nil)
    return nil
  }

  private func address() -> Finding? {
    guard IPv4.isPrivate(host.host) else { return nil }
    return Finding(
      code: HardcodedPodIP.code,
      severity: HardcodedPodIP.severity,
      object: walk.client,
      span: reference.hostSpan,
      message: "the client calls the address \(host.host)",
      effect: HardcodedPodIP.effect,
      fix: HardcodedPodIP.fix
    )
  }

  /// The number of lookups that the search list costs, and the answer.
  private mutating func named(_ service: ServiceView) -> ServiceView? {
    let full = "\(service.object.name).\(service.object.namespace).svc.cluster.local"
    let answer = service.isHeadless ? "the addresses of its ready pods" : "its ClusterIP"
    walk.pass(.name, "\(full), answered with \(answer)")
    return service
  }

  private mutating func endpoint(_ pod: String, _ service: ServiceView) -> ServiceView? {
    let sets = inventory.workloads(behind: service).filter {
      $0.object.kind == "StatefulSet"
        && $0.object.tree.at("spec", "serviceName")?.text == service.object.name
    }
    let isOne = sets.contains { workload in
      guard pod.hasPrefix(workload.object.name + "-"),
        let ordinal = Int(pod.dropFirst(workload.object.name.count + 1))
      else { return false }
      return (0..<(workload.replicas ?? 0)).contains(ordinal)
    }
    guard isOne else {
      let known = sets.first.map {
        "; it has \($0.object.name)-0 to -\(max(0, ($0.replicas ?? 1) - 1))"
      }
      walk.stop(
        .name,
        "NXDOMAIN: \(service.object.title) has no pod called \(pod)\(known ?? "")",
        inventory.finding(GoverningServiceMissing.self, of: sets.first?.object ?? service.object)
      )
      return nil
    }
    walk.pass(.name, "the address of pod \(pod), once it is ready")
    return service
  }

  /// The name that an ExternalName leads to; `nil` when the way ends.
  private mutating func alias(_ service: ServiceView) -> String? {
    let target = service.spec.at("externalName")?.text ?? ""
    let loop = inventory.finding(ExternalNameLoop.self, of: service.object)
    let wrong = loop ?? inventory.finding(ExternalNameIsAddress.self, of: service.object)
    if let wrong {
      walk.stop(.name, "CNAME \(target), which leads nowhere", wrong)
      return nil
    }
    walk.pass(.name, "CNAME \(target), from \(service.object.title)")
    return target
  }

  // MARK: Service and pods

  private mutating func follow(_ service: ServiceView, transport: String) {
    if case .outside = client {
      guard isReachedFromOutside(service) else { return }
    }
    walk.pass(.service, "\(service.object.title), \(words(for: service))")
    guard let port = port(of: service) else { return }
    let workloads = inventory.workloads(behind: service)
    guard hasEndpoints(service, workloads), !workloads.isEmpty else { return }
    guard reaches(port, of: service, workloads) else { return }
    checkReadiness(service, workloads)
  }

  private func words(for service: ServiceView) -> String {
    service.isHeadless ? "headless: connections go to the pods themselves" : service.type
  }

  private mutating func isReachedFromOutside(_ service: ServiceView) -> Bool {
    let ingress = inventory.ingresses.first { $0.leads(to: service) }
    if service.type == "ClusterIP", ingress == nil {
      let finding = Finding(
        code: ClusterIPFromOutside.code,
        severity: .error,
        object: service.object.title,
        span: service.object.nameSpan,
        message: "the client is outside, and a ClusterIP exists only inside the cluster",
        effect: ClusterIPFromOutside.effect,
        fix: ClusterIPFromOutside.fix
      )
      walk.stop(.service, "\(service.object.title) has no address outside the cluster", finding)
      return false
    }
    if service.type == "LoadBalancer", inventory.cluster.hasLoadBalancers == false {
      let finding = inventory.finding(PendingLoadBalancer.self, of: service.object)
      walk.stop(.service, "EXTERNAL-IP of \(service.object.title) stays <pending>", finding)
      return false
    }
    return true
  }

  /// The Service's port that is asked for; a headless Service has none of its own.
  private mutating func port(of service: ServiceView) -> ServiceView.Port? {
    let asked = host.effectivePort ?? service.ports.first?.number
    guard let asked else {
      walk.stop(.port, "neither the target nor the Service names a port", nil)
      return nil
    }
    if service.isHeadless {
      walk.pass(.port, "\(asked), asked of the pods themselves")
      return service.ports.first { $0.number == asked }
        ?? ServiceView.Port(headless: asked, at: service.object.nameSpan)
    }
    if let port = service.ports.first(where: { $0.number == asked }) {
      walk.pass(.port, "\(asked) of the Service leads to \(port.target.text) of the pods")
      return port
    }
    var reference = reference
    reference.port = asked
    let finding = PortNotOffered.check(reference, inventory)
    walk.stop(.port, "the Service has no port \(asked), only \(service.portList)", finding)
    return nil
  }

  private mutating func hasEndpoints(_ service: ServiceView, _ pods: [WorkloadView]) -> Bool {
    guard service.selectsPods else {
      let addresses = inventory.manualAddresses(of: service)
      if addresses > 0 {
        walk.pass(.endpoints, "\(addresses) set by hand")
        return true
      }
      walk.stop(.endpoints, "no selector, and no Endpoints or EndpointSlice", nil)
      return false
    }
    if pods.isEmpty {
      let finding = inventory.finding(SelectorMatchesNothing.self, of: service.object)
      walk.stop(
        .endpoints,
        "none: \(service.selector.text) matches no pod",
        finding ?? inventory.finding(SelectorInOtherNamespace.self, of: service.object)
      )
      return false
    }
    let sizes = pods.map { workload in
      let size = inventory.smallestSize(of: workload).map(String.init) ?? "one a node"
      return "\(size) of \(workload.title(seenFrom: service.object.namespace))"
    }
    if pods.allSatisfy({ inventory.smallestSize(of: $0) == 0 }) {
      walk.stop(.endpoints, "none: \(sizes.joined(separator: " and "))", nil)
      return false
    }
    walk.pass(.endpoints, sizes.joined(separator: " and "))
    return true
  }

  private mutating func reaches(
    _ port: ServiceView.Port,
    of service: ServiceView,
    _ workloads: [WorkloadView]
  ) -> Bool {
    let target = service.isHeadless ? .number(port.number) : port.target
    let numbers = workloads.compactMap {
      $0.ports.number(of: target, transport: port.transport)
    }
    let isDeclared = workloads.contains { workload in
      workload.ports.isEmpty || workload.ports.contains { numbers.contains($0.number) }
    }
    if let number = numbers.first, isDeclared {
      walk.pass(.podPort, "\(number)/\(port.transport)")
      return true
    }
    let rules: [any Rule.Type] = [
      TargetPortNobodyListens.self, NamedPortAbsent.self, HeadlessPortMapping.self,
    ]
    let finding = rules.flatMap { $0.findings(in: inventory) }.first {
      $0.object == service.object.title && [port.targetSpan, port.numberSpan].contains($0.span)
    }
    let declared = workloads.map(\.ports.text).joined(separator: "; ")
    walk.stop(.podPort, "nobody listens on \(target.text); declared are \(declared)", finding)
    return false
  }

  private mutating func checkReadiness(_ service: ServiceView, _ workloads: [WorkloadView]) {
    let probes = workloads.flatMap(\.containers).compactMap(\.readiness)
    let rules: [any Rule.Type] = [ProbePortNobodyServes.self, LivenessKillsStart.self]
    let finding = rules.flatMap { $0.findings(in: inventory) }.first { finding in
      finding.severity == .error && workloads.contains { $0.object.title == finding.object }
    }
    if let finding {
      walk.stop(.readiness, "the pods never become or stay ready", finding)
    } else if let question = probes.first?.question {
      walk.pass(.readiness, "ready once \(question) succeeds")
    } else {
      walk.pass(.readiness, "no probe: ready as soon as the process runs")
    }
  }
}

extension Inventory {
  /// What a rule says about an object.
  func finding(_ rule: any Rule.Type, of object: ManifestObject) -> Finding? {
    rule.findings(in: self).first { $0.object == object.title }
  }

  /// How many addresses somebody wrote down for a Service without selector.
  func manualAddresses(of service: ServiceView) -> Int {
    objects.filter { $0.namespace == service.object.namespace }.reduce(0) { sum, object in
      if object.kind == "Endpoints", object.name == service.object.name {
        let subsets = object.tree["subsets"]?.elements ?? []
        return subsets.reduce(sum) { $0 + ($1["addresses"]?.elements?.count ?? 0) }
      }
      let owner = object.labels.value(of: "kubernetes.io/service-name")
      if object.kind == "EndpointSlice", owner == service.object.name {
        let endpoints = object.tree["endpoints"]?.elements ?? []
        return endpoints.reduce(sum) { $0 + ($1["addresses"]?.elements?.count ?? 0) }
      }
      return sum
    }
  }
}

extension PortWord {
  /// As it is written.
  var text: String {
    switch self {
    case .number(let number): String(number)
    case .name(let name): name
    }
  }
}

extension ServiceView.Port {
  /// A port that the pods behind a headless Service are asked for, whatever the Service says.
  init(headless number: Int, at span: SourceSpan) {
    self.init(
      name: nil,
      number: number,
      numberSpan: span,
      transport: "TCP",
      target: .number(number),
      targetSpan: span,
      nodePort: nil
    )
  }
}
