import ClusterSimulator
import SimKernel
import Testing

/// Same plan and seed, same bits; and nobody's draws move because somebody else appears.
@Suite struct DeterminismTests {
  static func plan() -> SimulationPlan {
    var plan = Worlds.single(
      replicas: 4,
      rate: 60,
      service: .lognormal(mean: 0.05, sigma: 0.6),
      horizon: .minutes(20)
    )
    plan.workloads[0].readinessProbe = Worlds.probe(period: 5)
    plan.workloads[0].server.cpu = .milliseconds(20)
    plan.autoscalers = [
      AutoscalerPlan(
        name: "shop/web",
        workload: 0,
        minReplicas: 2,
        maxReplicas: 10,
        targetCPUPercent: 50
      )
    ]
    plan.faults = [.nodeLoss(node: 1, at: .minutes(5), duration: .minutes(8), emptyDisk: true)]
    return plan
  }

  @Test func twoRunsOfOneSeedAreEqual() {
    let a = Self.plan().run(seed: 7, details: true)
    let b = Self.plan().run(seed: 7, details: true)
    #expect(a.fingerprint == b.fingerprint)
    #expect(a.events == b.events)
    #expect(a.clients[0].latency == b.clients[0].latency)
    #expect(a.pods.map(\.name) == b.pods.map(\.name))
    #expect(a.fingerprint != Self.plan().run(seed: 8).fingerprint)
    #expect(a.fingerprint != Self.plan().run(seed: 7, replication: 2).fingerprint)
  }

