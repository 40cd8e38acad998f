package import ClusterSimulator
import SimKernel

/// A cluster event in the words of `kubectl get events`.
package struct EventWords: Hashable, Sendable {
  package var isWarning: Bool
  package var reason: String
  package var namespace: String
  /// `kind/name`, the kind in lower case as kubectl prints it.
  package var object: String
  package var message: String

  /// Looks up the names behind an event's indices.
  package init(_ event: ClusterEvent, in run: RunResult, of arm: Arm) {
    let names = Names(run: run, arm: arm)
    isWarning = event.reason.isWarning
    reason = event.reason.word
    (namespace, object) = names.object(of: event)
    message = names.message(of: event)
  }
}

extension ClusterEvent.Reason {
  /// Whether Kubernetes gives it the type Warning.
  fileprivate var isWarning: Bool {
    switch self {
    case .failedScheduling, .unready, .unhealthy, .backOff, .nodeLost, .progressDeadlineExceeded,
      .failed, .backoffLimitExceeded, .deadlineExceeded,
      .failedPull, .backOffPull, .outOfMemory, .evictedForMemory, .memoryPressure:
      true
    default: false
    }
  }

  fileprivate var word: String {
    switch self {
    case .scheduled: "Scheduled"
    case .failedScheduling: "FailedScheduling"
    case .started: "Started"
    case .ready: "Ready"
    case .unready, .unhealthy: "Unhealthy"
    case .killing: "Killing"
    case .backOff: "BackOff"
    case .deleted: "Deleted"
    case .successfulCreate: "SuccessfulCreate"
    case .successfulDelete: "SuccessfulDelete"
    case .successfulRescale: "SuccessfulRescale"
    case .nodeLost: "NodeLost"
    case .nodeReturned: "NodeReturned"
    case .nodeNotReady: "NodeNotReady"
    case .nodeReady: "NodeReady"
    case .taintManagerEviction: "TaintManagerEviction"
    case .scalingReplicaSet: "ScalingReplicaSet"
    case .progressDeadlineExceeded: "ProgressDeadlineExceeded"
    case .nodeNotSchedulable: "NodeNotSchedulable"
    case .nodeSchedulable: "NodeSchedulable"
    case .evicted: "Evicted"
    case .succeeded, .completed: "Completed"
    case .failed: "Failed"
    case .backoffLimitExceeded: "BackoffLimitExceeded"
    case .deadlineExceeded: "DeadlineExceeded"
    case .jobCreated: "SuccessfulCreate"
    case .jobAlreadyActive: "JobAlreadyActive"
    case .triggeredScaleUp: "TriggeredScaleUp"
    case .scaleDown: "ScaleDown"
    case .nodeRegistered: "RegisteredNode"
    case .nodeRemoved: "RemovingNode"
    case .pulling: "Pulling"
    case .pulled: "Pulled"
    case .failedPull: "Failed"
    case .backOffPull: "BackOff"
    case .initContainerStarted: "Started"
    case .initContainerEnded: "Completed"
    case .outOfMemory: "OOMKilling"
    case .evictedForMemory: "Evicted"
    case .memoryPressure: "NodeHasInsufficientMemory"
    case .noMemoryPressure: "NodeHasSufficientMemory"
    case .relabeled: "Labeled"
    }
  }
}

/// The names that a run's indices stand for.
private struct Names {
  var run: RunResult
  var arm: Arm

  func object(of event: ClusterEvent) -> (namespace: String, object: String) {
    switch event.reason {
    case .scheduled, .failedScheduling, .started, .ready, .unready, .unhealthy, .killing,
      .backOff, .deleted, .taintManagerEviction, .evicted, .succeeded, .failed,
      .triggeredScaleUp,
      .pulling, .pulled, .failedPull,
      .backOffPull, .initContainerStarted, .initContainerEnded, .outOfMemory,
      .evictedForMemory, .relabeled:
      let pod = run.pods[event.object]
      return (arm.namespaceAndName(ofWorkload: pod.workload).namespace, "pod/" + pod.name)
    case .successfulCreate, .successfulDelete:
      return controller(ofWorkload: event.object, pod: run.pods[event.value].name)
    case .scalingReplicaSet:
      let (namespace, name) = arm.namespaceAndName(ofWorkload: set(event.object).workload)
      return (namespace, "deployment/" + name)
    case .progressDeadlineExceeded:
      let (namespace, name) = arm.namespaceAndName(ofWorkload: event.object)
      return (namespace, "deployment/" + name)
    case .completed, .backoffLimitExceeded, .deadlineExceeded:
      let (namespace, name) = arm.namespaceAndName(ofWorkload: event.object)
      return (namespace, "job/" + job(name, event.value))
    case .jobCreated, .jobAlreadyActive:
      let (namespace, name) = arm.namespaceAndName(ofWorkload: event.object)
      return (namespace, "cronjob/" + name)
    case .successfulRescale:
      let (namespace, name) = Arm.split(arm.plan.autoscalers[event.object].name)
      return (namespace, "horizontalpodautoscaler/" + name)
    case .nodeLost, .nodeReturned, .nodeNotReady, .nodeReady, .nodeNotSchedulable,
      .nodeSchedulable, .scaleDown, .nodeRegistered, .nodeRemoved, .memoryPressure,
      .noMemoryPressure:
      return ("default", "node/" + arm.plan.cluster.nodes[event.object].name)
    }
  }

