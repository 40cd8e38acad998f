import ClusterSimulator
import KubernetesManifests
import SimKernel

/// The only translator from what users write to what the engine runs: one variant at a time.
///
/// What is wrong is reported and lowering goes on with something harmless, so that one run tells
/// all; a plan is used only when nothing was wrong.
struct Lowering {
  /// `spec`, read and checked field by field.
  let spec: Setting
  var facts: ManifestFacts
  /// What each `apply` of `spec.operations` brings, by its place there.
  let applied: [Int: ManifestSet]
  let reader: YAMLReader
  /// The full names of the workloads.
  private let keys: [String]
  /// `spec.workloads` by index of the workload they speak of.
  private(set) var behaviors: [Setting?]
  /// The port that each workload listens on.
  private(set) var listeningPorts: [Int] = []
  /// The cluster's nodes, once they are known.
  private(set) var nodes: [NodePlan] = []
  private(set) var hasTaints = false
  /// The node labels by which pods are spread or held together, once they are known.
  private(set) var topologyKeys: [String] = []
  /// Whether `spec.workloads` speaks of a workload that is not there, probably a misspelt one.
  private var hasUnknownWorkloads = false

  init(
    spec: Setting,
    facts: ManifestFacts,
    applied: [Int: ManifestSet] = [:],
    reader: YAMLReader
  ) {
    var facts = facts
    for index in spec["operations"].items.indices {
      if let manifests = applied[index] { facts.addLater(manifests) }
    }
    self.spec = spec
    self.facts = facts
    self.applied = applied
    self.reader = reader
    behaviors = Array(repeating: nil, count: facts.workloads.count)
    keys = facts.workloads.map(\.key)
    for entry in spec["workloads"].entries {
      guard let index = workload(named: entry.key, at: entry.mark, path: entry.setting.path) else {
        hasUnknownWorkloads = true
        continue
      }
      if behaviors[index] != nil {
        reader.report(
          "workload '\(facts.workloads[index].key)' is described twice",
          at: entry.mark,
          path: entry.setting.path
        )
      }
      behaviors[index] = entry.setting
    }
    // Of too many nothing is worked out; `plan` says so.
    if facts.workloads.count <= Self.mostWorkloads { findListeningPorts() }
  }

  private mutating func findListeningPorts() {
    var targets = facts.workloads.map { _ in [PortReference]() }
    for service in facts.services {
      for workload in facts.workloads(selectedBy: service) {
        targets[workload] += service.ports.map(\.targetPort)
      }
    }
    listeningPorts = facts.workloads.indices.map { listeningPort(of: $0, behind: targets[$0]) }
  }

  /// The plan of this variant.
  func plan(name: String) -> SimulationPlan {
    let run = spec["run"]
    var plan = SimulationPlan(
      name: name,
      horizon: run["duration"].duration ?? .zero,
      window: run["window"].duration ?? .seconds(10),
      cluster: clusterLowering.plan(),
      workloads: [],
      clients: []
    )
    guard checkCounts() else { return plan }
    var services = ServiceTable(self)
    services.addMissingNames(of: calls)
    services.addUndefinedPorts(of: targets)
    services.addIngressBackends(of: spec["traffic"].items)
    var lowering = self
    lowering.nodes = plan.cluster.nodes
    lowering.hasTaints = lowering.nodes.contains { !$0.taints.isEmpty }
    lowering.topologyKeys = findTopologyKeys()
    plan.cluster.topologyKeys = lowering.topologyKeys
    plan.workloads = facts.workloads.indices.map {
      lowering.workload($0, services, horizon: plan.horizon)
    }
    plan.clients = spec["traffic"].items.map { client($0, services) }
    plan.warmUp = run["warmUp"].duration ?? .zero
    if case .ratio(let objective) = run["objective"].value { plan.objectivePPM = objective }
    plan.services = services.plans
    plan.images = images()
    for index in plan.services.indices where !unaddressed.isEmpty {
      let name = plan.services[index].name.split(separator: ":").first.map(String.init)
      plan.services[index].hasLoadBalancerAddress = !unaddressed.contains(name ?? "")
    }
    plan.bill = bill(plan)
    plan.autoscalers = autoscalers()
    checkMetrics()
    plan.disruptionBudgets = facts.disruptionBudgets.compactMap {
      DisruptionBudgetPlan($0, over: facts.workloads)
    }
    plan.faults = faults(plan)
    OperationLowering(lowering, services).add(to: &plan)
    checkNames(spec["traffic"].items)
    checkRun(plan, run)
    let graph = CallGraph(plan)
    checkPath(graph)
    if !hasUnknownWorkloads { checkDescribed(plan) }
    checkSizes(plan, graph)
    return plan
  }