  @Test func recordingDetailsChangesNothing() {
    #expect(
      Self.plan().run(details: true).fingerprint == Self.plan().run(details: false).fingerprint
    )
  }

  /// With servers that never queue, latency is the request's own service time: the same customers
  /// with the same demand must appear whatever else is in the world.
  @Test func variantsSeeTheSameCustomersWithTheSameDemand() {
    func base(_ replicas: Int, _ routing: Routing) -> SimulationPlan {
      Worlds.single(
        replicas: replicas,
        rate: 50,
        service: .lognormal(mean: 0.05, sigma: 1),
        concurrency: 10_000,
        timeout: .forever,
        routing: routing,
        horizon: .minutes(10)
      )
    }
    let one = base(3, .dns).run()
    let other = base(3, .hardcodedIP(capturedAt: .zero)).run()
    #expect(one.clients[0].latency == other.clients[0].latency)
    #expect(one.clients[0].offered == other.clients[0].offered)
    // One pod more.
    #expect(base(4, .dns).run().clients[0].latency == one.clients[0].latency)
    // Another workload and another client group.
    var crowded = base(3, .dns)
    crowded.workloads.append(
      WorkloadPlan(name: "shop/more", replicas: 2, server: ServerPlan(concurrency: 1, backlog: 1))
    )
    crowded.services.append(ServicePlan(name: "shop/more", workloads: [1], targetPort: 80))
    crowded.clients.append(
      ClientPlan(
        name: "others",
        arrivals: Worlds.constant(30),
        call: CallPlan(name: "more", service: 1, routing: .dns, timeout: .seconds(1))
      )
    )
    #expect(crowded.run().clients[0].latency == one.clients[0].latency)
    // The same newcomers, put before everybody else: names and not positions key the draws.
    var first = crowded
    first.workloads.swapAt(0, 1)
    first.services.swapAt(0, 1)
    first.services[0].workloads = [0]
    first.services[1].workloads = [1]
    first.clients.swapAt(0, 1)
    first.clients[0].call.service = 0
    first.clients[1].call.service = 1
    #expect(first.run().clients[1].latency == one.clients[0].latency)
    // A fault that loses nobody's request.
    var faulty = base(3, .dns)
    faulty.faults = [.scale(workload: 0, at: .minutes(3), replicas: 6)]
    #expect(faulty.run().clients[0].latency == one.clients[0].latency)
  }

  /// One Service loses a pod and thereby causes endpoint writes and rule rounds on every node; what
  /// the nodes learn of the other Service later must not come a nanosecond earlier or later.
  @Test func anotherServicesChangeShiftsNoDelay() {
    func views(isPodKilled: Bool) -> [ViewChange] {
      var plan = Worlds.single(replicas: 4, horizon: .minutes(10))
      plan.workloads.append(
        WorkloadPlan(name: "shop/more", replicas: 3, server: ServerPlan(concurrency: 1, backlog: 1))
      )
      plan.services.append(ServicePlan(name: "shop/more", workloads: [1], targetPort: 80))
      plan.faults = [.scale(workload: 0, at: .minutes(6), replicas: 2)]
      if isPodKilled { plan.faults.append(.podKill(workload: 1, at: .minutes(2), count: 1)) }
      return plan.run(details: true).views.filter { $0.service == 0 && $0.time > .zero }
    }
    let calm = views(isPodKilled: false).map(\.time)
    #expect(calm.count >= 4)
    #expect(calm == views(isPodKilled: true).map(\.time))
  }

  /// What befalls other pods: their death, or that of a machine they share with nobody.
  enum Misfortune: CaseIterable { case podKill, nodeLoss }

  /// Requests that queue, wait for database connections and call a tier whose slow answers are
  /// given up and tried again: every draw stays bit-equal while others' pods or machines are lost.
  @Test(arguments: Misfortune.allCases)
  func othersMisfortuneShiftsNoDraw(_ misfortune: Misfortune) throws {
    var plan = Worlds.single(
      replicas: 2,
      rate: 80,
      service: .lognormal(mean: 0.03, sigma: 1),
      concurrency: 4,
      nodes: 8
    )
    plan.addDatabase(maxConnections: 20, transaction: 0.02)
    var tier = ServerPlan(concurrency: 8, backlog: 8, serviceTime: .lognormal(mean: 0.03, sigma: 1))
    tier.port = 8_080
    plan.workloads.append(WorkloadPlan(name: "shop/tier", replicas: 2, server: tier))
    plan.services.append(
      ServicePlan(name: "shop/tier", workloads: [plan.workloads.count - 1], targetPort: 8_080)
    )
    var call = CallPlan(name: "tier", service: 1, routing: .dns, timeout: .milliseconds(100))
    call.retry.attempts = 3
    plan.workloads[0].server.calls = [call]
    let others = plan.workloads.count
    plan.workloads.append(
      WorkloadPlan(name: "shop/more", replicas: 3, server: ServerPlan(concurrency: 1, backlog: 1))
    )
    let calm = plan.run(seed: 5)
    let own = Set(calm.pods.filter { $0.workload != others }.map(\.node))
    let theirs = Set(calm.pods.filter { $0.workload == others }.map(\.node))
    switch misfortune {
    case .podKill: plan.faults = [.podKill(workload: others, at: .minutes(2), count: 2)]
    case .nodeLoss:
      let node = try #require(theirs.subtracting(own).min())
      plan.faults = [.nodeLoss(node: node, at: .minutes(2), duration: nil, emptyDisk: false)]
    }
    let hit = plan.run(seed: 5)
    #expect(hit.fingerprint != calm.fingerprint)
    #expect(calm.clients[0].outcomes.filter { $0 > 0 }.count >= 2)
    #expect(calm.calls[1].attempts > calm.clients[0].succeeded)
    #expect(hit.clients[0].latency == calm.clients[0].latency)
    #expect(hit.clients[0].outcomes == calm.clients[0].outcomes)
    #expect(hit.calls.map(\.attempts) == calm.calls.map(\.attempts))
  }

  @Test func aHigherPeakLeavesEarlierArrivalsWhereTheyWere() {
    func plan(peak: Double) -> SimulationPlan {
      var plan = Worlds.single(concurrency: 10_000, horizon: .minutes(10))
      plan.clients[0].arrivals = .poisson(
        RateProfile(points: [
          .init(time: .zero, rate: 20), .init(time: .minutes(5), rate: 20),
          .init(time: .minutes(6), rate: peak),
        ])
      )
      return plan
    }
    let low = plan(peak: 20).run().clients[0].windows.prefix(30).map(\.offered)
    let high = plan(peak: 200).run().clients[0].windows.prefix(30).map(\.offered)
    #expect(low == high)
  }
}

