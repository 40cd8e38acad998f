import SimKernel

/// A Deployment's size changes while several ReplicaSets are active, or while it is paused: the
/// difference is spread over them, as pkg/controller/deployment/sync.go does.
extension Simulation {
  /// Whether the size is another than when an active ReplicaSet was last scaled.
  func isBeingScaled(_ workload: Int) -> Bool {
    let desired = replicaSets.desired[workload]
    return replicaSets.templates(ofWorkload: workload).contains {
      let set = replicaSets.rows[$0]
      return set.replicas > 0 && set.recordedDesired != desired
    }
  }

  /// One active set takes the whole size; several take shares.
  mutating func scaleActiveSets(of workload: Int) {
    let new = deployments.rollouts[workload].template
    let desired = replicaSets.desired[workload]
    let sets = replicaSets.templates(ofWorkload: workload)
    let active = sets.filter { replicaSets.rows[$0].replicas > 0 }
    if active.count <= 1 { return scale(active.first ?? new, to: desired) }
    if isSaturated(new, desired) {
      for set in active where set != new { scale(set, to: 0) }
      return
    }
    guard case .rollingUpdate = plan.workloads[workload].rollout.strategy else { return }
    spread(over: active, desired: desired, workload: workload)
    planWorkloadSync(workload)
  }

  /// Whether the new set alone is the Deployment.
  private func isSaturated(_ template: Int, _ desired: Int) -> Bool {
    let set = replicaSets.rows[template]
    return set.replicas == desired && set.recordedDesired == desired
      && availablePods(ofTemplate: template) == desired
  }

  /// Each set by its share of the whole, the rest to the largest; ties: the newest when growing,
  /// the oldest when shrinking.
  private mutating func spread(over active: [Int], desired: Int, workload: Int) {
    let surge = plan.workloads[workload].rollout.limits(desired: desired).surge
    let allowed = desired > 0 ? desired + surge : 0
    let difference = allowed - active.reduce(0) { $0 + replicaSets.rows[$1].replicas }
    let sets = active.sorted { first, second in
      let sizes = (replicaSets.rows[first].replicas, replicaSets.rows[second].replicas)
      if sizes.0 != sizes.1 { return sizes.0 > sizes.1 }
      return difference > 0 ? first > second : first < second
    }
    var sizes: [Int] = []
    var left = difference
    for set in sets {
      let share = share(of: set, desired: desired, most: allowed)
      let part = difference > 0 ? min(share, left) : max(share, left)
      sizes.append(replicaSets.rows[set].replicas + (difference == 0 ? 0 : part))
      left -= difference == 0 ? 0 : part
    }
    if left != 0 { sizes[0] = max(sizes[0] + left, 0) }
    for (set, size) in zip(sets, sizes) { scale(set, to: size) }
  }

  /// By how much a set changes when it keeps its part of the whole, rounded half away from zero.
  private func share(of template: Int, desired: Int, most: Int) -> Int {
    let set = replicaSets.rows[template]
    if desired == 0 { return -set.replicas }
    let before = max(set.recordedMaximum, 1)
    return (2 * set.replicas * most + before) / (2 * before) - set.replicas
  }
}
