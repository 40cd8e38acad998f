package import KubernetesManifests

/// How many pods the Eviction API may still take, by a PodDisruptionBudget.
///
/// Follows `pkg/controller/disruption/disruption.go`: percentages are rounded up for both limits.
/// Rolling updates, scaling and crashes do not ask.
package struct DisruptionBudget: Hashable, Sendable {
  /// Which of the two limits is given.
  package enum Limit: Hashable, Sendable {
    case minAvailable(IntOrPercent)
    case maxUnavailable(IntOrPercent)
  }
  package let desiredHealthy: Int
  package let disruptionsAllowed: Int

  package init(_ limit: Limit, expectedPods: Int, healthyPods: Int) {
    switch limit {
    case .minAvailable(let least):
      desiredHealthy = least.scaled(to: expectedPods, roundingUp: true)
    case .maxUnavailable(let most):
      desiredHealthy = max(0, expectedPods - most.scaled(to: expectedPods, roundingUp: true))
    }
    disruptionsAllowed = expectedPods > 0 ? max(0, healthyPods - desiredHealthy) : 0
  }
}