/// What pods were seen to take in, minute by minute, is what they took in.
@Suite struct PodWindowTests {
  @Test(arguments: [SimDuration.minutes(20), .seconds(1_234)])
  func minutesAddUpToTheRun(_ horizon: SimDuration) {
    var plan = DeterminismTests.plan()
    plan.horizon = horizon
    plan.faults = []
    let result = plan.run(details: true)
    for pod in result.pods.indices {
      let rows = result.podWindows.filter { $0.pod == pod }
      #expect(rows.reduce(0) { $0 + $1.requests } == result.pods[pod].requests)
      #expect(Set(rows.map(\.window)).count == rows.count)
    }
  }
}

/// What must hold in every run.
@Suite struct InvariantTests {
  static let worlds: [(String, SimulationPlan)] = {
    var overload = Worlds.single(
      replicas: 2,
      rate: 300,
      service: .exponential(mean: 0.02),
      backlog: 20,
      timeout: .milliseconds(300)
    )
    overload.clients[0].call.retry.attempts = 3
    overload.workloads[0].readinessProbe = Worlds.probe(period: 5)
    overload.workloads[0].livenessProbe = Worlds.probe(period: 5)
    var pooled = Worlds.single(
      replicas: 3,
      rate: 100,
      service: .exponential(mean: 0.02),
      timeout: .milliseconds(100)
    )
    pooled.clients[0].call.connection = .http1(
      size: 4,
      maxAge: .seconds(30),
      idleTimeout: .seconds(5),
      closeOnTimeout: true
    )
    pooled.faults = [
      .podKill(workload: 0, at: .minutes(2), count: 2),
      .nodeLoss(node: 0, at: .minutes(4), duration: .minutes(1), emptyDisk: false),
    ]
    var open = pooled
    open.clients[0].call.connection = .http1(
      size: 4,
      maxAge: .forever,
      idleTimeout: .forever,
      closeOnTimeout: false
    )
    var multiplexed = pooled
    multiplexed.clients[0].call.connection = .http2(connections: 5, maxAge: .minutes(1))
    var ingress = pooled
    ingress.clients[0].call.connection = .perRequest
    ingress.clients[0].call.routing = .ingress
    ingress.clients[0].call.timeout = .seconds(20)
    return [
      ("overload", overload), ("http1", pooled), ("http1 open", open), ("http2", multiplexed),
      ("ingress", ingress), ("determinism", DeterminismTests.plan()),
    ]
  }()

  @Test(arguments: worlds.indices)
  func everyRequestIsAccountedFor(_ index: Int) {
    let (name, plan) = Self.worlds[index]
    for seed in 1...5 as ClosedRange<UInt64> {
      let result = plan.run(seed: seed)
      let client = result.clients[0]
      #expect(client.offered == client.outcomes.reduce(0, +) + client.inFlight, "\(name)")
      #expect(client.causes.reduce(0, +) == client.outcomes.dropFirst().reduce(0, +), "\(name)")
      for call in result.calls {
        #expect(call.attempts == call.ended.reduce(0, +) + call.inFlight, "\(name)")
      }
      #expect(client.windows.reduce(0) { $0 + $1.offered } == client.offered)
      #expect(client.windows.reduce(0) { $0 + $1.undecided } == client.inFlight)
      // Little's law, exact: ∫ n(t) dt = Σ time in system.
      #expect(client.inFlightIntegral == client.sojournSum, "\(name)")
      #expect(client.latency.count == client.succeeded)
    }
  }
}
