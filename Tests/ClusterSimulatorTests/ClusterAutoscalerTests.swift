import ClusterSimulator
import SimKernel
import Testing

/// Nodes that come when pods find no room, and go when nobody needs them.
///
/// One fixed node of one core, a group of up to four such nodes that take 90 s to come, and pods
/// of 400m, two a node. Scans are at 10 s, 20 s …
@Suite struct ClusterAutoscalerTests {
  private func plan(groups: [(cpu: Int, most: Int)] = [(1_000, 4)]) -> SimulationPlan {
    let most = groups.reduce(0) { $0 + $1.most }
    var plan = Worlds.single(replicas: 2, rate: 0, horizon: .minutes(40), nodes: 1 + most)
    plan.cluster.makeDelaysExact()
    plan.workloads[0].milliCPURequest = 400
    plan.cluster.nodes[0].allocatableMilliCPU = 1_000
    var first = 1
    var rows: [ClusterAutoscalerPlan.Group] = []
    for (index, group) in groups.enumerated() {
      for node in first..<(first + group.most) {
        plan.cluster.nodes[node].allocatableMilliCPU = group.cpu
      }
      rows.append(
        .init(name: "pool-\(index)", nodes: first..<(first + group.most), minimum: 0, size: 0)
      )
      first += group.most
    }
    var autoscaler = ClusterAutoscalerPlan(groups: rows)
    autoscaler.provisioning = .deterministic(90)
    plan.cluster.autoscaler = autoscaler
    return plan
  }

  private func scale(_ plan: inout SimulationPlan, _ sizes: [(minute: Int64, replicas: Int)]) {
    plan.operations = sizes.map {
      OperationPlan(
        at: .minutes($0.minute) + .seconds(1),
        .scale(workload: 0, replicas: $0.replicas)
      )
    }
  }

  private func story(_ plan: SimulationPlan) -> String {
    plan.run().events.compactMap { event in
      let text: String? =
        switch event.reason {
        case .triggeredScaleUp:
          "pod-\(event.object) grows pool-\(event.value >> 32) \(event.previous)->"
            + "\(event.value & 0xFF)"
        case .nodeRegistered: "\(plan.cluster.nodes[event.object].name) joins"
        case .scaleDown: "\(plan.cluster.nodes[event.object].name) unneeded"
        case .nodeRemoved: "\(plan.cluster.nodes[event.object].name) leaves"
        default: nil
        }
      let second = event.time.nanoseconds / 1_000_000_000
      return text.map { "\(second)s \($0)" }
    }.joined(separator: "\n")
  }

  /// Three pods want two nodes at 61 s: asked for at the scan of 70 s, there at 160 s.
  ///
  /// At 20 min one replica is left: nodes are unneeded from the scan of 1210 s on and go after
  /// ten minutes.
  @Test func nodesComeAndGo() {
    var plan = plan()
    scale(&plan, [(1, 5), (20, 1)])
    let lines = story(plan).split(separator: "\n").map(String.init)
    #expect(
      Array(lines.prefix(5)) == [
        "70s pod-2 grows pool-0 0->2", "70s pod-3 grows pool-0 0->2",
        "70s pod-4 grows pool-0 0->2", "160s node-2 joins", "160s node-3 joins",
      ]
    )
    let gone = lines.filter { $0.hasSuffix("leaves") }
    #expect(gone.contains("1810s node-2 leaves") || gone.contains("1810s node-3 leaves"))
    #expect(gone.count == 2)
    let result = plan.run()
    #expect(result.workloadWindows.last?.ready == 1)
  }

  @Test func aGroupHasAMaximum() {
    var plan = plan(groups: [(1_000, 1)])
    scale(&plan, [(1, 9)])
    let result = plan.run()
    // Two on the fixed node, two on the one that came.
    #expect(result.workloadWindows.last?.ready == 4)
    #expect(result.times(.nodeRegistered).count == 1)
  }

  /// 400m on a node of 500m wastes a fifth of its CPU, on one of 4000m nine tenths.
  @Test func theExpanderWastesLeast() {
    var plan = plan(groups: [(4_000, 4), (500, 4)])
    scale(&plan, [(1, 3)])
    #expect(story(plan).hasPrefix("70s pod-2 grows pool-1 0->1\n160s node-6 joins"))
  }

  @Test func nodesThatCannotHelpAreNotAskedFor() {
    var plan = plan(groups: [(300, 4)])
    scale(&plan, [(1, 5)])
    #expect(story(plan).isEmpty)
  }

  @Test func nothingGoesWithinTenMinutesOfAnAddition() {
    var plan = plan()
    scale(&plan, [(1, 5), (3, 1)])
    let gone = plan.run().times(.scaleDown)
    // Unneeded since 190 s, added at 70 s: both waits are over at 790 s.
    #expect(gone.first == 790)
  }

  @Test func aBudgetWithoutRoomKeepsANode() {
    var plan = plan()
    plan.disruptionBudgets = [
      DisruptionBudgetPlan(name: "shop/web", workloads: [0], limit: .minAvailable(.percent(100)))
    ]
    scale(&plan, [(1, 3), (20, 1)])
    let result = plan.run()
    // The node that came is empty or holds the last pod, which may not be disturbed.
    let last = result.pods.last { $0.deletedAt == .never }
    #expect(result.times(.nodeRemoved).isEmpty == (last?.node != 0))
  }

  @Test func daemonsFollowNewNodes() {
    var plan = plan()
    plan.workloads.append(
      WorkloadPlan(
        name: "shop/agent",
        kind: .daemonSet,
        replicas: 1,
        milliCPURequest: 100,
        server: ServerPlan(concurrency: 1, backlog: 1)
      )
    )
    scale(&plan, [(1, 3)])
    let daemons = plan.run().pods.filter { $0.workload == 1 }
    #expect(daemons.map(\.node) == [0, 1])
    #expect(daemons[1].createdAt.seconds >= 160)
  }
}
