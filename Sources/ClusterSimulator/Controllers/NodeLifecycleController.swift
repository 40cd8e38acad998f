import SimKernel

/// Notices silent nodes, taints them and evicts their pods, as pkg/controller/nodelifecycle and
/// pkg/controller/tainteviction do.
///
/// Owns `Node.isReady` and the taints. The kubelet renews a lease every 10 s; a monitor pass every
/// 5 s finds a lease older than the grace period (50 s): Ready=Unknown, its pods not ready, and a
/// NoExecute taint as soon as the zone's rate allows (`ZoneEvictions`). Pods are deleted when they
/// have tolerated the taint for as long as they do (300 s), upon which ReplicaSets replace them.
/// The objects stay as terminating until the node returns.
extension Simulation {
  /// The machine of a node has vanished: foresee when the monitor will notice.
  mutating func nodeFellSilent(_ node: Int) {
    let times = plan.cluster.controlPlane
    let renew = times.leaseRenewInterval.nanoseconds
    let phase = nodes[node].leasePhase.nanoseconds
    let since = now.nanoseconds - phase
    let renewals = since >= 0 ? since / renew : (since - renew + 1) / renew
    let expiry = phase + renewals * renew + times.nodeMonitorGracePeriod.nanoseconds
    let monitor = times.nodeMonitorPeriod.nanoseconds
    let foreseen = SimTime(nanoseconds: (expiry + monitor - 1) / monitor * monitor)
    nodes[node].unknownDue = max(foreseen, now)
    schedule(.nodeUnknownDue, node, at: nodes[node].unknownDue)
  }

  /// The monitor finds the lease too old.
  mutating func nodeUnknownDue(_ node: Int) {
    guard nodes[node].unknownDue == now, !nodes[node].isAlive else { return }
    nodes[node].unknownDue = .never
    nodes[node].isReady = false
    updateRoom(of: node)
    metrics.record(.nodeNotReady, object: node, at: now)
    for pod in 0..<pods.count where Int(pods[pod].node) == node && !pods[pod].isRemoved {
      setReady(pod, false)
    }
    planTaints()
  }

  /// The node gets its NoExecute taint: every pod counts from now on what it tolerates.
  mutating func taintDue(_ node: Int) {
    guard nodes[node].taintDue == now else { return }
    nodes[node].taintDue = .never
    nodes[node].taintedAt = now
    zoneEvictions.lastTaint[zoneEvictions.zone[node]] = now
    var times: [SimTime] = []
    for pod in 0..<pods.count where Int(pods[pod].node) == node && pods[pod].isActive {
      guard let toleration = tolerance(of: pod) else { continue }
      let time = now + toleration
      if !times.contains(time) { times.append(time) }
    }
    for time in times { schedule(.evictionDue, node, at: time) }
  }

  /// For how long the pod bears an unreachable node; `nil` for ever.
  private func tolerance(of pod: Int) -> SimDuration? {
    switch template(of: pod).unreachableToleration {
    case .byDefault: plan.cluster.controlPlane.unreachableToleration
    case .seconds(let span): span
    case .forever: nil
    }
  }

  /// Pods that have tolerated the taint long enough.
  mutating func evictionDue(_ node: Int) {
    guard nodes[node].taintedAt != .never else { return }
    for pod in 0..<pods.count where Int(pods[pod].node) == node && pods[pod].isActive {
      guard let toleration = tolerance(of: pod), nodes[node].taintedAt + toleration <= now
      else { continue }
      metrics.record(.taintManagerEviction, object: pod, at: now)
      deletePod(pod)
      planReplacement(of: pod)
    }
  }

  /// The machine is back: the node turns Ready with its first heartbeat, taints go a little later.
  mutating func nodeCameBack(_ node: Int) {
    nodes[node].unknownDue = .never
    removeTaint(from: node)
    nodes[node].readyDue = now + .seconds(2)
    schedule(.nodeReadyDue, node, at: nodes[node].readyDue)
  }

  /// Ready again: pods that were being deleted vanish, the others start anew.
  mutating func nodeReadyDue(_ node: Int) {
    guard nodes[node].readyDue == now, nodes[node].isAlive else { return }
    nodes[node].readyDue = .never
    nodes[node].isReady = true
    updateRoom(of: node)
    metrics.record(.nodeReady, object: node, at: now)
    planTaints()
    for pod in 0..<pods.count where Int(pods[pod].node) == node && !pods[pod].isRemoved {
      // Bound since the machine is back: under way already.
      let due = pods[pod].lifecycleDue
      if pods[pod].isRunning || (due >= now && due != .never) { continue }
      if pods[pod].isTerminating {
        remove(pod)
      } else if template(of: pod).restartPolicy == .never, pods[pod].incarnation > 0 {
        if !pods[pod].isFinished { finish(pod, isSuccess: false) }
      } else if !pods[pod].isFinished {
        restartSandbox(of: pod)
      }
    }
    retryUnschedulablePods()
  }
}
