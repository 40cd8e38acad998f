/// Replicas in the manifest outside of what the autoscaler allows.
package enum AutoscalerFightsReplicas: Rule {
  package static let code = "PS1606"
  package static let severity = Finding.Severity.warning
  package static let title = "replicas lie outside the autoscaler's bounds"
  package static let cause = """
    spec.replicas of a workload is written and lies below minReplicas or above maxReplicas of \
    its autoscaler.
    """
  package static let effect = """
    Each apply of the manifest sets the replicas to a number that the autoscaler corrects up to \
    15 s later: pods are stopped or started for nothing, in the middle of the day's load.
    """
  package static let fix = "Remove spec.replicas; the autoscaler owns it."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.autoscalers.compactMap { autoscaler in
      guard let workload = inventory.workload(scaledBy: autoscaler),
        let value = workload.object.tree.at("spec", "replicas"), let replicas = value.integer,
        replicas > 0, let most = autoscaler.maxReplicas,
        replicas < autoscaler.minReplicas || replicas > most
      else { return nil }
      return finding(
        workload.object,
        at: value.span,
        "replicas \(replicas) lies outside \(autoscaler.minReplicas) to \(most) of "
          + "HorizontalPodAutoscaler \(autoscaler.object.name)",
        fix: "remove `replicas: \(replicas)`"
      )
    }
  }
}
