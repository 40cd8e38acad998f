/// A PodDisruptionBudget of nothing.
package enum BudgetMatchesNothing: Rule {
  package static let code = "PS1608"
  package static let severity = Finding.Severity.warning
  package static let title = "the disruption budget matches no pod"
  package static let cause = """
    The selector of a PodDisruptionBudget matches no pod template of its namespace, although \
    these manifests have some there.
    """
  package static let effect = """
    The budget counts 0 pods and protects none: a drain may evict all replicas at once.
    """
  package static let fix = "Use the labels of the pod template."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.budgets.compactMap { budget in
      guard inventory.workloads(coveredBy: budget).isEmpty else { return nil }
      // Looking for what was meant among thousands would take long.
      let own = inventory.labels.workloads(in: budget.object.namespace).prefix(1_000)
        .map { inventory.workloads[$0] }
      guard !own.isEmpty,
        let label = budget.selector.labels.first(where: { label in
          !own.contains { $0.labels.value(of: label.key) == label.value }
        }) ?? budget.selector.labels.first
      else { return nil }
      let near = own.first { $0.labels.value(of: label.key) != nil }
      let value = near?.labels.value(of: label.key)
      return finding(
        budget.object,
        at: label.valueSpan,
        "no pod template of namespace \(budget.object.namespace) has \(budget.selector.labels.text)"
          + (value.map { "; \(near?.object.name ?? "") has `\(label.key): \($0)`" } ?? ""),
        fix: value.map { "write `\(label.key): \($0)`" } ?? "correct the selector"
      )
    }
  }
}
