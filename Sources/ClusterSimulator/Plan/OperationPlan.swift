package import SimKernel

/// Something an operator does to the cluster at a stated time, as a `kubectl` command would.
package struct OperationPlan: Hashable, Sendable {
  package enum Verb: Hashable, Sendable {
    /// `kubectl scale`.
    case scale(workload: Int, replicas: Int)
    /// `kubectl set image`, `rollout restart`, `rollout undo` or an `apply` that changes the pod
    /// template: from now on pods are made from this template of the workload.
    case rollOut(workload: Int, template: Int)
    /// `kubectl rollout pause`.
    case pauseRollout(workload: Int)
    /// `kubectl rollout resume`.
    case resumeRollout(workload: Int)
    /// `kubectl delete pod`: the first `count` ready pods of the workload, in order of creation.
    case deletePods(workload: Int, count: Int)
    /// `kubectl label pod`: the first `count` ready pods of the workload, in order of creation.
    case relabel(workload: Int, count: Int, labels: Int)
    /// `kubectl cordon`: no new pods on the node.
    case cordon(node: Int)
    /// `kubectl uncordon`.
    case uncordon(node: Int)
    /// `kubectl drain`: cordon, and evict every pod as disruption budgets allow.
    case drain(node: Int)
  }
  package var at: SimDuration
  package var verb: Verb

  package init(at: SimDuration, _ verb: Verb) {
    self.at = at
    self.verb = verb
  }
}
