import SimKernel

/// `kubectl drain`: cordon, then evictions that disruption budgets may refuse for a while.
///
/// All pods of the node are asked to go at once; a refused one (429) is asked again after five
/// seconds, as kubectl does. An eviction is a deletion with the pod's grace period. Budgets bind
/// nothing else: neither rollouts nor scale-downs nor lost machines.
/// Pods of DaemonSets stay; pods without a controller go and nobody replaces them (`--force`).
/// Left out: local storage, the drain's own timeout.
extension Simulation {
  private static var retryAfter: SimDuration { .seconds(5) }

  /// No new pods on the node.
  mutating func cordon(_ node: Int) {
    guard !nodes[node].isCordoned else { return }
    nodes[node].isCordoned = true
    updateRoom(of: node)
    metrics.record(.nodeNotSchedulable, object: node, at: now)
  }

  /// New pods may come to the node again.
  mutating func uncordon(_ node: Int) {
    guard nodes[node].isCordoned else { return }
    nodes[node].isCordoned = false
    updateRoom(of: node)
    metrics.record(.nodeSchedulable, object: node, at: now)
    retryUnschedulablePods()
  }

  /// Cordons the node and asks all its pods to go.
  mutating func drain(_ node: Int) {
    cordon(node)
    drainDue(node)
  }

  /// Asks those that are still there; again later while a budget refuses any.
  mutating func drainDue(_ node: Int) {
    guard nodes[node].isCordoned else { return }
    var isRefused = false
    for pod in 0..<pods.count where Int(pods[pod].node) == node && pods[pod].isActive {
      // `--ignore-daemonsets`: their controller would bring them back.
      if plan.workloads[Int(pods[pod].workload)].kind == .daemonSet { continue }
      if mayBeEvicted(pod) {
        metrics.record(.evicted, object: pod, value: node, at: now)
        deletePod(pod)
        planReplacement(of: pod)
      } else {
        isRefused = true
      }
    }
    if isRefused { schedule(.drainDue, node, at: now + Self.retryAfter) }
  }

  /// Whether every budget over the pod's workload has room; a pod that is not ready takes none.
  func mayBeEvicted(_ pod: Int) -> Bool {
    let workload = Int(pods[pod].workload)
    return plan.disruptionBudgets.allSatisfy { budget in
      guard budget.workloads.contains(workload) else { return true }
      let members = budget.workloads.flatMap { replicaSets.members[$0] }
      let healthy = members.count { pods[$0].isActive && pods[$0].isReady }
      let expected = budget.workloads.reduce(0) { $0 + replicaSets.desired[$1] }
      return budget.allowed(healthy: healthy, expected: expected) > 0
    }
  }
}
