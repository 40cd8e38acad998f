import SimKernel

/// A pod: API object, container and process in one row.
///
///     created ─► scheduled ─► sandbox (address) ─► container started ─► listening ─► Ready
///                                                     ▲        │ exit
///                                                     └────────┘ restart, same address
///     deletion: preStop ─► SIGTERM (stops listening, finishes its work) ─► exit ─► object removed
///
/// Fields stand under the file that changes them; others only read.
struct Pod: BitwiseCopyable {
  static let none = UInt32.max

  // What every request touches comes first and fits two cache lines: with a thousand pods that
  // saves 7 % of the first-level misses.

  // Set once, at creation.
  let workload: UInt16
  /// What it was made from: an index over all templates of all workloads, in their order.
  let template: UInt16
  // Controllers/Kubelet
  /// The process accepts connections.
  var isListening = false
  /// The Ready condition.
  var isReady = false
  // Controllers/Scheduler
  var node: Int32 = -1

  // DataPlane/Server
  var busy: Int32 = 0
  var queueLength: Int32 = 0
  var backlog = RequestQueue()
  var admissions: UInt32 = 0
  /// Requests on the pod, orphans included, probes not.
  var load: Int32 = 0
  var requests = 0
  var busyTime = TimeWeighted(at: .zero)
  var queueTime = TimeWeighted(at: .zero)

  // Metrics/LoadLedger
  var readyTime = SimDuration.zero
  var idleTime = SimDuration.zero
  var ledgerSince = SimTime.zero
  var windowRequests = 0
  var windowBusy: Int64 = 0

  // DataPlane/Server
  var rejected = 0
  /// A worker is being freed further up: do not recurse.
  var isDispatching = false

  // Set once, at creation.
  /// The workload's name as a key of draws.
  let workloadKey: UInt64
  /// Counts the pods of this workload from 0; keys the pod's draws.
  let number: UInt32
  /// Its place in a StatefulSet, its number in an indexed Job, or the node that a DaemonSet made it
  /// for; -1 otherwise.
  let ordinal: Int32
  /// The Job that made it, among all Jobs; -1 otherwise.
  let job: Int32
  let uid: UInt64
  let createdAt: SimTime

  // DataPlane/CPUMeter
  var cpuShare: Int64 = 0
  var cpuUsed: Int64 = 0
  var cpuSince = SimTime.zero
  /// The counter when the present container started.
  var cpuAtStart: Int64 = 0

  // DataPlane/DatabasePool
  var poolIdle: Int32 = 0
  var poolOpen: Int32 = 0
  var poolQueue = RequestQueue()

  // DataPlane/ConnectionPool
  var firstConnectionPool = Pod.none
  // DataPlane/Discovery
  var firstResolver = Resolver.none

  // Controllers/Kubelet
  /// Index into the address table, or `none`.
  var address = Pod.none
  /// Counts container starts; 0 before the first.
  var incarnation: UInt32 = 0
  /// The process exists.
  var isRunning = false
  /// The process got SIGTERM and exits when its work is done.
  var isStopping = false
  /// The kubelet has noticed the running container.
  var startIsNoticed = false
  var startedAt = SimTime.never
  var listeningAt = SimTime.never
  /// When the present container was created, its variables with it.
  var containerCreatedAt = SimTime.distantPast
  /// `status.startTime`: the kubelet took the pod on.
  var acknowledgedAt = SimTime.never
  var restarts: Int32 = 0
  var backOff = SimDuration.zero
  var lastExit = SimTime.distantPast
  /// The last process did what it was meant to do and ended by itself.
  var endedWell = false
  /// Due times of the pod's pending kubelet events; an event that does not match is stale.
  var lifecycleDue = SimTime.never
  var signalDue = SimTime.never
  var killDue = SimTime.never

  // Controllers/Kubelet: what the API server knows.
  var phase = Phase.pending
  var readySince = SimTime.never
  /// Last change of the Ready condition, whichever way.
  var readyChangedAt = SimTime.never
  var deletionRequestedAt = SimTime.never
  var isRemoved = false
  var removedAt = SimTime.never
  /// What the kubelet is about to write to the API.
  var statusReady = false
  var statusDue = SimTime.never

  // Controllers/Kubelet+Containers
  /// The step of `TemplateSpec.steps` it is at: what is done before the serving container runs.
  var step: Int32 = 0
  var waiting = WaitingReason.creating
  var initFailures: Int32 = 0
  /// The serving container's last end.
  var lastTermination = TerminationReason.none
  // Controllers/ImagePuller
  var pullBackOff = SimDuration.zero
  var pulls: UInt32 = 0
  // DataPlane/MemoryMeter
  /// When its memory is looked at next; another such event is stale.
  var memoryDue = SimTime.never
  /// A request has made its memory exceed the limit.
  var isOutOfMemory = false

  // Controllers/ProbeWorker
  var readiness = ProbeWorker()
  var liveness = ProbeWorker()
  var startup = ProbeWorker()

  // Controllers/MetricsServer
  var sampleAt = SimTime.never
  var sampleUsed: Int64 = 0
  /// Thousandths of a core, -1 before the first sample.
  var milliCPU: Int64 = -1
  var metricAt = SimTime.never
  var metricWindow = SimDuration.zero
  /// Memory in thousandths of a byte, -1 like `milliCPU`.
  var memorySample: Int64 = -1
  /// Requests taken in at the last collection, and when it was.
  var countedRequests = 0
  var countedAt = SimTime.never
  /// Requests a second and in flight, in thousandths; -1 before the first sample.
  var milliRate: Int64 = -1
  var milliInFlight: Int64 = -1

  enum Phase: UInt8 {
    case pending
    case running
    case failed
    case succeeded
  }

  init(
    workload: UInt16,
    template: UInt16,
    workloadKey: UInt64,
    number: UInt32,
    ordinal: Int32,
    job: Int32 = -1,
    uid: UInt64,
    createdAt: SimTime
  ) {
    self.workload = workload
    self.template = template
    self.workloadKey = workloadKey
    self.number = number
    self.ordinal = ordinal
    self.job = job
    self.uid = uid
    self.createdAt = createdAt
  }

  // Controllers/EvictionManager
  /// Its node takes it down to gain memory.
  var isEvicted = false
  // Operations/Relabeling
  /// Labels of its own: an index into `SimulationPlan.relabelings`; -1 for its template's.
  var labels: Int32 = -1
  /// Its controller's selector does not match it any more.
  var isOrphan = false

  /// `metadata.deletionTimestamp` is set.
  var isTerminating: Bool { deletionRequestedAt != .never }

  /// Counts for its ReplicaSet: its own, neither finished nor being deleted.
  var isActive: Bool { !isTerminating && !isRemoved && !isFinished && !isOrphan }

  /// Its containers have ended for good.
  var isFinished: Bool { phase == .failed || phase == .succeeded }
}
