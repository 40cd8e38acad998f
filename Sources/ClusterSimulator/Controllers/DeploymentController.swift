import SimKernel

/// Moves Deployments from one ReplicaSet to the next, as pkg/controller/deployment does.
///
/// Owns `ReplicaSet.replicas` of Deployments and the progress of rollouts. A sync does one thing:
/// spread a changed size over the active ReplicaSets, grow the new one, or shrink old ones, so that
/// pods never exceed desired + maxSurge (terminating ones are not counted) and available ones
/// never fall below desired - maxUnavailable. Left out: canary by pause, revision history limits.
struct DeploymentController {
  struct Rollout {
    /// The template wanted now: an index over all templates.
    var template: Int
    var isPaused = false
    /// Whether pods of the wanted template do not yet make up the whole Deployment.
    var isUnderWay = false
    /// The most of updated, ready and available pods seen, and the fewest old ones.
    var best = Progress()
    var progressAt = SimTime.zero
    var hasFailed = false
  }
  struct Progress: Equatable {
    var updated = 0
    var ready = 0
    var available = 0
    var old = Int.max
  }
  /// One a workload; only the template matters to StatefulSets.
  var rollouts: [Rollout]

  init(plan: SimulationPlan, replicaSets: ReplicaSetController) {
    rollouts = replicaSets.firstTemplate.map { Rollout(template: $0) }
    for (index, workload) in plan.workloads.enumerated() {
      rollouts[index].isPaused = workload.rollout.startsPaused
    }
  }
}

extension Simulation {
  /// The Deployment's or StatefulSet's pod template is changed.
  mutating func rollOut(template: Int) {
    let workload = Int(replicaSets.rows[template].workload)
    deployments.rollouts[workload].template = template
    startProgress(of: workload)
    planWorkloadSync(workload)
  }

  private mutating func startProgress(of workload: Int) {
    deployments.rollouts[workload].isUnderWay = true
    deployments.rollouts[workload].hasFailed = false
    deployments.rollouts[workload].best = DeploymentController.Progress()
    noteProgress(of: workload)
  }

  private mutating func noteProgress(of workload: Int) {
    deployments.rollouts[workload].progressAt = now
    let deadline = now + plan.workloads[workload].rollout.progressDeadline
    schedule(.progressDeadlineDue, workload, at: deadline)
  }

  /// A pod of the Deployment has become ready or unready, or is gone.
  mutating func deploymentPodChanged(_ pod: Int) {
    let workload = Int(pods[pod].workload)
    guard deployments.rollouts[workload].isUnderWay else { return }
    planWorkloadSync(workload)
    let minReady = plan.workloads[workload].rollout.minReady
    if pods[pod].isReady && minReady > .zero { planWorkloadSync(workload, after: minReady) }
  }

  /// One pass over the Deployment.
  mutating func syncDeployment(_ workload: Int) {
    let rollout = deployments.rollouts[workload]
    if rollout.isPaused || isBeingScaled(workload) {
      scaleActiveSets(of: workload)
    } else if plan.workloads[workload].rollout.strategy == .recreate {
      recreate(workload)
    } else {
      rollForward(workload)
    }
    observeProgress(of: workload)
  }

  /// The ReplicaSets of older templates that still want pods, oldest first.
  func oldReplicaSets(of workload: Int) -> [Int] {
    let new = deployments.rollouts[workload].template
    return replicaSets.templates(ofWorkload: workload).filter {
      $0 != new && replicaSets.rows[$0].replicas > 0
    }
  }

  /// Changes a ReplicaSet's size and notes what the Deployment looked like then.
  mutating func scale(_ template: Int, to count: Int) {
    let workload = Int(replicaSets.rows[template].workload)
    let desired = replicaSets.desired[workload]
    let surge = plan.workloads[workload].rollout.limits(desired: desired).surge
    replicaSets.rows[template].recordedDesired = desired
    replicaSets.rows[template].recordedMaximum = desired + surge
    scaleReplicaSet(template, to: count)
  }

  // MARK: Rolling update

  private mutating func rollForward(_ workload: Int) {
    let new = deployments.rollouts[workload].template
    let size = newReplicaSetSize(of: workload)
    if size != replicaSets.rows[new].replicas {
      scale(new, to: size)
      return planWorkloadSync(workload)
    }
    if shrinkOldReplicaSets(of: workload) { planWorkloadSync(workload) }
  }

