import ClusterSimulator
import SimKernel
import Testing

/// Draining a node, with and without a disruption budget.
@Suite struct DrainTests {
  /// From disruption.go: percentages round up in both fields.
  @Test(
    "what a budget allows",
    arguments: [
      (.maxUnavailable(.percent(30)), 7, 7, 3), (.maxUnavailable(.percent(30)), 6, 7, 2),
      (.minAvailable(.percent(50)), 7, 7, 3), (.minAvailable(.percent(50)), 4, 7, 0),
      (.minAvailable(.count(1)), 1, 1, 0), (.minAvailable(.count(0)), 1, 1, 1),
      (.maxUnavailable(.count(1)), 3, 3, 1), (.maxUnavailable(.count(1)), 2, 3, 0),
      (.maxUnavailable(.count(9)), 2, 3, 2), (.minAvailable(.percent(100)), 5, 5, 0),
      (.maxUnavailable(.count(1)), 0, 0, 0),
    ] as [(DisruptionBudgetPlan.Limit, Int, Int, Int)]
  )
  func budgets(limit: DisruptionBudgetPlan.Limit, healthy: Int, expected: Int, allowed: Int) {
    let budget = DisruptionBudgetPlan(name: "shop/web", workloads: [0], limit: limit)
    #expect(budget.allowed(healthy: healthy, expected: expected) == allowed)
  }

  private static func plan(budget: DisruptionBudgetPlan.Limit?) -> SimulationPlan {
    var plan = Worlds.single(replicas: 6, horizon: .minutes(10), nodes: 2)
    plan.workloads[0].readinessProbe = Worlds.probe(period: 5)
    plan.workloads[0].server.startup = .deterministic(20)
    plan.operations = [OperationPlan(at: .minutes(1), .drain(node: 0))]
    if let budget {
      plan.disruptionBudgets = [
        DisruptionBudgetPlan(name: "shop/web", workloads: [0], limit: budget)
      ]
    }
    return plan
  }

  private static func evictions(_ result: RunResult) -> [SimTime] {
    result.events.filter { $0.reason == .evicted }.map(\.time)
  }

  @Test func withoutABudgetAllGoAtOnce() {
    let result = Self.plan(budget: nil).run()
    #expect(Self.evictions(result) == [SimTime](repeating: .zero + .minutes(1), count: 3))
    #expect(result.pods.filter { $0.deletedAt == .never }.allSatisfy { $0.node == 1 })
  }

  /// One at a time: the next is asked for every five seconds and goes when the last one's
  /// replacement is ready, 20 s of start-up later at least.
  @Test func aBudgetOfOneTakesThemOneByOne() throws {
    let result = Self.plan(budget: .maxUnavailable(.count(1))).run()
    let times = Self.evictions(result)
    #expect(times.count == 3)
    for (first, second) in zip(times, times.dropFirst()) {
      #expect(second - first >= .seconds(20))
      #expect((second - first).nanoseconds % 5_000_000_000 == 0)
    }
    let ready = result.workloadWindows.map(\.ready)
    #expect(ready.min() == 5)
  }

  @Test func aBudgetWithoutRoomStopsTheDrainForEver() {
    let result = Self.plan(budget: .minAvailable(.count(6))).run()
    #expect(Self.evictions(result).isEmpty)
    #expect(result.pods.count == 6)
  }

  /// A cordoned node keeps its pods and gets no others; uncordoned it does.
  @Test(arguments: [false, true])
  func cordon(isUncordoned: Bool) {
    var plan = Self.plan(budget: nil)
    plan.operations = [
      OperationPlan(at: .minutes(1), .cordon(node: 0)),
      OperationPlan(at: .minutes(3), .scale(workload: 0, replicas: 12)),
    ]
    if isUncordoned { plan.operations.append(OperationPlan(at: .minutes(2), .uncordon(node: 0))) }
    let result = plan.run()
    #expect(result.pods.count { $0.node == 0 } == (isUncordoned ? 6 : 3))
  }
}
