import SimKernel

/// What a run writes down besides its totals.
package struct Recording: Sendable {
  /// Pod windows and views, for the load heat map and the replay; wanted for one replication.
  package var details: Bool
  package init(details: Bool = false) { self.details = details }
  package static let standard = Recording()
}

/// The whole world of one run: one value, used once.
///
///     1  take the earliest event; timers that come due first move into the queue
///     2  set the clock to its time
///     3  hand it to the file that owns it
///     4  repeat until the horizon
///
/// A run is a pure function of plan, seed and replication number: no clock, no input or output, no
/// error path, and no reference to anything outside this struct.
package struct Simulation: ~Copyable {
  let plan: SimulationPlan
  let seed: UInt64
  let replication: Int
  let recording: Recording
  let horizon: SimTime

  var now = SimTime.zero
  var queue = EventQueue()
  var timers = TimerWheel()
  var samplers = SamplerTables()
  var draws: Draws
  var eventsProcessed = 0

  // Data plane.
  var requests = Slab<Request>()
  var calls = Table<CallSpec>()
  var servers = Table<ServerSpec>()
  var templates = Table<TemplateSpec>()
  var containerSteps = Table<ContainerStep>()
  var clients = Table<ClientState>()
  var databases = Table<DatabaseState>()
  var connections = Table<Connection>()
  var connectionPools = Table<ConnectionPool>()
  var hardcoded = Table<UInt32>()
  var ratePoints = Table<RatePoint>()
  var deadPeers = Table<DeadPeers>()
  var resolvers = Table<Resolver>()
  /// node · called Services + `CallSpec.target`; empty without caches on nodes.
  var cachedNames = Table<CachedName>()
  var externalHosts = Table<ExternalHost>()
  var loadBalancers = Table<LoadBalancer>()
  var loadBalancerTargets = Table<LoadBalancerTarget>()
  /// For each Service `CallSpec.target` of the calls that lead to it; -1 when none does.
  var targetOfService = Table<Int32>()
  /// `CallSpec.target` · workloads + workload: the port that a connection to the Service's name
  /// ends at on the workload's pods; negative when their application is not the one that callers
  /// expect.
  var serviceTargets = Table<Int32>()
  var calledServices: Int32 = 0
  let workloadCount: Int

  // Cluster.
  var nodes = Table<Node>()
  var pods = Table<Pod>()
  /// The pod that owns each address; an address is a node's number and an offset.
  var addresses = Table<UInt32>()
  var addressShift: UInt32 = 8
  var addressWasUsed = Table<Bool>()
  /// node · images + image: from when on the node has the image, `never` when it has not.
  var imagesOnNodes = Table<SimTime>()
  /// client · addresses + address: what the proxy in front of a client group has in flight there;
  /// empty when no proxy asks.
  var upstreamLoad = Table<Int32>()
  var scheduler: SchedulerCache
  var replicaSets: ReplicaSetController
  var deployments: DeploymentController
  var jobs: JobController
  /// One a workload.
  var jobRuntimes = Table<JobRuntime>()
  var daemonClient: ClientBucket
  var clusterAutoscaler: ClusterAutoscaler
  var relabeling: Relabeling
  var zoneEvictions: ZoneEvictions
  var endpointSlices: EndpointSliceController
  var viewers: KubeProxy
  var virtualServers: VirtualServers
  var dns: CoreDNS
  var ingress = IngressControllers()
  var autoscalers: HorizontalPodAutoscalers

  var metrics: Metrics

  /// Builds the world of a plan, all pods running and ready, the first events scheduled.
  package init(
    plan: SimulationPlan,
    seed: UInt64,
    replication: Int,
    recording: Recording = .standard
  ) {
    self.plan = plan
    self.seed = seed
    self.replication = replication
    self.recording = recording
    horizon = .zero + plan.horizon
    workloadCount = plan.workloads.count
    draws = Draws(seed: seed, replication: replication, plan: plan)
    scheduler = SchedulerCache(plan: plan)
    replicaSets = ReplicaSetController(plan: plan)
    jobs = JobController(plan: plan)
    clusterAutoscaler = ClusterAutoscaler(plan: plan)
    daemonClient = ClientBucket(plan.cluster.controlPlane)
    zoneEvictions = ZoneEvictions(plan: plan)
    relabeling = Relabeling(plan: plan, replicaSets: replicaSets)
    deployments = DeploymentController(plan: plan, replicaSets: replicaSets)
    endpointSlices = EndpointSliceController(plan: plan)
    viewers = KubeProxy(plan: plan, views: endpointSlices.views)
    dns = CoreDNS(plan: plan)
    virtualServers = VirtualServers()
    autoscalers = HorizontalPodAutoscalers(plan: plan)
    metrics = Metrics(plan: plan)
    bootstrap()
  }

  /// Runs to the horizon and returns what was measured.
  package consuming func run() -> RunResult {
    advance(events: .max)
    return finish()
  }

  /// Runs to the horizon, or returns nothing once `isStopped`, asked every few milliseconds.
  package consuming func run(unless isStopped: () -> Bool) -> RunResult? {
    while !advance(events: 1 << 16) {
      if isStopped() { return nil }
    }
    return finish()
  }

  /// The event loop: at most so many events; returns whether the horizon is reached.
  @discardableResult
  private mutating func advance(events limit: Int) -> Bool {
    advance(events: limit, until: horizon)
  }

  /// The event loop up to any instant.
  @discardableResult
  @inline(__always)
  mutating func advance(events limit: Int, until horizon: SimTime) -> Bool {
    let last = limit == .max ? Int.max : eventsProcessed &+ limit
    while eventsProcessed < last {
      let next = queue.minimumTime()
      let timer = timers.nextDue
      if timer <= next && timer < horizon {
        timers.advance(into: &queue)
        continue
      }
      guard next < horizon else {
        now = horizon
        return true
      }
      let key = queue.pop()
      now = next
      eventsProcessed &+= 1
      dispatch(key)
    }
    return false
  }
}
