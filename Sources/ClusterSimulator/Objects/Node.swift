import SimKernel

/// A machine of the cluster.
struct Node: BitwiseCopyable {
  // Set once.
  /// The node's name as a key of draws.
  let key: UInt64
  let allocatableMilliCPU: Int
  let allocatableMemory: Int
  let maxPods: Int
  let firstAddress: UInt32
  let addressCount: UInt32

  // Controllers/Scheduler
  var requestedMilliCPU = 0
  var requestedMemory = 0
  var podCount = 0

  // Controllers/Kubelet
  /// Offset of the address handed out last, as host-local keeps it; the count when none was.
  var lastAddress: UInt32
  /// When this kubelet first looked at its containers; it looks again every second from then on.
  var relistPhase: SimDuration
  // Controllers/ImagePuller
  /// When the last of the pulls asked for will be over, if they go one by one.
  var pullsOverAt = SimTime.distantPast

  // Controllers/ClusterAutoscaler
  /// The machine has been provided, and its object is there.
  var exists = true

  // Controllers/EvictionManager
  var hasMemoryPressure = false
  var pressureSeenAt = SimTime.distantPast

  // Operations/Drain
  /// `spec.unschedulable`.
  var isCordoned = false

  // Faults
  var isAlive = true

  // Controllers/NodeLifecycleController
  var isReady = true
  var leasePhase: SimDuration
  var unknownDue = SimTime.never
  var taintDue = SimTime.never
  /// When it got the taint `unreachable:NoExecute`.
  var taintedAt = SimTime.never
  var readyDue = SimTime.never
}
