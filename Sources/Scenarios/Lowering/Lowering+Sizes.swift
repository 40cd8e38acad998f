import ClusterSimulator
import KubernetesManifests
import SimKernel

/// Limits that no single field shows: what is far above honest use and would exhaust the machine.
extension Lowering {
  /// Reports every limit that the plan breaks.
  func checkSizes(_ plan: SimulationPlan) {
    let pods = plan.workloads.indices.map { mostPods(of: $0, plan) }
    checkPods(pods, plan)
    refuse(plan.workloads.count, "workloads", above: 1_000, spec["manifests"])
    refuse(plan.clients.count, "groups of users", above: 1_000, spec["traffic"])
    let rows = Self.windows(plan) * (plan.workloads.count + plan.clients.count)
    refuse(rows, "rows of the time series", above: 10_000_000, spec["run"]["window"])
    var connections = plan.clients.reduce(0) { $0 + Self.poolSize($1.call) }
    for (index, workload) in plan.workloads.enumerated() {
      let calls = workload.server.calls
      // Clamped, because far too many pods have been refused and the product must not overflow.
      connections += calls.reduce(0) { $0 + Self.poolSize($1) } * min(pods[index], Self.podLimit)
      guard let behavior = behaviors[index] else { continue }
      refuse(calls.count, "calls of one workload", above: 50, behavior["calls"])
    }
    refuse(connections, "pooled connections", above: 10_000_000, spec["workloads"])
    let addresses = plan.cluster.nodes.reduce(0) { $0 + $1.podAddresses }
    refuse(addresses, "pod addresses", above: 10_000_000, spec["cluster"])
    checkCounters(plan, addresses)
    checkDepth(plan)
  }

  private static let podLimit = 100_000

  private func refuse(_ count: Int, _ what: String, above limit: Int, _ setting: Setting) {
    refuse(count, what, above: limit, at: setting.mark, path: setting.path)
  }

  private func refuse(
    _ count: Int,
    _ what: String,
    above limit: Int,
    at mark: SourceMark,
    path: String
  ) {
    guard count > limit else { return }
    reader.report("\(count) \(what) are too many", at: mark, path: path, hint: "at most \(limit)")
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
    let limits = plan.autoscalers.filter { $0.workload == index }.map(\.maxReplicas)
    let scaled = plan.faults.compactMap { fault in
      if case .scale(index, _, let replicas) = fault { replicas } else { nil }
    }
    return max(plan.workloads[index].replicas, limits.max() ?? 0, scaled.max() ?? 0)
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
  private func checkDepth(_ plan: SimulationPlan) {
    var tiers = 0
    var reached = plan.clients.map(\.call.service)
    // More steps than workloads would mean a cycle, which has been reported.
    while !reached.isEmpty, tiers <= plan.workloads.count {
      tiers += 1
      reached = Self.unique(
        reached.filter(plan.services.indices.contains).flatMap { plan.services[$0].workloads }
          .flatMap { plan.workloads[$0].server.calls.map(\.service) }
      )
    }
    guard tiers > 4, tiers <= plan.workloads.count else { return }
    reader.report(
      "calls stand \(tiers - 1) deep behind each other",
      at: spec["workloads"].mark,
      path: spec["workloads"].path,
      hint: "at most 3"
    )
  }

  private static func unique(_ numbers: [Int]) -> [Int] {
    var seen: [Int] = []
    for number in numbers where !seen.contains(number) { seen.append(number) }
    return seen
  }
}
