import ClusterState
import KubernetesManifests

/// A PodDisruptionBudget that forbids every eviction.
package enum BudgetAllowsNothing: Rule {
  package static let code = "PS1607"
  package static let severity = Finding.Severity.warning
  package static let title = "the disruption budget allows no disruption"
  package static let cause = """
    minAvailable, rounded up, is as large as the replicas, or maxUnavailable is 0.
    """
  package static let effect = """
    Every eviction is refused with 429, so that kubectl drain and node upgrades wait for ever. \
    It protects from nothing else: rollouts, scale-in, crashes and dead nodes do not ask the \
    budget.
    """
  package static let fix = "Write maxUnavailable: 1, with at least two replicas."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.budgets.compactMap { budget in
      let covered = inventory.workloads(coveredBy: budget)
      let sizes = covered.compactMap { inventory.smallestSize(of: $0) }
      let total = sizes.reduce(0) { Seconds.sum($0, $1) }
      guard total > 0, sizes.count == covered.count,
        let value = budget.spec.at("maxUnavailable") ?? budget.spec.at("minAvailable"),
        let share = IntOrPercent(value)
      else { return nil }
      let isUnavailable = budget.spec.at("maxUnavailable") != nil
      let limit: DisruptionBudget.Limit =
        isUnavailable ? .maxUnavailable(share) : .minAvailable(share)
      let allowed = DisruptionBudget(limit, expectedPods: total, healthyPods: total)
      guard allowed.disruptionsAllowed == 0 else { return nil }
      let field = isUnavailable ? "maxUnavailable" : "minAvailable"
      return finding(
        budget.object,
        at: value.span,
        "\(field) \(value.text ?? "") of \(total) \(total == 1 ? "pod" : "pods") leaves none that "
          + "may be evicted",
        fix: total == 1
          ? "run two replicas and write `maxUnavailable: 1`"
          : "write `maxUnavailable: 1` instead"
      )
    }
  }
}
