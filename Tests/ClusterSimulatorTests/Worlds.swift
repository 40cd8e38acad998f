import ClusterSimulator
import SimKernel

/// Small worlds for the engine's tests, one line a choice.
enum Worlds {
  /// `count` machines of 64 cores, pod addresses 10.244.<node>.2 and up.
  static func nodes(_ count: Int, addresses: Int = 253) -> [NodePlan] {
    (0..<count).map { index in
      NodePlan(
        name: "node-\(index + 1)",
        zone: "zone-a",
        allocatableMilliCPU: 64_000,
        allocatableMemory: 1 << 38,
        podCIDR: 0x0AF4_0000 + UInt32(index) << 8,
        podAddresses: addresses
      )
    }
  }

  /// One Deployment behind one Service, called by one client group.
  static func single(
    replicas: Int = 1,
    rate: Double = 10,
    service: Distribution = .deterministic(0.01),
    concurrency: Int = 1,
    backlog: Int = 1_000,
    timeout: SimDuration = .seconds(1),
    routing: Routing = .dns,
    horizon: SimDuration = .minutes(10),
    nodes count: Int = 3
  ) -> SimulationPlan {
    let server = ServerPlan(concurrency: concurrency, backlog: backlog, serviceTime: service)
    let workload = WorkloadPlan(name: "shop/web", replicas: replicas, server: server)
    let call = CallPlan(name: "web", service: 0, routing: routing, timeout: timeout)
    let client = ClientPlan(name: "users", arrivals: constant(rate), call: call)
    var plan = SimulationPlan(
      name: "single",
      horizon: horizon,
      cluster: ClusterPlan(nodes: nodes(count)),
      workloads: [workload],
      clients: [client]
    )
    plan.services = [ServicePlan(name: "shop/web", workloads: [0], targetPort: 80)]
    return plan
  }

  static func constant(_ rate: Double) -> ArrivalPlan {
    .poisson(RateProfile(points: [.init(time: .zero, rate: rate)]))
  }

  static func probe(
    period: Int64 = 10,
    timeout: Int64 = 1,
    failures: Int = 3,
    delay: Int64 = 0,
    handler: ProbePlan.Handler = .httpGet
  ) -> ProbePlan {
    var probe = ProbePlan()
    probe.period = .seconds(period)
    probe.timeout = .seconds(timeout)
    probe.failureThreshold = failures
    probe.initialDelay = .seconds(delay)
    probe.handler = handler
    return probe
  }
}

extension ClusterPlan {
  /// Slices are written after 100 ms and live after 100 ms more; nothing else takes time.
  mutating func makeDelaysExact() {
    controlPlane.endpointSliceDelay = UniformDelay(.milliseconds(100), .milliseconds(100))
    controlPlane.schedulingDelay = UniformDelay(.zero, .zero)
    kubeProxy.round = UniformDelay(.milliseconds(100), .milliseconds(100))
    ingress.round = kubeProxy.round
    kubelet.watchDelay = UniformDelay(.zero, .zero)
    kubelet.sandbox = UniformDelay(.seconds(1), .seconds(1))
    kubelet.containerStart = UniformDelay(.zero, .zero)
    kubelet.statusDelay = UniformDelay(.zero, .zero)
    kubelet.relistPeriod = .zero
  }
}

extension SimulationPlan {
  /// Makes the first workload need a database connection for each request, ten a pod at most.
  mutating func addDatabase(maxConnections: Int, transaction seconds: Double) {
    var database = WorkloadPlan(
      name: "shop/db",
      kind: .statefulSet,
      replicas: 1,
      server: ServerPlan(concurrency: 1, backlog: 1)
    )
    database.database = DatabasePlan(maxConnections: maxConnections)
    workloads.append(database)
    workloads[0].server.transaction = TransactionPlan(
      database: workloads.count - 1,
      poolSize: 10,
      acquireTimeout: .seconds(1),
      duration: .deterministic(seconds)
    )
  }

  /// Runs the plan once.
  func run(seed: UInt64 = 1, replication: Int = 1, details: Bool = false) -> RunResult {
    Simulation(
      plan: self,
      seed: seed,
      replication: replication,
      recording: Recording(details: details)
    ).run()
  }
}

extension RunResult {
  /// The times in seconds at which something happened to an object.
  func times(_ reason: ClusterEvent.Reason, object: Int? = nil) -> [Double] {
    events.filter { $0.reason == reason && (object == nil || $0.object == object) }
      .map(\.time.seconds)
  }

  /// Ended attempts of a call by outcome and cause.
  func ended(call: Int, _ outcome: Outcome, _ cause: Cause) -> Int {
    calls[call].ended[Int(outcome.rawValue) * Cause.allCases.count + Int(cause.rawValue)]
  }

  func failed(_ client: Int = 0, _ outcome: Outcome) -> Int {
    clients[client].outcomes[Int(outcome.rawValue)]
  }
}
