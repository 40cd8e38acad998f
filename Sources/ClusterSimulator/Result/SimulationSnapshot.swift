package import SimKernel

/// The cluster at one instant of a run, as `kubectl get` would see it.
package struct SimulationSnapshot: Sendable {
  /// A pod's object.
  package struct Pod: Sendable {
    package enum Phase: String, Sendable { case pending, running, failed, succeeded }
    package var workload: Int
    /// Index into the workload's templates.
    package var template: Int
    package var name: String
    package var phase: Phase
    package var isReady: Bool
    /// `metadata.deletionTimestamp` is set.
    package var isTerminating: Bool
    /// Whether its container waits out a back-off.
    package var isBackingOff: Bool
    /// `nil` until it is scheduled.
    package var node: Int?
    /// IPv4; 0 until the sandbox has one.
    package var address: UInt32
    /// What it waits for while its container does not run for the first time.
    package var waiting: WaitingReason
    /// How many of its init containers have ended, or started if they are sidecars.
    package var initialized: Int
    package var lastTermination: TerminationReason
    /// Whether it failed because its node needed the memory.
    package var isEvicted: Bool
    /// Its labels when they are not those of its workload's manifest.
    package var labels: [LabelPlan]?
    package var restarts: Int
    /// When its container last ended; long ago when it never did.
    package var lastExit: SimTime
    package var createdAt: SimTime
  }
  /// A machine.
  package struct Node: Sendable {
    package var isReady: Bool
    package var isCordoned: Bool
    /// Whether the machine is there: autoscaled ones come and go.
    package var exists: Bool
  }
  /// A Deployment or StatefulSet.
  package struct Workload: Sendable {
    /// `spec.replicas`.
    package var desired: Int
    /// Index into its templates: the one wanted now.
    package var template: Int
    /// `spec.replicas` of the ReplicaSet of each template.
    package var replicaSets: [Int]
  }
  /// An autoscaler.
  package struct Autoscaler: Sendable {
    /// What each metric says, in percent of the request or in thousandths; `nil` when unknown.
    package var current: [Int64?]
  }
  package var time: SimTime
  package var pods: [Pod]
  package var nodes: [Node]
  package var workloads: [Workload]
  package var autoscalers: [Autoscaler]
  /// All events so far, and the names that they speak of.
  package var run: RunResult
}
