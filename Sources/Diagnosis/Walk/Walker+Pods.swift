import ClusterState
import KubernetesManifests

/// The later steps: from a Service's port to a pod that accepts.
extension Walker {
  mutating func explainPort(_ trace: ConnectionTrace, of service: ServiceView) -> Bool {
    for case .port(let number, let port) in trace.steps {
      guard let port else {
        var reference = reference
        reference.port = number
        let fact = "the Service has no port \(number), only \(service.portList)"
        walk.stop(.port, fact, PortNotOffered.check(reference, inventory))
        return false
      }
      walk.pass(
        .port,
        "\(number) of the Service leads to \(Self.text(port.targetPort)) of the pods"
      )
      return true
    }
    let asked = host.effectivePort ?? 80
    walk.pass(.port, "\(asked), asked of the pods: a headless Service translates nothing")
    return true
  }

  mutating func explainEndpoints(_ trace: ConnectionTrace, of service: ServiceView) -> Bool {
    let pods = inventory.workloads(behind: service)
    let addresses = inventory.manualSlices.filter {
      $0.service == service.object.name && $0.key.namespace == service.object.namespace
    }.flatMap(\.endpoints)
    if service.selectsPods, pods.isEmpty {
      walk.stop(.endpoints, "none: \(service.selector.text) matches no pod", unready(service))
      return false
    }
    if !service.selectsPods, addresses.isEmpty {
      walk.stop(.endpoints, "none: no selector, and no Endpoints or EndpointSlice", nil)
      return false
    }
    let sizes = pods.map { workload in
      let size = inventory.smallestSize(of: workload).map(String.init) ?? "one a node"
      return "\(size) of \(workload.title(seenFrom: service.object.namespace))"
    }
    if !pods.isEmpty, pods.allSatisfy({ inventory.smallestSize(of: $0) == 0 }) {
      walk.stop(.endpoints, "none: \(sizes.joined(separator: " and "))", nil)
      return false
    }
    walk.pass(
      .endpoints,
      pods.isEmpty ? "\(addresses.count) set by hand" : sizes.joined(separator: " and ")
    )
    return true
  }

  mutating func explainPodPort(_ trace: ConnectionTrace, of service: ServiceView) -> Bool {
    var asked = "\(host.effectivePort ?? 80)"
    var number: Int?
    for step in trace.steps {
      if case .port(_, let port?) = step { asked = Self.text(port.targetPort) }
      if case .endpoints(let all, _) = step { number = all.first { accepts($0) }?.port }
      if case .destination(_, let port, true) = step { number = port }
    }
    if let number {
      walk.pass(.podPort, String(number))
      return true
    }
    let declared = inventory.workloads(behind: service).map(\.ports.text)
    let rules: [any Rule.Type] = [
      NamedPortAbsent.self, TargetPortNobodyListens.self, HeadlessPortMapping.self,
    ]
    walk.stop(
      .podPort,
      "nobody listens on \(asked); declared: \(declared.joined(separator: "; "))",
      inventory.finding(rules, of: service.object)
    )
    return false
  }

  /// Whether the endpoint is one by hand, or its pod may listen on the port.
  private func accepts(_ endpoint: ProxyEndpoint) -> Bool {
    guard let key = endpoint.endpoint.pod else { return true }
    return tracer.snapshot.pods.first { $0.key == key }?.mayListen(on: endpoint.port) ?? false
  }

  mutating func explainReadiness(_ trace: ConnectionTrace, of service: ServiceView) {
    let probes = inventory.workloads(behind: service).flatMap(\.containers).compactMap(\.readiness)
    if trace.outcome == .connected || trace.outcome == .leavesCluster {
      let question = probes.first?.question.map { "ready once \($0) succeeds" }
      walk.pass(.readiness, question ?? "no probe: ready as soon as the process runs")
    } else if trace.outcome == .timeout {
      walk.stop(
        .readiness,
        "the client's node has no pod of its own, and the Service uses no others",
        inventory.finding(LocalTrafficFewPods.self, of: service.object)
      )
    } else {
      walk.stop(.readiness, "no pod is ever ready", unready(service))
    }
  }

  private static func text(_ target: PortReference) -> String {
    switch target {
    case .number(let number): String(number)
    case .name(let name): name
    }
  }
}
