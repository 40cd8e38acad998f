import ClusterSimulator
import SimKernel
import Testing

/// Users who come by an Ingress: what its controllers do when pods do not answer.
@Suite struct IngressTests {
  /// Ten users a second at 0.1, 0.2 … s, one controller on a node without pods.
  private static func plan(
    replicas: Int = 2,
    timeout: SimDuration = .seconds(1),
    rule: IngressRulePlan = IngressRulePlan()
  ) -> SimulationPlan {
    var plan = DiscoveryTests.steady(replicas: replicas, routing: .ingress, timeout: timeout)
    plan.clients[0].call.ingress = rule
    plan.cluster.ingress.instances = 1
    plan.cluster.nodes[0].maxPods = 0
    return plan
  }

  private static func arrivals(_ rate: Double) -> ArrivalPlan {
    .deterministic(RateProfile(points: [.init(time: .zero, rate: rate)]))
  }

  /// Offered = decided + in flight, for users and for the controller's own attempts.
  private static func isBalanced(_ result: RunResult) -> Bool {
    let users = result.clients[0]
    return users.offered == users.succeeded + users.failed + users.inFlight
      && result.calls.allSatisfy { $0.attempts == $0.ended.reduce(0, +) + $0.inFlight }
  }

  // MARK: Endpoints

