import ClusterState
import KubernetesManifests

/// Explains the way that a connection takes: `ClusterState` decides it, rules say what to edit.
package struct Walker {
  /// Where a walk begins.
  package enum Client: Sendable {
    /// A pod of a workload, or any pod of a namespace.
    case pod(namespace: String, workload: WorkloadView?)
    /// Somewhere outside the cluster.
    case outside
  }
  let inventory: Inventory
  let tracer: ConnectionTracer
  let client: Client
  let host: HostText
  var walk: ConnectionWalk

  /// `nil` when the target is no `NAME[:PORT]`; `client` and `target` as they were asked for.
  package init?(_ inventory: Inventory, from name: String, _ client: Client, to target: String) {
    guard let host = HostText.all(in: target, mayBeBare: true).first else { return nil }
    self.inventory = inventory
    self.client = client
    self.host = host
    tracer = SettledCluster(inventory).tracer
    walk = ConnectionWalk(client: name, target: target)
  }

  /// The client of a name: `outside`, `NAMESPACE/WORKLOAD`, a workload's name or a namespace.
  package static func client(_ name: String, in inventory: Inventory) -> Client? {
    if name == "outside" { return .outside }
    let parts = name.split(separator: "/").map(String.init)
    let found =
      inventory.workloads.first { parts == [$0.object.namespace, $0.object.name] }
      ?? inventory.workloads.first { ScenarioView.name(name, means: $0) }
    if let found { return .pod(namespace: found.object.namespace, workload: found) }
    return inventory.knows(namespace: name) ? .pod(namespace: name, workload: nil) : nil
  }

  /// All steps up to the first that is wrong.
  package mutating func run() -> ConnectionWalk {
    switch client {
    case .outside:
      walk.pass(.client, "somewhere outside the cluster")
      walkFromOutside()
    case .pod(let namespace, let workload):
      walk.pass(
        .client,
        workload.map(Self.words) ?? "any pod of namespace \(namespace)"
      )
      if IPv4.isAddress(host.host) {
        stopAtAddress()
      } else {
        let name = host.host + (host.effectivePort.map { ":\($0)" } ?? "")
        let own = TraceClient.pod(namespace: namespace, workload: workload?.object.name)
        explain(tracer.trace(from: own, to: name))
      }
    }
    return walk
  }

  /// Goes through a trace and stops at its first fault.
  mutating func explain(_ trace: ConnectionTrace) {
    walk.result = Self.words(for: trace.outcome)
    guard let service = explainName(trace) else { return }
    walk.pass(.service, "\(service.object.title), \(words(for: service))")
    guard explainPort(trace, of: service), explainEndpoints(trace, of: service),
      explainPodPort(trace, of: service)
    else { return }
    explainReadiness(trace, of: service)
  }

  private static func words(for workload: WorkloadView) -> String {
    workload.object.kind == "Pod" ? workload.object.title : "a pod of \(workload.object.title)"
  }

  /// What the client sees.
  static func words(for outcome: ConnectionTrace.Outcome) -> String {
    switch outcome {
    case .connected: "connected"
    case .refused: "connection refused, at once"
    case .timeout: "timeout: nobody answers"
    case .unresolved: "no such host (NXDOMAIN), at once"
    case .notFound: "404 from the Ingress controller, at once"
    case .badGateway: "502 from the Ingress controller"
    case .serviceUnavailable: "503 from the Ingress controller, at once"
    case .leavesCluster: "the way leads out of these manifests"
    }
  }

  private func words(for service: ServiceView) -> String {
    service.isHeadless ? "headless: clients connect to the pods themselves" : service.type
  }

  /// The namespace in which names are looked up first.
  var namespace: String {
    if case .pod(let namespace, _) = client { namespace } else { "default" }
  }

  /// The target as rules know references: where the client's manifest has it, or without a place.
  var reference: NameReference {
    if case .pod(_, let workload?) = client {
      let own = inventory.references.first {
        $0.object == workload.object.title && $0.host == host.host
          && (host.port == nil || $0.port == host.port)
      }
      if let own { return own }
    }
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
}

extension Inventory {
  /// What a rule says about an object.
  func finding(_ rule: any Rule.Type, of object: ManifestObject) -> Finding? {
    rule.findings(in: self).first { $0.object == object.title }
  }

  /// What the first of several rules says about an object.
  func finding(_ rules: [any Rule.Type], of object: ManifestObject) -> Finding? {
    rules.lazy.compactMap { finding($0, of: object) }.first
  }
}
