/// Two workloads whose selectors match each other's pods.
package enum OverlappingWorkloads: Rule {
  package static let code = "PS1104"
  package static let severity = Finding.Severity.warning
  package static let title = "two workloads select the same pods"
  package static let cause = """
    The selector of one workload matches the pod template of another one in the same namespace. \
    The API server accepts both.
    """
  package static let effect = """
    Each keeps the pods that it owns, but everything that goes by labels mixes them up: the \
    autoscaler averages over both, orphaned pods go to whoever comes first, and no Service or \
    PodDisruptionBudget can tell them apart.
    """
  package static let fix = """
    Give each workload a label of its own in matchLabels and in the template. A selector cannot \
    be changed later: delete the object with --cascade=orphan and create it anew.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.workloads.enumerated().compactMap { index, workload in
      guard let selector = workload.selector, !selector.isEmpty,
        let first = inventory.workloads[..<index].first(where: { other in
          other.object.namespace == workload.object.namespace && overlap(workload, other)
        })
      else { return nil }
      let label = selector.labels.first
      return finding(
        workload.object,
        at: label?.valueSpan ?? workload.object.nameSpan,
        "its selector \(selector.labels.text) also matches the pods of "
          + "\(first.title(seenFrom: workload.object.namespace)) (\(first.object.place))",
        fix: "add a label that only this \(workload.object.kind) has, such as "
          + "`app.kubernetes.io/component: \(workload.object.name)`, to its selector and template"
      )
    }
  }

  private static func overlap(_ one: WorkloadView, _ other: WorkloadView) -> Bool {
    guard let own = one.selector, let others = other.selector, !others.isEmpty else {
      return false
    }
    return own.matches(other.labels) || others.matches(one.labels)
  }
}