  /// As large as the limit on all pods together allows.
  private func newReplicaSetSize(of workload: Int) -> Int {
    let desired = replicaSets.desired[workload]
    let size = replicaSets.rows[deployments.rollouts[workload].template].replicas
    if size >= desired { return desired }
    let most = desired + plan.workloads[workload].rollout.limits(desired: desired).surge
    let room = most - totalReplicas(of: workload)
    return room <= 0 ? size : size + min(room, desired - size)
  }

  private func totalReplicas(of workload: Int) -> Int {
    replicaSets.templates(ofWorkload: workload).reduce(0) { $0 + replicaSets.rows[$1].replicas }
  }

  /// Takes unavailable old pods first, then available ones that are not needed; whether any went.
  private mutating func shrinkOldReplicaSets(of workload: Int) -> Bool {
    let old = oldReplicaSets(of: workload)
    guard !old.isEmpty else { return false }
    let desired = replicaSets.desired[workload]
    let limits = plan.workloads[workload].rollout.limits(desired: desired)
    let least = desired - (desired == 0 ? 0 : limits.unavailable)
    let new = deployments.rollouts[workload].template
    let missing = replicaSets.rows[new].replicas - availablePods(ofTemplate: new)
    let room = totalReplicas(of: workload) - least - missing
    guard room > 0 else { return false }
    let unhealthy = shrink(old, by: room, onlyUnavailable: true)
    let available = replicaSets.templates(ofWorkload: workload)
      .reduce(0) { $0 + availablePods(ofTemplate: $1) }
    let healthy = shrink(old, by: available - least, onlyUnavailable: false)
    return unhealthy || healthy
  }

  /// Shrinks sets in their order by `most` pods in all; whether any shrank.
  private mutating func shrink(_ sets: [Int], by most: Int, onlyUnavailable: Bool) -> Bool {
    var left = most
    var didShrink = false
    for set in sets where left > 0 {
      let size = replicaSets.rows[set].replicas
      let share = onlyUnavailable ? size - availablePods(ofTemplate: set) : size
      let count = min(left, share)
      guard count > 0 else { continue }
      scale(set, to: size - count)
      left -= count
      didShrink = true
    }
    return didShrink
  }

  /// Pods of a template that have been ready for long enough.
  func availablePods(ofTemplate template: Int) -> Int {
    let minReady = plan.workloads[Int(replicaSets.rows[template].workload)].rollout.minReady
    return activePods(ofTemplate: template).count {
      pods[$0].isReady && pods[$0].readySince + minReady <= now
    }
  }

  // MARK: Recreate

  /// Old pods to none; when the last is gone, terminating ones included, the new ones.
  private mutating func recreate(_ workload: Int) {
    let old = oldReplicaSets(of: workload)
    for set in old { scale(set, to: 0) }
    let new = deployments.rollouts[workload].template
    forgetRemovedPods(ofWorkload: workload)
    let hasOldPods = replicaSets.members[workload].contains {
      Int(pods[$0].template) != new && !pods[$0].isFinished
    }
    if old.isEmpty && !hasOldPods { scale(new, to: replicaSets.desired[workload]) }
  }

  // MARK: Progress

  /// Whether the rollout is complete, has moved, or is stuck.
  private mutating func observeProgress(of workload: Int) {
    guard deployments.rollouts[workload].isUnderWay else { return }
    let new = deployments.rollouts[workload].template
    let desired = replicaSets.desired[workload]
    let updated = activePods(ofTemplate: new)
    let active = replicaSets.members[workload].filter { pods[$0].isActive }
    let available = availablePods(ofTemplate: new)
    if updated.count == desired, active.count == desired, available == desired {
      deployments.rollouts[workload].isUnderWay = false
      return
    }
    let current = DeploymentController.Progress(
      updated: updated.count,
      ready: active.count { pods[$0].isReady },
      available: replicaSets.templates(ofWorkload: workload)
        .reduce(0) { $0 + availablePods(ofTemplate: $1) },
      old: active.count - updated.count
    )
    let best = deployments.rollouts[workload].best
    let hasMoved =
      current.updated > best.updated || current.ready > best.ready
      || current.available > best.available || current.old < best.old
    deployments.rollouts[workload].best = current
    if hasMoved { noteProgress(of: workload) }
  }

  /// So long after the last progress a rollout counts as failed; it goes on all the same.
  mutating func progressDeadlineDue(_ workload: Int) {
    let rollout = deployments.rollouts[workload]
    let deadline = rollout.progressAt + plan.workloads[workload].rollout.progressDeadline
    guard rollout.isUnderWay, !rollout.hasFailed, deadline == now else { return }
    deployments.rollouts[workload].hasFailed = true
    metrics.record(.progressDeadlineExceeded, object: workload, at: now)
  }
}