  /// The nodes and the delays of the cluster.
  var clusterLowering: ClusterLowering {
    ClusterLowering(cluster: spec["cluster"], machines: facts.nodes, reader: reader)
  }

  /// The targets of all calls, each with the namespace in which short names are looked up.
  private var targets: [(setting: Setting, namespace: String?)] {
    calls.map { ($0.setting["target"], $0.namespace) }
  }

  /// All calls, those of users last.
  private var calls: [(setting: Setting, namespace: String?)] {
    let calls = facts.workloads.indices.flatMap { index in
      (behaviors[index]?["calls"].entries ?? []).map {
        ($0.setting, Optional(facts.workloads[index].metadata.namespace))
      }
    }
    return calls + spec["traffic"].items.map { ($0, nil) }
  }

  /// The workload that a name means; what is wrong with it is reported.
  func workload(named name: String, at mark: SourceMark, path: String) -> Int? {
    do throws(InputProblem) {
      if let key = try WorkloadName.match(name, in: keys) { return keys.firstIndex(of: key) }
      reader.report(
        "there is no workload '\(name)' in the manifests",
        at: mark,
        path: path,
        hint: WorkloadName.hint(for: name, in: keys)
      )
    } catch {
      reader.report(error.message, at: mark, path: path, hint: error.hint)
    }
    return nil
  }

  private func checkNames(_ groups: [Setting]) {
    var seen: Set<String> = []
    for group in groups {
      guard let name = group["name"].text else { continue }
      if !seen.insert(name).inserted {
        reader.report(
          "there are two groups named '\(name)'",
          at: group["name"].mark,
          path: group["name"].path
        )
      }
    }
  }

  private func checkRun(_ plan: SimulationPlan, _ run: Setting) {
    if plan.warmUp > .zero, plan.warmUp >= plan.horizon {
      reader.report(
        "the warm-up takes the whole run",
        at: run["warmUp"].mark,
        path: run["warmUp"].path,
        hint: "make it shorter than run.duration"
      )
    }
    guard plan.window > .zero else { return }
    let windows = plan.horizon.nanoseconds / plan.window.nanoseconds
    if windows > 1_000_000 {
      reader.report(
        "the run has \(windows) windows",
        at: run["window"].mark,
        path: run["window"].path,
        hint: "at most 1000000; make the window longer"
      )
    }
  }

  /// Calls must not lead back to their caller: one request would never end.
  private func checkPath(_ graph: CallGraph) {
    guard let index = graph.cycle, let behavior = behaviors[index] else { return }
    reader.report(
      "calls of '\(facts.workloads[index].key)' lead back to it",
      at: behavior["calls"].mark,
      path: behavior["calls"].path,
      hint: "a request would never end"
    )
  }

  /// Every workload that requests reach must be described.
  private func checkDescribed(_ plan: SimulationPlan) {
    var pending = plan.clients.map(\.call.service)
    var isSeen = Array(repeating: false, count: plan.services.count)
    var isDescribed = behaviors.map { $0 != nil }
    while let service = pending.popLast() {
      guard plan.services.indices.contains(service), !isSeen[service] else { continue }
      isSeen[service] = true
      for operation in plan.serviceOperations where operation.service == service {
        if case .move(let new) = operation.action { pending.append(new) }
      }
      for index in plan.services[service].workloads {
        pending += plan.workloads[index].server.calls.map(\.service)
        guard !isDescribed[index] else { continue }
        isDescribed[index] = true
        reader.report(
          "'\(facts.workloads[index].key)' takes requests, but spec.workloads does not say what "
            + "it does with them",
          at: spec["workloads"].mark,
          path: "spec.workloads",
          hint: "add workloads.\(facts.workloads[index].key) with its concurrency"
        )
      }
    }
  }
}
