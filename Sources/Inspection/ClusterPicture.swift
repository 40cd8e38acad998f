package import ClusterState
package import KubernetesManifests
package import SimKernel

/// The cluster at one instant, as an API server would answer for it.
package struct ClusterPicture: Sendable {
  /// A pod and what its kubelet reports.
  package struct Pod: Sendable {
    package var state: PodState
    /// The word under STATUS, such as `Running`, `Terminating` or `CrashLoopBackOff`.
    package var status: String
    package var containers: Int
    package var restarts: Int
    /// How long ago the container last ended; `nil` when it never did.
    package var sinceLastExit: SimDuration?
    package var age: SimDuration
    /// Whether its init containers are done.
    package var isInitialized = true
    /// Why and with which code its container ended last; `nil` when it never did.
    package var lastState: (reason: String, exitCode: Int)?

    /// All containers are ready or none is: only the one that serves is simulated.
    package var readyContainers: Int { state.isReady ? containers : 0 }
  }
  /// A Deployment, ReplicaSet, StatefulSet or DaemonSet.
  package struct Workload: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
      case deployment = "Deployment"
      case replicaSet = "ReplicaSet"
      case statefulSet = "StatefulSet"
      case daemonSet = "DaemonSet"
    }
    package var kind: Kind
    package var key: ObjectKey
    /// The Deployment of a ReplicaSet.
    package var owner: String?
    package var desired: Int
    /// Pods that exist and are not terminating.
    package var current: Int
    /// Those made from the present template.
    package var updated: Int
    package var ready: Int
    package var labels: Labels
    package var selector: LabelSelector
    package var template: PodTemplate
    package var age: SimDuration
  }
  /// A Job.
  package struct Job: Sendable {
    package var key: ObjectKey
    package var labels: Labels
    package var spec: JobSpec
    package var active: Int
    package var succeeded: Int
    package var failed: Int
    package var isComplete: Bool
    /// From start to end, or to now; `nil` when nobody saw it start.
    package var duration: SimDuration?
    package var age: SimDuration
  }
  package struct Autoscaler: Sendable {
    package var key: ObjectKey
    package var reference: String
    package var metrics: [MetricSpec]
    /// What is known of each metric, in whole percent or in thousandths; `nil` before the first
    /// sample.
    package var current: [Int64?]
    package var minReplicas: Int
    package var maxReplicas: Int
    /// The present size of its target.
    package var replicas: Int
  }
  package struct Node: Sendable {
    package var state: NodeState
    package var isReady: Bool
    package var isCordoned: Bool
  }
  package struct Event: Sendable {
    package var namespace: String
    package var age: SimDuration
    package var isWarning: Bool
    package var reason: String
    package var object: String
    package var message: String

    package init(
      namespace: String,
      age: SimDuration,
      isWarning: Bool,
      reason: String,
      object: String,
      message: String
    ) {
      self.namespace = namespace
      self.age = age
      self.isWarning = isWarning
      self.reason = reason
      self.object = object
      self.message = message
    }
  }
  /// Addresses that somebody believes a Service has.
  package struct Belief: Sendable {
    package enum Believer: Hashable, Sendable {
      /// The rules of a node.
      case node(String)
      /// A list in the configuration of a workload.
      case configuration(ObjectKey)
    }
    package var believer: Believer
    package var service: ObjectKey
    package var addresses: [String]

    package init(believer: Believer, service: ObjectKey, addresses: [String]) {
      self.believer = believer
      self.service = service
      self.addresses = addresses
    }
  }
  /// Services, endpoints and what else decides where a connection goes.
  package var snapshot: ClusterSnapshot
  package var pods: [Pod] = []
  package var workloads: [Workload] = []
  package var jobs: [Job] = []
  package var autoscalers: [Autoscaler] = []
  package var nodes: [Node] = []
  /// What the API server would refuse of the manifests, and pods left out.
  package var problems: [Diagnostic] = []
  package var events: [Event] = []
  /// What nodes and configurations believe; only of a run whose views were recorded.
  package var beliefs: [Belief] = []
  /// The objects as they were written or last applied.
  package var manifests: ManifestSet
  /// How old objects are that were there before the run.
  package var age: SimDuration

  /// How old objects are that nobody saw come into being.
  package static let settledAge = SimDuration.hours(1)

  let templates: Templates

  /// The workloads whose pods may ask for names, bare pods included, in file order by kind.
  package var clients: [ObjectKey] {
    let bare = manifests.pods.map { ObjectKey($0.metadata.namespace, $0.metadata.name.value) }
    return templates.all.map(\.key) + bare
  }

  init(snapshot: ClusterSnapshot, manifests: ManifestSet, age: SimDuration) {
    self.snapshot = snapshot
    self.manifests = manifests
    self.age = age
    templates = Templates(manifests)
  }
}