  /// A CronJob's Jobs are told apart by the minute for which they were planned.
  private func job(_ name: String, _ minute: Int) -> String {
    minute < 0 ? name : "\(name)-\(minute)"
  }

  /// Who made the pod: a Deployment's ReplicaSet and a CronJob's Job bear the pod's name without
  /// its suffix, and without its number in an indexed Job.
  private func controller(ofWorkload workload: Int, pod: String) -> (String, String) {
    let (namespace, name) = arm.namespaceAndName(ofWorkload: workload)
    let row = arm.plan.workloads[workload]
    var maker = pod.lastIndex(of: "-").map { String(pod[..<$0]) } ?? name
    switch row.kind {
    case .deployment: return (namespace, "replicaset/" + maker)
    case .job, .cronJob:
      if row.job?.isIndexed == true, let end = maker.lastIndex(of: "-") {
        maker = String(maker[..<end])
      }
      return (namespace, "job/" + maker)
    case .statefulSet, .replicaSet, .daemonSet, .pod:
      return (namespace, row.kind.rawValue.lowercased() + "/" + name)
    }
  }

  func message(of event: ClusterEvent) -> String {
    switch event.reason {
    case .scheduled:
      return "Successfully assigned \(qualifiedPod(event.object)) to \(node(event.value))"
    case .failedScheduling:
      let index = event.value - 1
      return run.diagnoses.indices.contains(index)
        ? run.diagnoses[index].message
        : "0/\(arm.plan.cluster.nodes.count) nodes are available"
    case .started: return "Container started"
    case .ready: return "Readiness probe succeeded, pod is ready"
    case .unready: return "Readiness probe failed, pod is no longer ready"
    case .unhealthy: return "Liveness or startup probe failed, container will be restarted"
    case .killing: return "Stopping container"
    case .deleted: return "Pod \(qualifiedPod(event.object)) is gone"
    case .successfulCreate: return "Created pod: \(run.pods[event.value].name)"
    case .successfulDelete: return "Deleted pod: \(run.pods[event.value].name)"
    case .successfulRescale: return rescale(event)
    case .nodeLost: return "The machine vanished; the API server has yet to notice"
    case .nodeReturned: return "The machine is back; its kubelet starts"
    case .nodeNotReady: return "Node \(node(event.object)) status is now: NodeNotReady"
    case .nodeReady: return "Node \(node(event.object)) status is now: NodeReady"
    case .nodeNotSchedulable: return "Node \(node(event.object)) status is now: NodeNotSchedulable"
    case .nodeSchedulable: return "Node \(node(event.object)) status is now: NodeSchedulable"
    case .succeeded: return "Container finished its work"
    case .failed: return "Container failed and is not started again"
    case .completed: return "Job completed"
    case .backoffLimitExceeded: return "Job has reached the specified backoff limit"
    case .deadlineExceeded: return "Job was active longer than specified deadline"
    case .jobCreated:
      let (_, name) = arm.namespaceAndName(ofWorkload: event.object)
      return "Created job \(job(name, event.value))"
    case .jobAlreadyActive:
      return "Not starting job because prior execution is running and concurrency policy is Forbid"
    case .triggeredScaleUp: return scaleUp(event)
    case .scaleDown: return "marked the node as toBeDeleted/unschedulable"
    case .nodeRegistered:
      return "Node \(node(event.object)) event: Registered Node \(node(event.object)) in Controller"
    case .nodeRemoved:
      return "Node \(node(event.object)) event: Removing Node \(node(event.object)) from Controller"
    case .evicted: return "Evicted from \(node(event.value)), which is being drained"
    case .pulling, .pulled, .failedPull, .backOffPull, .initContainerStarted, .initContainerEnded,
      .backOff, .outOfMemory, .evictedForMemory, .memoryPressure, .noMemoryPressure:
      return kubeletMessage(of: event)
    case .relabeled: return "Labels of pod \(qualifiedPod(event.object)) changed"
    case .taintManagerEviction:
      return "Marking for deletion Pod \(qualifiedPod(event.object))"
    case .scalingReplicaSet:
      let direction = event.value >= event.previous ? "up" : "down"
      let (workload, revision) = set(event.object)
      let name = PodName.replicaSet(arm.plan.workloads[workload], revision: revision)
      return "Scaled \(direction) replica set \(name) from \(event.previous) to \(event.value)"
    case .progressDeadlineExceeded:
      let seconds = arm.plan.workloads[event.object].rollout.progressDeadline.nanoseconds
      return "No progress for \(seconds / 1_000_000_000)s; the rollout goes on"
    }
  }

