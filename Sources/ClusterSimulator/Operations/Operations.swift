import SimKernel

/// What operators do to the cluster at stated times: one arm a `kubectl` verb.
extension Simulation {
  /// Puts the plan's operations into the queue.
  mutating func scheduleOperations() {
    for (index, operation) in plan.operations.enumerated() {
      schedule(.operationDue, index, at: .zero + operation.at)
    }
  }

  /// An operation's time has come.
  mutating func operationDue(_ index: Int) {
    switch plan.operations[index].verb {
    case .scale(let workload, let replicas): setDesired(replicas, ofWorkload: workload)
    case .rollOut(let workload, let template):
      rollOut(template: replicaSets.firstTemplate[workload] + template)
    case .pauseRollout(let workload): deployments.rollouts[workload].isPaused = true
    case .resumeRollout(let workload):
      deployments.rollouts[workload].isPaused = false
      planWorkloadSync(workload)
    case .deletePods(let workload, let count): deletePods(count, ofWorkload: workload)
    case .relabel(let workload, let count, let labels):
      relabelPods(count, ofWorkload: workload, as: labels)
    case .cordon(let node): cordon(node)
    case .uncordon(let node): uncordon(node)
    case .drain(let node): drain(node)
    }
  }

  /// `kubectl delete pod`: the controllers replace what they miss at once.
  mutating func deletePods(_ count: Int, ofWorkload workload: Int) {
    let victims = replicaSets.members[workload].filter {
      pods[$0].isActive && pods[$0].isReady
    }
    for pod in victims.prefix(count) {
      deletePod(pod)
      planReplacement(of: pod)
    }
  }
}
