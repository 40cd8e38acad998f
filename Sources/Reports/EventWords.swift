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
    case .failedScheduling, .unready, .unhealthy, .backOff, .nodeLost, .progressDeadlineExceeded:
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
      .backOff, .deleted, .taintManagerEviction, .evicted:
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
    case .successfulRescale:
      let (namespace, name) = Arm.split(arm.plan.autoscalers[event.object].name)
      return (namespace, "horizontalpodautoscaler/" + name)
    case .nodeLost, .nodeReturned, .nodeNotReady, .nodeReady, .nodeNotSchedulable,
      .nodeSchedulable:
      return ("default", "node/" + arm.plan.cluster.nodes[event.object].name)
    }
  }

  /// A Deployment's pods are made by its ReplicaSet, whose name is the pod's without its suffix.
  private func controller(ofWorkload workload: Int, pod: String) -> (String, String) {
    let (namespace, name) = arm.namespaceAndName(ofWorkload: workload)
    guard arm.plan.workloads[workload].kind == .deployment else {
      return (namespace, "statefulset/" + name)
    }
    let replicaSet = pod.lastIndex(of: "-").map { String(pod[..<$0]) } ?? name
    return (namespace, "replicaset/" + replicaSet)
  }

  func message(of event: ClusterEvent) -> String {
    switch event.reason {
    case .scheduled:
      return "Successfully assigned \(qualifiedPod(event.object)) to \(node(event.value))"
    case .failedScheduling:
      return "0/\(arm.plan.cluster.nodes.count) nodes are available"
    case .started: return "Container started"
    case .ready: return "Readiness probe succeeded, pod is ready"
    case .unready: return "Readiness probe failed, pod is no longer ready"
    case .unhealthy: return "Liveness or startup probe failed, container will be restarted"
    case .killing: return "Stopping container"
    case .backOff:
      let seconds = NumberFormat.decimal(Int64(event.value), scale: 3, places: 3)
      return "Back-off \(seconds)s restarting failed container"
    case .deleted: return "Pod \(qualifiedPod(event.object)) is gone"
    case .successfulCreate: return "Created pod: \(run.pods[event.value].name)"
    case .successfulDelete: return "Deleted pod: \(run.pods[event.value].name)"
    case .successfulRescale: return rescale(to: event.value, from: event.previous)
    case .nodeLost: return "The machine vanished; the API server has yet to notice"
    case .nodeReturned: return "The machine is back; its kubelet starts"
    case .nodeNotReady: return "Node \(node(event.object)) status is now: NodeNotReady"
    case .nodeReady: return "Node \(node(event.object)) status is now: NodeReady"
    case .nodeNotSchedulable: return "Node \(node(event.object)) status is now: NodeNotSchedulable"
    case .nodeSchedulable: return "Node \(node(event.object)) status is now: NodeSchedulable"
    case .evicted: return "Evicted from \(node(event.value)), which is being drained"
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

  /// The workload and the revision of a template counted over all workloads.
  private func set(_ template: Int) -> (workload: Int, revision: Int) {
    var rest = template
    for (index, workload) in arm.plan.workloads.enumerated() {
      if rest < workload.templates.count { return (index, rest) }
      rest -= workload.templates.count
    }
    return (0, 0)
  }

  private func rescale(to size: Int, from previous: Int) -> String {
    let reason =
      size > previous
      ? "cpu resource utilization (percentage of request) above target"
      : "All metrics below target"
    return "New size: \(size); reason: \(reason)"
  }

  private func qualifiedPod(_ index: Int) -> String {
    let pod = run.pods[index]
    return arm.namespaceAndName(ofWorkload: pod.workload).namespace + "/" + pod.name
  }

  private func node(_ index: Int) -> String {
    let nodes = arm.plan.cluster.nodes
    return nodes.indices.contains(index) ? nodes[index].name : "unknown"
  }
}
