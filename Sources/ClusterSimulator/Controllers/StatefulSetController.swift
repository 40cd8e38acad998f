import SimKernel

/// Keeps pods 0 … n-1 of a StatefulSet, as pkg/controller/statefulset/stateful_set_control.go does.
///
/// OrderedReady: one pod at a time; each waits until all before it are ready, and pods go from the
/// top, each when the one above it is gone. Parallel: no waiting. A new template is rolled out from
/// the highest ordinal down to the partition, one pod at a time. A pod whose object exists is never
/// replaced, which is why pods on an unreachable node stay away until that node is back.
/// Left out: maxUnavailable, start ordinals, persistent volumes.
extension Simulation {
  /// One pass over the StatefulSet.
  mutating func syncStatefulSet(_ workload: Int) {
    forgetRemovedPods(ofWorkload: workload)
    let members = replicaSets.members[workload]
    let desired = replicaSets.desired[workload]
    let isOrdered = plan.workloads[workload].rollout.podManagement == .orderedReady
    guard createMissing(workload, members, desired, isOrdered: isOrdered) else { return }
    guard deleteSurplus(workload, members, desired, isOrdered: isOrdered) else { return }
    updateOutdated(workload, desired)
  }

  /// Creates pods that are missing; whether all is well so far that the next step may follow.
  private mutating func createMissing(
    _ workload: Int,
    _ members: [Int],
    _ desired: Int,
    isOrdered: Bool
  ) -> Bool {
    for ordinal in 0..<desired {
      guard let pod = members.first(where: { Int(pods[$0].ordinal) == ordinal }) else {
        createStatefulPod(workload, ordinal)
        if isOrdered { return false }
        continue
      }
      if pods[pod].phase == .failed && !pods[pod].isTerminating { deletePod(pod) }
      if isOrdered && !isAvailable(pod) { return false }
    }
    return true
  }

  private mutating func createStatefulPod(_ workload: Int, _ ordinal: Int) {
    let newest = deployments.rollouts[workload].template
    let partition = plan.workloads[workload].rollout.partition
    // OnDelete holds back updates, and not what a new pod is made from.
    let keepsOld = partition != .max && ordinal < partition
    let template = keepsOld ? replicaSets.firstTemplate[workload] : newest
    let pod = createPod(ofTemplate: template, ordinal: ordinal)
    metrics.record(.successfulCreate, object: workload, value: pod, at: now)
    enqueueForScheduling(pod)
  }

  /// Deletes pods beyond the wanted size from the top; whether none is left.
  private mutating func deleteSurplus(
    _ workload: Int,
    _ members: [Int],
    _ desired: Int,
    isOrdered: Bool
  ) -> Bool {
    let surplus = members.filter { Int(pods[$0].ordinal) >= desired }
      .sorted { pods[$0].ordinal > pods[$1].ordinal }
    for pod in surplus {
      if !pods[pod].isTerminating {
        metrics.record(.successfulDelete, object: workload, value: pod, at: now)
        deletePod(pod)
      }
      if isOrdered { return false }
    }
    return true
  }

  /// Deletes the highest pod of another template; it comes back with the wanted one.
  private mutating func updateOutdated(_ workload: Int, _ desired: Int) {
    let wanted = deployments.rollouts[workload].template
    let partition = plan.workloads[workload].rollout.partition
    for ordinal in (0..<desired).reversed() where ordinal >= partition {
      guard
        let pod = replicaSets.members[workload].first(where: {
          Int(pods[$0].ordinal) == ordinal
        })
      else { return }
      if Int(pods[pod].template) != wanted && !pods[pod].isTerminating {
        metrics.record(.successfulDelete, object: workload, value: pod, at: now)
        return deletePod(pod)
      }
      guard isAvailable(pod) else { return }
    }
  }

  /// Whether the pod has been ready for long enough and is to stay.
  private mutating func isAvailable(_ pod: Int) -> Bool {
    guard pods[pod].isReady, !pods[pod].isTerminating else { return false }
    let minReady = plan.workloads[Int(pods[pod].workload)].rollout.minReady
    let due = pods[pod].readySince + minReady
    if due > now { planWorkloadSync(Int(pods[pod].workload), after: due - now) }
    return due <= now
  }

  // MARK: What pods tell their controllers

  /// The pod's Ready condition has changed, or its object is gone.
  mutating func podChanged(_ pod: Int) {
    let workload = Int(pods[pod].workload)
    switch plan.workloads[workload].kind {
    case .deployment: deploymentPodChanged(pod)
    case .statefulSet, .daemonSet: planWorkloadSync(workload, after: Self.watchDelay * 2)
    case .replicaSet, .job, .cronJob, .pod: break
    }
  }
}