  @Test func aReplacedPodIsUsedWhenTheSyncLimiterAllows() {
    var plan = Self.plan(timeout: .seconds(5))
    plan.faults = [.podKill(workload: 0, at: .milliseconds(30_050), count: 1)]
    let timeline = Timeline(plan)
    // Slices 0.1 s after a change, workers 0.1 s after a sync, syncs 3.333 s apart: the first one
    // at 30.15 s, so the next at 33.48 s.
    let own = timeline.lines(from: .seconds(1)).split(separator: "\n")
      .filter { $0.contains("ingress") || $0.contains("ill") || $0.hasSuffix(" Ready") }
    #expect(
      own.joined(separator: "\n") == """
        30.1s web-0 Killing
        30.3s ingress-1 web: web-1
        31.1s web-2 Ready
        33.6s ingress-1 web: web-1 web-2
        """
    )
    let result = timeline.result
    // Users at 30.1 and 30.2 may be sent to the gone pod; they learn of that after three seconds
    // and are passed on.
    #expect(result.clients[0].failed == 0)
    #expect((1...2).contains(result.ended(call: 1, .hostUnreachable, .deadAddress)))
    #expect(Self.isBalanced(result))
  }

  @Test func withoutReadyPodsItSays503() {
    var plan = Self.plan(replicas: 0)
    var result = plan.run()
    #expect(result.ended(call: 0, .rejected, .noUpstream) == result.clients[0].offered)
    #expect(result.calls[1].attempts == 0)
    plan = Self.plan()
    plan.clients[0].call.ingress?.backend = .none
    result = plan.run()
    #expect(result.ended(call: 0, .wrongApplication, .noIngressRule) == result.clients[0].offered)
  }

  @Test func threeRefusalsAre502() {
    var plan = Self.plan()
    plan.services[0].targetPort = 81
    let result = plan.run()
    let offered = result.clients[0].offered
    #expect(result.ended(call: 0, .serverError, .upstreamRefused) == offered)
    #expect(result.ended(call: 1, .refused, .notListening) == 3 * offered)
    #expect(result.calls[1].requests == offered)
  }

  // MARK: Timeouts

  /// What a controller does with a pod that needs ten seconds when it waits three.
  struct Patience: Sendable {
    var next: IngressRulePlan.NextUpstream = [.error, .timeout]
    var isIdempotent = true
    var triesTimeout = 0
    /// Until the user has 504.
    var seconds: Double
  }

  @Test(arguments: [
    Patience(seconds: 9),
    Patience(isIdempotent: false, seconds: 3),
    Patience(next: [.error, .timeout, .nonIdempotent], isIdempotent: false, seconds: 9),
    Patience(next: [.error], seconds: 3), Patience(next: [], seconds: 3),
    Patience(triesTimeout: 5, seconds: 6),
  ])
  func slowPodsAre504(patience: Patience) {
    var rule = IngressRulePlan()
    rule.readTimeout = .seconds(3)
    rule.nextUpstream = patience.next
    rule.isIdempotent = patience.isIdempotent
    rule.triesTimeout = .seconds(Int64(patience.triesTimeout))
    var plan = Self.plan(timeout: .seconds(30), rule: rule)
    plan.workloads[0].server.serviceTime = .deterministic(10)
    plan.workloads[0].server.concurrency = 10_000
    let result = plan.run()
    let users = result.clients[0]
    #expect(result.ended(call: 0, .serverError, .upstreamReadTimedOut) == users.failed)
    #expect(users.failed > 490 && users.succeeded == 0)
    let waited = Double(users.failureLatency.quantile(0.5)) / 1e9
    #expect(abs(waited / patience.seconds - 1) < 0.01)
    #expect(Self.isBalanced(result))
  }

  @Test(arguments: [(tries: 1, seconds: 5.0), (tries: 3, seconds: 15.0)])
  func aVanishedMachineIs504AfterFiveSecondsATry(tries: Int, seconds: Double) {
    var rule = IngressRulePlan()
    rule.tries = tries
    rule.keepaliveConnections = 0
    var plan = Self.plan(replicas: 1, timeout: .seconds(30), rule: rule)
    // The slices still show the pod: the node is not missed before 50 s are over.
    plan.faults = [1, 2].map {
      .nodeLoss(node: $0, at: .milliseconds(20_050), duration: nil, emptyDisk: false)
    }
    let result = plan.run()
    let users = result.clients[0]
    #expect(result.ended(call: 0, .serverError, .upstreamConnectTimedOut) == users.failed)
    #expect(users.succeeded == 200)
    let waited = Double(users.failureLatency.quantile(0.5)) / 1e9
    #expect(abs(waited / seconds - 1) < 0.01)
  }

  @Test func aKeptConnectionToAVanishedMachineCostsTheReadTimeout() {
    var plan = Self.plan(replicas: 1, timeout: .seconds(200))
    plan.horizon = .minutes(3)
    plan.clients[0].call.ingress?.tries = 1
    plan.faults = [1, 2].map {
      .nodeLoss(node: $0, at: .milliseconds(20_050), duration: nil, emptyDisk: false)
    }
    let result = plan.run()
    // Requests of 10 ms every 100 ms: one connection was enough, so one is lost with the machine.
    #expect(result.ended(call: 0, .serverError, .upstreamReadTimedOut) == 1)
    let slowest = Double(result.clients[0].failureLatency.quantile(1)) / 1e9
    #expect(abs(slowest / 60 - 1) < 0.01)
    // Unready 50 s after the last renewal, within 55 s of the loss: 503 from then on.
    #expect(result.ended(call: 0, .rejected, .noUpstream) > 1_000)
    #expect(Self.isBalanced(result))
  }

  // MARK: Broken connections

  @Test(arguments: [true, false])
  func whatWasSentIsRepeatedOnlyWhenThatDoesNoHarm(isIdempotent: Bool) {
    var plan = Self.plan(timeout: .seconds(30))
    plan.clients[0].call.ingress?.isIdempotent = isIdempotent
    plan.clients[0].arrivals = Self.arrivals(1)
    plan.workloads[0].server.serviceTime = .deterministic(4.5)
    plan.workloads[0].terminationGracePeriod = .seconds(1)
    plan.faults = [.podKill(workload: 0, at: .milliseconds(30_050), count: 1)]
    let result = plan.run()
    // SIGKILL two seconds after SIGTERM at the earliest, at 32.05 s: users of 28 and 30 s, or the
    // one of 29 s, by the turn.
    let broken = result.ended(call: 1, .reset, .serverDied)
    #expect((1...2).contains(broken))
    let failed = result.ended(call: 0, .serverError, .upstreamReset)
    #expect(failed == (isIdempotent ? 0 : broken))
    #expect(result.clients[0].failed == failed)
    #expect(Self.isBalanced(result))
  }

  @Test func aUserWhoLeavesTakesTheControllersRequestAlong() {
    var plan = Self.plan(timeout: .milliseconds(50))
    plan.workloads[0].server.serviceTime = .deterministic(0.08)
    let result = plan.run()
    #expect(result.failed(0, .timedOut) + result.clients[0].inFlight == result.clients[0].offered)
    #expect(result.ended(call: 1, .timedOut, .slowService) == result.failed(0, .timedOut))
    #expect(Self.isBalanced(result))
  }

  // MARK: The way to a controller

  @Test func aLostControllerTakesItsShareUntilItsLoadBalancerKnows() {
    var plan = Self.plan(replicas: 1)
    plan.horizon = .minutes(5)
    plan.cluster.nodes[1].maxPods = 0
    plan.cluster.ingress.instances = 2
    plan.faults = [.nodeLoss(node: 1, at: .seconds(35), duration: nil, emptyDisk: false)]
    var result = plan.run()
    // Half of 2,650; six standard deviations are 154.
    #expect(abs(result.ended(call: 0, .connectTimedOut, .deadAddress) - 1_325) < 154)
    plan.cluster.ingress.exposure = .loadBalancer(LoadBalancerPlan())
    result = plan.run()
    // Checks at 40, 50 and 60 s; windows of 10 s.
    let failed = result.clients[0].windows.map { $0.outcomes.dropFirst().reduce(0, +) }
    #expect(failed[0...2].allSatisfy { $0 == 0 })
    #expect(failed[4] > 10 && failed[5] > 10)
    #expect(failed[7...].allSatisfy { $0 == 0 })
    plan.cluster.ingress.exposure = .loadBalancer(nil)
    result = plan.run()
    let pending = result.ended(call: 0, .unresolved, .loadBalancerPending)
    #expect(pending == result.clients[0].offered)
  }

  @Test func controllersTakeTurnsEachByItself() {
    // Four controllers, each round robin over two pods: shares stay even.
    var plan = Self.plan()
    plan.cluster.nodes = Worlds.nodes(6)
    for node in 0..<4 { plan.cluster.nodes[node].maxPods = 0 }
    plan.cluster.ingress.instances = 4
    let result = plan.run()
    let counts = result.pods.map(\.requests)
    #expect(counts.reduce(0, +) == result.clients[0].offered)
    #expect(abs(counts[0] - counts[1]) <= 4)
    #expect(result.clients[0].failed == 0)
  }
}
