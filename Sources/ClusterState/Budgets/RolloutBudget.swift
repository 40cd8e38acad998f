package import KubernetesManifests

/// How far a rolling update may go above and below the desired number of pods.
///
/// Follows `ResolveFenceposts` of `pkg/controller/deployment/util`: surge is rounded up,
/// unavailability down, and one of them is at least 1.
package struct RolloutBudget: Hashable, Sendable {
  package let maxSurge: Int
  package let maxUnavailable: Int

  package init(replicas: Int, maxSurge: IntOrPercent, maxUnavailable: IntOrPercent) {
    let surge = maxSurge.scaled(to: replicas, roundingUp: true)
    let unavailable = maxUnavailable.scaled(to: replicas, roundingUp: false)
    self.maxSurge = surge
    self.maxUnavailable = min(surge == 0 && unavailable == 0 ? 1 : unavailable, replicas)
  }
}
