import ClusterState
import KubernetesManifests

/// A rolling update that may take every pod at once.
package enum RolloutTakesAllPods: Rule {
  package static let code = "PS1603"
  package static let severity = Finding.Severity.warning
  package static let title = "a rollout may take all pods at once"
  package static let cause = """
    maxUnavailable, rounded down, is as large as the number of replicas.
    """
  package static let effect = """
    All old pods may be stopped before a new one is ready: every rollout can be an outage, and \
    one with a broken image certainly is.
    """
  package static let fix = "Keep the default 25 %, or write 0 with a maxSurge above 0."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.workloads.compactMap { workload in
      guard workload.object.kind == "Deployment",
        let value = workload.object.tree.at(
          "spec",
          "strategy",
          "rollingUpdate",
          "maxUnavailable"
        ),
        let size = inventory.smallestSize(of: workload), size > 0,
        let share = IntOrPercent(value), takes(share, allOf: size),
        let service = inventory.services(before: workload).first
      else { return nil }
      return finding(
        workload.object,
        at: value.span,
        "maxUnavailable \(value.text ?? "") of \(size) replicas lets a rollout stop all pods of "
          + "Service \(service.object.name) at once",
        fix: "write `maxUnavailable: 25%`, or 0 for a single replica"
      )
    }
  }

  private static func takes(_ share: IntOrPercent, allOf size: Int) -> Bool {
    let budget = RolloutBudget(replicas: size, maxSurge: .percent(25), maxUnavailable: share)
    return budget.maxUnavailable >= size
  }
}
