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
        let first = first(before: index, workload, selector, inventory)
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

  /// The first of those before it that it overlaps with.
  private static func first(
    before index: Int,
    _ workload: WorkloadView,
    _ selector: SelectorView,
    _ inventory: Inventory
  ) -> WorkloadView? {
    let namespace = workload.object.namespace
    let chosen = inventory.labels.candidates(having: selector.labels, in: namespace)
    let choosing = inventory.labels.selectors(matching: workload.labels, in: namespace)
    func isFound(_ place: Int) -> Bool {
      place < index && overlap(workload, inventory.workloads[place])
    }
    let places = [chosen.first(where: isFound), choosing.filter(isFound).min()].compactMap(\.self)
    return places.min().map { inventory.workloads[$0] }
  }

  private static func overlap(_ one: WorkloadView, _ other: WorkloadView) -> Bool {
    guard let own = one.selector, let others = other.selector, !others.isEmpty else {
      return false
    }
    return own.matches(other.labels) || others.matches(one.labels)
  }
}
