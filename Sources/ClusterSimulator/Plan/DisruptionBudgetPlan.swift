/// A PodDisruptionBudget: how many pods an eviction may take at a time.
package struct DisruptionBudgetPlan: Hashable, Sendable {
  package enum Limit: Hashable, Sendable {
    case minAvailable(RolloutPlan.Amount)
    case maxUnavailable(RolloutPlan.Amount)
  }
  /// `namespace/name`.
  package var name: String
  /// The workloads whose pods the selector matches.
  package var workloads: [Int]
  package var limit: Limit

  package init(name: String, workloads: [Int], limit: Limit) {
    self.name = name
    self.workloads = workloads
    self.limit = limit
  }

  /// How many of `healthy` pods may go when `expected` are wanted; percentages round up in both
  /// fields.
  package func allowed(healthy: Int, expected: Int) -> Int {
    let needed =
      switch limit {
      case .minAvailable(let amount): amount.roundedUp(of: expected)
      case .maxUnavailable(let amount): max(expected - amount.roundedUp(of: expected), 0)
      }
    return expected == 0 ? 0 : max(healthy - needed, 0)
  }
}
