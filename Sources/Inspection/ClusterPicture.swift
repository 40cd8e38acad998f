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
    package var age: SimDuration

    /// All containers are ready or none is: only the one that serves is simulated.
    package var readyContainers: Int { state.isReady ? containers : 0 }
  }
  /// A Deployment, ReplicaSet or StatefulSet.
  package struct Workload: Sendable {
    package enum Kind: String, Sendable {
      case deployment = "Deployment"
      case replicaSet = "ReplicaSet"
      case statefulSet = "StatefulSet"
    }
    package var kind: Kind
    package var key: ObjectKey
    package var desired: Int
    /// Pods that exist and are not terminating.
    package var current: Int
    /// Those made from the present template.
    package var updated: Int
    package var ready: Int
    package var labels: Labels
    package var selector: String
    package var containers: [Container]
    package var age: SimDuration
  }
  package struct Container: Sendable {
    package var name: String
    package var image: String
  }
  package struct Autoscaler: Sendable {
    package var key: ObjectKey
    package var reference: String
    package var target: Int
    /// Percent of the request; `nil` before the first sample.
    package var utilization: Int?
    package var minReplicas: Int
    package var maxReplicas: Int
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
  }
  /// Services, endpoints and what else decides where a connection goes.
  package var snapshot: ClusterSnapshot
  package var pods: [Pod] = []
  package var workloads: [Workload] = []
  package var autoscalers: [Autoscaler] = []
  package var nodes: [Node] = []
  package var events: [Event] = []
  package var ingresses: [Ingress] = []
  /// How old objects are that were there before the run.
  package var age: SimDuration

  /// How old objects are that nobody saw come into being.
  package static let settledAge = SimDuration.hours(1)

  init(snapshot: ClusterSnapshot, age: SimDuration) {
    self.snapshot = snapshot
    self.age = age
  }
}
