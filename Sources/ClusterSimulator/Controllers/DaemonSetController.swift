import SimKernel

/// Keeps one pod of a DaemonSet on every node that it may run on, as pkg/controller/daemon does.
///
/// A node counts as long as its labels and lasting taints let the pods run there; that it is full,
/// cordoned or not ready does not matter, since the pods tolerate it. The scheduler binds each pod
/// to its node. A pod that is being deleted is replaced once it is gone. A new template replaces
/// one pod after the other, as many at a time as `maxUnavailable` allows.
/// Left out: maxSurge, rollback, `minReadySeconds` between two pods of a rollout.
extension Simulation {
  /// Which nodes are to have a pod.
  func isEligible(
    _ node: Int,
    forDaemonOf workload: Int,
    evenIfAbsent: Bool = false
  ) -> Bool {
    guard nodes[node].exists || evenIfAbsent, daemonIsWanted(workload) else { return false }
    let template = deployments.rollouts[workload].template
    return scheduler.placements[template]?.verdict(node) ?? .fits == .fits
  }

  private func daemonIsWanted(_ workload: Int) -> Bool { replicaSets.isWanted[workload] }

  /// One pass over the DaemonSet.
  mutating func syncDaemonSet(_ workload: Int) {
    forgetRemovedPods(ofWorkload: workload)
    let template = deployments.rollouts[workload].template
    var pod = Array(repeating: -1, count: nodes.count)
    for member in replicaSets.members[workload] { pod[Int(pods[member].ordinal)] = member }
    let eligible = nodes.indices.map { isEligible($0, forDaemonOf: workload) }
    replicaSets.desired[workload] = eligible.count { $0 }
    var start = now
    for node in nodes.indices {
      if eligible[node] && pod[node] < 0 {
        start = bucketTime(start)
        let new = createPod(ofTemplate: template, ordinal: node)
        metrics.record(.successfulCreate, object: workload, value: new, at: now)
        enqueueForScheduling(new, after: start - now)
      } else if !eligible[node], pod[node] >= 0, !pods[pod[node]].isTerminating {
        metrics.record(.successfulDelete, object: workload, value: pod[node], at: now)
        deletePod(pod[node])
      } else if pod[node] >= 0, pods[pod[node]].isFinished {
        deletePod(pod[node])
      }
    }
    updateOutdatedDaemons(workload, template)
  }

  private mutating func bucketTime(_ start: SimTime) -> SimTime {
    daemonClient.takeToken(at: start)
  }

  /// Deletes pods of other templates while enough are left; broken ones first.
  private mutating func updateOutdatedDaemons(_ workload: Int, _ template: Int) {
    let members = replicaSets.members[workload]
    let outdated = members.filter { pods[$0].isActive && Int(pods[$0].template) != template }
    guard !outdated.isEmpty, plan.workloads[workload].rollout.partition != .max else { return }
    let desired = replicaSets.desired[workload]
    let available = members.count { pods[$0].isActive && pods[$0].isReady }
    var room = 1
    if case .rollingUpdate(_, let most) = plan.workloads[workload].rollout.strategy {
      room = max(most.roundedUp(of: desired), 1)
    }
    room -= max(desired - available, 0)
    for member in outdated {
      guard pods[member].isReady else {
        deleteOutdated(member)
        continue
      }
      if room > 0 {
        room -= 1
        deleteOutdated(member)
      }
    }
  }

  private mutating func deleteOutdated(_ pod: Int) {
    metrics.record(.successfulDelete, object: Int(pods[pod].workload), value: pod, at: now)
    deletePod(pod)
  }

  /// Nodes have come or gone.
  mutating func daemonNodesChanged() {
    for workload in plan.workloads.indices where plan.workloads[workload].kind == .daemonSet {
      planWorkloadSync(workload)
    }
  }
}