  /// What a kubelet says of images, containers and its node's memory.
  private func kubeletMessage(of event: ClusterEvent) -> String {
    switch event.reason {
    case .pulling: return "Pulling image '\(image(event.value))'"
    case .pulled: return "Image '\(image(event.value))' is on the node"
    case .failedPull: return "Failed to pull image '\(image(event.value))'"
    case .backOffPull:
      let seconds = NumberFormat.decimal(Int64(event.value), scale: 3, places: 3)
      return "Back-off \(seconds)s pulling image"
    case .initContainerStarted:
      return "Started container \(initContainer(event.value, of: event.object))"
    case .initContainerEnded:
      let name = initContainer(event.value, of: event.object)
      return "Init container \(name) ended with exit code \(event.previous)"
    case .backOff:
      let seconds = NumberFormat.decimal(Int64(event.value), scale: 3, places: 3)
      return "Back-off \(seconds)s restarting failed container"
    case .evictedForMemory:
      return "The node was low on resource: memory. Threshold quantity: 100Mi"
    case .memoryPressure:
      return "Node \(node(event.object)) status is now: NodeHasInsufficientMemory"
    case .noMemoryPressure:
      return "Node \(node(event.object)) status is now: NodeHasSufficientMemory"
    default: return "Container took more memory than its limit, exit code 137"
    }
  }

  /// The workload and the revision of a template counted over all workloads.
  private func set(_ template: Int) -> (workload: Int, revision: Int) {
    var rest = template
    for (index, workload) in arm.plan.workloads.enumerated() {
      if rest < workload.templates.count { return (index, rest) }
      rest -= workload.templates.count
    }
    return (0, 0)
  }

  private func rescale(_ event: ClusterEvent) -> String {
    let metrics = arm.plan.autoscalers[event.object].metrics
    let which =
      metrics.count > 1
      ? "a metric"
      : metrics.first.map { words($0) } ?? "cpu resource utilization (percentage of request)"
    let reason =
      event.value > event.previous ? which + " above target" : "All metrics below target"
    return "New size: \(event.value); reason: \(reason)"
  }

  private func words(_ metric: MetricPlan) -> String {
    switch (metric.source, metric.target) {
    case (.cpu, .utilization), (.memory, .utilization):
      "\(metric.name) resource utilization (percentage of request)"
    case (.containerCPU, .utilization), (.containerMemory, .utilization):
      "\(metric.name) container resource utilization (percentage of request)"
    case (.cpu, _), (.memory, _), (.containerCPU, _), (.containerMemory, _):
      "\(metric.name) resource"
    case (.pods, _): "pods metric \(metric.name)"
    case (.object, _): "metric \(metric.name)"
    case (.series, _): "external metric \(metric.name)"
    }
  }

  private func scaleUp(_ event: ClusterEvent) -> String {
    let groups = arm.plan.cluster.autoscaler?.groups ?? []
    let index = event.value >> 32
    guard groups.indices.contains(index) else { return "pod triggered scale-up" }
    let group = groups[index]
    let size = event.value & 0xFFFF_FFFF
    return "pod triggered scale-up: "
      + "[{\(group.name) \(event.previous)->\(size) (max: \(group.nodes.count))}]"
  }

  private func qualifiedPod(_ index: Int) -> String {
    let pod = run.pods[index]
    return arm.namespaceAndName(ofWorkload: pod.workload).namespace + "/" + pod.name
  }

  private func image(_ index: Int) -> String {
    arm.plan.images.indices.contains(index) ? arm.plan.images[index].name : "unknown"
  }

  private func initContainer(_ index: Int, of pod: Int) -> String {
    let containers = arm.plan.workloads[run.pods[pod].workload].initContainers
    return containers.indices.contains(index) ? containers[index].name : "init-\(index)"
  }

  private func node(_ index: Int) -> String {
    let nodes = arm.plan.cluster.nodes
    return nodes.indices.contains(index) ? nodes[index].name : "unknown"
  }
}
