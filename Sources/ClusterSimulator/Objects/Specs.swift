import SimKernel

/// A call, resolved before the run: all that the request path needs to know of it, in one row.
struct CallSpec: BitwiseCopyable {
  enum Route: UInt8 {
    case hardcodedIP
    case dns
    case ingress
    case headless
    case podName
    case environment
    case nodePort
    case loadBalancer
    case external
    /// A host of an Ingress, from outside.
    case ingressRule
    /// From an ingress controller to a pod.
    case upstream
  }
  /// `Balancer`, flat.
  enum Balancing: UInt8 {
    case roundRobin
    case random
    case leastRequest
  }
  enum Reuse: UInt8 {
    case perRequest
    case http1
    case http2
  }

  let workload: Int32
  let client: Int32
  var service: Int32
  /// The Service's place among those that are called at all.
  var target: Int32 = 0
  /// What a proxy sees of the Service on this way: see `EndpointViews`.
  var view: Int32
  let route: Route
  let balancing: Balancing
  /// How many endpoints `leastRequest` looks at.
  let choices: UInt8
  let reuse: Reuse
  /// The address is found by a look at the node's rules or the configured list alone.
  let isPlain: Bool
  /// And every request opens a connection of its own: the shortest way.
  let isDirect: Bool
  let timeout: SimDuration

  let attempts: UInt8
  let backoffBase: SimDuration
  let backoffMaximum: SimDuration
  let hasFullJitter: Bool

  let poolSize: Int32
  let maxAge: SimDuration
  let idleTimeout: SimDuration
  let closesOnTimeout: Bool

  /// The configured list of addresses in `Simulation.hardcoded`.
  var hardcodedStart: Int32 = 0
  var hardcodedCount: Int32 = 0

  let choosing: RandomStream
  let backoff: RandomStream
  let connecting: RandomStream

  // What `Discovery` needs besides.
  let resolving: RandomStream
  var choice = AddressChoice.first
  var queriesToFind: UInt8 = 1
  var queriesToDeny: UInt8 = 4
  var nameCache = SimDuration.zero
  var negativeNameCache = SimDuration.zero
  /// Addresses of a headless name that fit into one message by UDP.
  var recordsInMessage = UInt32.max
  var fallsBackToTCP = true
  /// How long nodes remember the client; zero for no affinity.
  var affinity = SimDuration.zero
  /// Calls of the same caller to the same Service share the memory of the first: how far back.
  var affinityOffset: Int32 = 0
  /// What the length of the node's rules adds to a new connection.
  var rulesDelay = SimDuration.zero
  /// The pod's ordinal in its StatefulSet, or the node whose port is called; -1 for any.
  var ordinal: Int32 = -1
  /// Index into `Simulation.externalHosts`.
  var external: Int32 = -1
  /// The ExternalName it calls has become a Service in the cluster.
  var isMoved = false
  /// Index into the rules of `IngressControllers`.
  var ingress: Int32 = -1
}

/// A pod template without what its process does, in one row that costs nothing to read: probes
/// look at it all the time.
struct TemplateSpec: BitwiseCopyable {
  let milliCPURequest: Int
  let memoryRequest: Int
  let terminationGracePeriod: SimDuration
  let preStopSleep: SimDuration
  let unreachableToleration: PodTemplatePlan.Toleration
  let restartPolicy: PodTemplatePlan.RestartPolicy
  let readinessProbe: ProbePlan?
  let livenessProbe: ProbePlan?
  let startupProbe: ProbePlan?
  let memoryLimit: Int
  let running: PodTemplatePlan.ResourceRequest
  let serving: PodTemplatePlan.ResourceRequest
  private var firstStep: Int32 = 0
  private var endOfSteps: Int32 = 0
  /// Its rows in `Simulation.containerSteps`.
  var steps: Range<Int32> {
    get { firstStep..<endOfSteps }
    set { (firstStep, endOfSteps) = (newValue.lowerBound, newValue.upperBound) }
  }

  init(_ plan: PodTemplatePlan) {
    milliCPURequest = plan.milliCPURequest
    memoryRequest = plan.memoryRequest
    terminationGracePeriod = plan.terminationGracePeriod
    preStopSleep = plan.preStopSleep
    unreachableToleration = plan.unreachableToleration
    restartPolicy = plan.restartPolicy
    readinessProbe = plan.readinessProbe
    livenessProbe = plan.livenessProbe
    startupProbe = plan.startupProbe
    memoryLimit = plan.memoryLimit
    running =
      plan.running
      ?? PodTemplatePlan.ResourceRequest(
        milliCPU: plan.milliCPURequest,
        memory: plan.memoryRequest
      )
    serving = plan.serving ?? running
  }
}

/// What the process of a workload does, resolved before the run.
struct ServerSpec: BitwiseCopyable {
  let port: Int32
  /// Workers that take a request without further ado; none when memory is watched.
  let concurrency: Int32
  /// Places to wait without further ado; -1 when memory is watched.
  let backlog: Int32
  let firstCall: UInt16
  let callCount: UInt8
  let hasOwnWork: Bool
  let separateProbePort: Bool
  let ownWork: Sampler
  let cpu: SimDuration
  let startup: Sampler
  let warmUp: SimDuration
  let warmUpFactor: Double
  let probeTime: SimDuration

  /// Index into `Simulation.databases`, -1 for none.
  let database: Int32
  let poolSize: Int32
  let acquireTimeout: SimDuration
  let transaction: Sampler

  let service: RandomStream
  let transactions: RandomStream
  let startups: RandomStream

  /// All workers.
  let workers: Int32
  /// All places to wait.
  let room: Int32
  /// Whether every request may be the one that takes too much memory.
  let isWatched: Bool
  let memory: MemoryPlan?
}

/// A client group during the run.
struct ClientState: BitwiseCopyable {
  /// The group's name as a key of draws.
  let key: UInt64
  let call: UInt16
  let viewer: Int32
  let ingressTries: UInt8
  /// First pool of the group's connections, or `Pod.none`.
  var connectionPool: UInt32
  /// First of the group's resolvers, one for each source address.
  let resolver: UInt32
  let sources: UInt32
  /// Round-robin position of the ingress in front of the group.
  var ingressCursor: UInt32 = 0
  let arrivals: RandomStream
  var profile: RateCursor
  let isPoisson: Bool
  var nextOrdinal: UInt64 = 0
  let countsFrom: SimTime
}
