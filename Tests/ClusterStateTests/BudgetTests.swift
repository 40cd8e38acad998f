import ClusterState
import KubernetesManifests
import Testing

@Suite struct BudgetTests {
  /// Surge is rounded up, unavailability down; never both 0; unavailability up to all.
  @Test(arguments: [
    (1, IntOrPercent.percent(25), IntOrPercent.percent(25), 1, 0),
    (4, .percent(25), .percent(25), 1, 1), (10, .percent(25), .percent(25), 3, 2),
    (10, .count(0), .percent(5), 0, 1), (3, .count(1), .count(9), 1, 3),
    (0, .percent(25), .percent(25), 0, 0), (7, .percent(100), .count(0), 7, 0),
  ])
  func rollout(replicas: Int, surge: IntOrPercent, unavailable: IntOrPercent, up: Int, down: Int) {
    let budget = RolloutBudget(replicas: replicas, maxSurge: surge, maxUnavailable: unavailable)
    #expect(budget.maxSurge == up && budget.maxUnavailable == down)
  }

  /// Percentages are rounded up for both limits.
  @Test(arguments: [
    (DisruptionBudget.Limit.maxUnavailable(.percent(30)), 7, 7, 4, 3),
    (.minAvailable(.percent(50)), 7, 7, 4, 3), (.minAvailable(.percent(50)), 7, 5, 4, 1),
    (.minAvailable(.count(7)), 7, 7, 7, 0), (.maxUnavailable(.count(1)), 3, 2, 2, 0),
    (.maxUnavailable(.count(0)), 3, 3, 3, 0), (.maxUnavailable(.count(5)), 3, 3, 0, 3),
    (.minAvailable(.count(0)), 0, 0, 0, 0), (.minAvailable(.count(2)), 3, 1, 2, 0),
  ])
  func disruption(
    limit: DisruptionBudget.Limit,
    expected: Int,
    healthy: Int,
    desired: Int,
    allowed: Int
  ) {
    let budget = DisruptionBudget(limit, expectedPods: expected, healthyPods: healthy)
    #expect(budget.desiredHealthy == desired && budget.disruptionsAllowed == allowed)
  }
}
