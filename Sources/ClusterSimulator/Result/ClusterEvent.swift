package import SimKernel

/// Something `kubectl get events` would have shown, as facts; `Reports` puts it into words.
package struct ClusterEvent: Hashable, Sendable {
  package enum Reason: UInt8, CaseIterable, Sendable {
    /// Pod `object` bound to node `value`.
    case scheduled
    /// Pod `object` found no node: `RunResult.diagnoses`, counted from 1, or 0 for no diagnosis.
    case failedScheduling
    /// Pod `object`: its container's process runs.
    case started
    /// Pod `object` passed readiness.
    case ready
    /// Pod `object` failed readiness.
    case unready
    /// Pod `object`: liveness or startup probe failed, the container is killed.
    case unhealthy
    /// Pod `object`: the container is being stopped.
    case killing
    /// Pod `object` waits `value` milliseconds before its container starts again.
    case backOff
    /// Pod `object` is gone.
    case deleted
    /// Workload `object` created pod `value`.
    case successfulCreate
    /// Workload `object` deleted pod `value`.
    case successfulDelete
    /// Autoscaler `object`: new size `value`, from `previous`.
    case successfulRescale
    /// Node `object`: the machine vanished.
    case nodeLost
    /// Node `object`: the machine came back.
    case nodeReturned
    /// Node `object`: Ready=Unknown.
    case nodeNotReady
    /// Node `object`: Ready=True again.
    case nodeReady
    /// Pod `object` is evicted from an unreachable node.
    case taintManagerEviction
    /// ReplicaSet `object`, an index over all templates: scaled to `value`, from `previous`.
    case scalingReplicaSet
    /// Deployment `object` has made no progress for its deadline.
    case progressDeadlineExceeded
    /// Node `object` takes no new pods.
    case nodeNotSchedulable
    /// Node `object` takes new pods again.
    case nodeSchedulable
    /// Pod `object` is evicted from node `value`, which is being drained.
    case evicted
    /// Pod `object` has done its work.
    case succeeded
    /// Pod `object` has failed for good.
    case failed
    /// Workload `object`: its Job (of minute `value`, or -1) is complete.
    case completed
    /// Workload `object`: its Job (of minute `value`, or -1) had too many failures.
    case backoffLimitExceeded
    /// Workload `object`: its Job (of minute `value`, or -1) took too long.
    case deadlineExceeded
    /// CronJob `object` created the Job of minute `value`.
    case jobCreated
    /// CronJob `object` skipped a run, because the one before goes on.
    case jobAlreadyActive
    /// Pod `object` made the cluster autoscaler enlarge a group: the upper half of `value` is its
    /// index, the lower its new size, from `previous`.
    case triggeredScaleUp
    /// Node `object` is unneeded and will be given back.
    case scaleDown
    /// Node `object` has joined the cluster.
    case nodeRegistered
    /// Node `object` has left the cluster.
    case nodeRemoved
    /// Pod `object` pulls image `value`.
    case pulling
    /// Pod `object` has image `value`.
    case pulled
    /// Pod `object`: image `value` could not be had.
    case failedPull
    /// Pod `object` waits `value` milliseconds before it asks for its image again.
    case backOffPull
    /// Pod `object`: init container `value` runs.
    case initContainerStarted
    /// Pod `object`: init container `value` has ended, with exit code `previous`.
    case initContainerEnded
    /// Pod `object`: the container took more memory than its limit.
    case outOfMemory
    /// Pod `object` is evicted from node `value`, which is short of memory.
    case evictedForMemory
    /// Node `object` is short of memory.
    case memoryPressure
    /// Node `object` has had enough memory for a while.
    case noMemoryPressure
    /// Pod `object` has other labels than its template says.
    case relabeled
  }
  package var time: SimTime
  package var reason: Reason
  /// Index of the pod, node, workload or autoscaler the reason speaks of.
  package var object: Int
  package var value: Int
  package var previous: Int

  package init(time: SimTime, reason: Reason, object: Int, value: Int = 0, previous: Int = 0) {
    self.time = time
    self.reason = reason
    self.object = object
    self.value = value
    self.previous = previous
  }
}
