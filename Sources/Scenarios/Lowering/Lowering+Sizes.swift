import ClusterSimulator
import KubernetesManifests
import SimKernel

/// Limits that no single field shows: what is far above honest use and would exhaust the machine.
extension Lowering {
  /// Whether there are few enough of everything to go on; reports what there is too much of.
  ///
  /// These limits come first: the checks of each against all others would take too long.
  func checkCounts() -> Bool {
    let ports = facts.services.reduce(0) { $0 + $1.ports.count }
    let workloads = facts.workloads.count
    var areFew = refuse(workloads, "workloads", above: Self.mostWorkloads, spec["manifests"])
    areFew = refuse(ports, "ports of Services", above: 10_000, spec["manifests"]) && areFew
    let groups = spec["traffic"].items.count
    areFew = refuse(groups, "groups of users", above: 1_000, spec["traffic"]) && areFew
    for behavior in behaviors.compactMap({ $0 }) {
      let calls = behavior["calls"]
      areFew = refuse(calls.entries.count, "calls of one workload", above: 50, calls) && areFew
    }
    return areFew
  }

  /// As many as Services, of which Kubernetes supports ten thousand.
  static let mostWorkloads = 10_000

  /// Reports every limit that the plan breaks.
  func checkSizes(_ plan: SimulationPlan, _ graph: CallGraph) {
    let pods = plan.workloads.indices.map { mostPods(of: $0, plan) }
    checkPods(pods, plan)
    let rows = Self.windows(plan) * (plan.workloads.count + plan.clients.count)
    refuse(rows, "rows of the time series", above: 10_000_000, spec["run"]["window"])
    var connections = plan.clients.reduce(0) { $0 + Self.poolSize($1.call) }
    for (index, workload) in plan.workloads.enumerated() {
      // Clamped, because far too many pods have been refused and the product must not overflow.
      let callers = min(pods[index], Self.podLimit)
      connections += workload.server.calls.reduce(0) { $0 + Self.poolSize($1) } * callers
    }
    refuse(connections, "pooled connections", above: 10_000_000, spec["workloads"])
    let tables = spec["output"]["tables"]
    if tables.items.contains(where: { $0.text == "views" }) {
      let views = (plan.cluster.nodes.count + plan.clients.count) * plan.services.count
      refuse(views, "first rows of the table views", above: 5_000_000, tables)
    }
    let addresses = plan.cluster.nodes.reduce(0) { $0 + $1.podAddresses }
    refuse(addresses, "pod addresses", above: 10_000_000, spec["cluster"])
    checkTargets(plan)
    checkCounters(plan, addresses)
    checkDepth(plan, graph)
  }

  /// A third more than Kubernetes supports, for pods on their way.
  private static let podLimit = 200_000

  /// Where calls to a Service end is kept for every workload, and pods know theirs by 16 bits.
  private func checkTargets(_ plan: SimulationPlan) {
    let calls = plan.clients.map(\.call) + plan.workloads.flatMap(\.server.calls)
    let called = Set(calls.map(\.service)).count
    let what = "pairs of called Services and workloads"
    refuse(called * plan.workloads.count, what, above: 20_000_000, spec["workloads"])
    let templates = plan.workloads.reduce(0) { $0 + $1.templates.count }
    refuse(templates, "pod templates", above: Int(UInt16.max), spec["operations"])
  }

  @discardableResult
  private func refuse(_ count: Int, _ what: String, above limit: Int, _ setting: Setting) -> Bool {
    refuse(count, what, above: limit, at: setting.mark, path: setting.path)
  }

  @discardableResult
  private func refuse(
    _ count: Int,
    _ what: String,
    above limit: Int,
    at mark: SourceMark,
    path: String
  ) -> Bool {
    guard count > limit else { return true }
    reader.report("\(count) \(what) are too many", at: mark, path: path, hint: "at most \(limit)")
    return false
  }

  /// The place of the error is the number that asks for the most pods.
  private func checkPods(_ pods: [Int], _ plan: SimulationPlan) {
    guard let most = pods.max(), let index = pods.firstIndex(of: most) else { return }
    var (mark, path) = (facts.workloads[index].replicas.mark, "")
    if plan.workloads[index].replicas < most {
      let name = plan.autoscalers.first { $0.workload == index && $0.maxReplicas == most }?.name
      let autoscaler = facts.autoscalers.first { $0.metadata.qualifiedName == name }
      let sizes = spec["faults"].items.map { $0["scale"]["replicas"] }
      if let autoscaler {
        mark = autoscaler.maxReplicas.mark
      } else if let size = sizes.first(where: { $0.integer == most }) {
        (mark, path) = (size.mark, size.path)
      }
    }
    refuse(pods.reduce(0, +), "pods", above: Self.podLimit, at: mark, path: path)
  }

  /// A proxy that balances by load counts what it has in flight at every address.
  private func checkCounters(_ plan: SimulationPlan, _ addresses: Int) {
    let calls = plan.clients.map(\.call) + plan.workloads.flatMap(\.server.calls)
    let counts = calls.contains { call in
      if case .leastRequest = call.balancer { true } else { false }
    }
    guard counts else { return }
    let counters = addresses * plan.clients.count
    refuse(counters, "counters of leastRequest", above: 100_000_000, spec["traffic"])
  }

  /// The most pods a workload may have, autoscalers and faults included.
  private func mostPods(of index: Int, _ plan: SimulationPlan) -> Int {
    let workload = plan.workloads[index]
    if workload.kind == .daemonSet { return plan.cluster.nodes.count }
    if let job = workload.job { return Self.mostPods(of: job, isSuspended: workload.replicas == 0) }
    let limits = plan.autoscalers.filter { $0.workload == index }.map(\.maxReplicas)
    let scaled = plan.faults.compactMap { fault in
      if case .scale(index, _, let replicas) = fault { replicas } else { nil }
    }
    return max(workload.replicas, limits.max() ?? 0, scaled.max() ?? 0)
  }

  /// The pods of all Jobs together; each of them keeps its row to the end.
  private static func mostPods(of job: JobPlan, isSuspended: Bool) -> Int {
    if isSuspended { return 0 }
    let pods = max(min(job.parallelism, podLimit + 1), min(job.completions ?? 1, podLimit + 1))
    return pods * min(job.timetable?.times.count ?? 1, podLimit + 1)
  }

  private static func windows(_ plan: SimulationPlan) -> Int {
    let window = max(plan.window.nanoseconds, 1)
    return Int(plan.horizon.nanoseconds / window)
  }

  private static func poolSize(_ call: CallPlan) -> Int {
    switch call.connection {
    case .perRequest: 0
    case .http1(let size, _, _, _): size
    case .http2(let connections, _): connections
    }
  }

  /// Draws tell the tries of four tiers apart, the users' own included.
  private func checkDepth(_ plan: SimulationPlan, _ graph: CallGraph) {
    guard graph.cycle == nil else { return }
    let services = plan.clients.map(\.call.service).filter(graph.depth.indices.contains)
    guard let tiers = services.map({ graph.depth[$0] }).max(), tiers > 4 else { return }
    reader.report(
      "calls stand \(tiers - 1) deep behind each other",
      at: spec["workloads"].mark,
      path: spec["workloads"].path,
      hint: "at most 3"
    )
  }
}
