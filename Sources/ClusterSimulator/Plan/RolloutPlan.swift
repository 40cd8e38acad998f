package import SimKernel

/// How a workload goes from one pod template to the next.
package struct RolloutPlan: Hashable, Sendable {
  package enum Strategy: Hashable, Sendable {
    /// All old pods go before the first new one comes.
    case recreate
    /// Never more than desired + `maxSurge` pods, never fewer available than desired -
    /// `maxUnavailable`.
    case rollingUpdate(maxSurge: Amount, maxUnavailable: Amount)
  }
  /// A number of pods, or a share of those desired.
  package enum Amount: Hashable, Sendable {
    case count(Int)
    case percent(Int)

    /// So many of `total`, a percentage rounded up.
    package func roundedUp(of total: Int) -> Int {
      switch self {
      case .count(let count): count
      case .percent(let percent): (total * percent + 99) / 100
      }
    }

    /// So many of `total`, a percentage rounded down.
    package func roundedDown(of total: Int) -> Int {
      switch self {
      case .count(let count): count
      case .percent(let percent): total * percent / 100
      }
    }
  }
  /// How a StatefulSet starts and stops its pods.
  package enum PodManagement: String, CaseIterable, Sendable { case orderedReady, parallel }

  package var strategy = Strategy.rollingUpdate(
    maxSurge: .percent(25),
    maxUnavailable: .percent(25)
  )
  /// How long a pod must have been ready to count as available.
  package var minReady = SimDuration.zero
  /// Without progress for so long a rollout is said to have failed; nothing is rolled back.
  package var progressDeadline = SimDuration.seconds(600)
  /// Whether a Deployment is paused at the start (`spec.paused`).
  package var startsPaused = false
  package var podManagement = PodManagement.orderedReady
  /// A StatefulSet's pods with smaller ordinals keep the old template; `Int.max` for all of them
  /// until somebody deletes them (OnDelete).
  package var partition = 0
  package init() {}
}

extension RolloutPlan {
  /// How many pods may exist beyond `desired`, and how many of those may be unavailable.
  ///
  /// As `ResolveFenceposts` has it: surge rounds up, unavailable down, and where both come to
  /// nothing one pod may be unavailable, because otherwise nothing could ever move.
  package func limits(desired: Int) -> (surge: Int, unavailable: Int) {
    guard case .rollingUpdate(let maxSurge, let maxUnavailable) = strategy else { return (0, 0) }
    let surge = maxSurge.roundedUp(of: desired)
    let unavailable = maxUnavailable.roundedDown(of: desired)
    if surge == 0 && unavailable == 0 { return (0, 1) }
    return (surge, min(unavailable, desired))
  }
}
