import ClusterSimulator
import SimKernel
import Testing

/// What kube-proxy's modes do to a new connection, and what other Services cost.
@Suite struct ProxyModeTests {
  // MARK: Affinity

  @Test(arguments: [(10, 1), (100, 1), (101, 3)])
  func affinityHoldsUntilItsTimeoutAfterTheLastConnection(interval: Int, pods: Int) {
    // Connections come every 10, 100 or 101 s; the node remembers for 100.5 s.
    var plan = DiscoveryTests.throughFront(.dns, backends: 3)
    plan.horizon = .hours(2)
    plan.clients[0].arrivals = .deterministic(
      RateProfile(points: [.init(time: .zero, rate: 1 / Double(interval))])
    )
    plan.services[1].affinityTimeout = .milliseconds(100_500)
    let result = plan.run()
    let used = result.pods.filter { $0.workload == 1 && $0.requests > 0 }
    #expect(used.count == pods)
    #expect(result.clients[0].failed == 0)
  }

  @Test func anEndpointThatLeavesIsForgotten() {
    var plan = DiscoveryTests.throughFront(.dns, backends: 1)
    plan.services[1].affinityTimeout = .hours(3)
    plan.workloads[1].preStopSleep = .seconds(10)
    plan.faults = [.podKill(workload: 1, at: .seconds(30), count: 1)]
    let result = plan.run()
    #expect(result.clients[0].failed == 0)
    #expect(result.pods.filter { $0.workload == 1 }.map { $0.requests > 200 } == [true, true])
  }

  // MARK: IPVS

  @Test func roundRobinTakesEndpointsInTurn() {
    var plan = DiscoveryTests.throughFront(.dns, backends: 4)
    plan.cluster.kubeProxy.mode = .ipvs
    let requests = plan.run().pods.filter { $0.workload == 1 }.map(\.requests)
    #expect((requests.max() ?? 0) - (requests.min() ?? 0) <= 1)
    // Without a scheduler chance decides.
    plan.cluster.kubeProxy.mode = .iptables
    let random = plan.run().pods.filter { $0.workload == 1 }.map(\.requests)
    #expect((random.max() ?? 0) - (random.min() ?? 0) > 1)
  }

  @Test(arguments: [
    KubeProxyPlan.Scheduler.leastConnection, .shortestExpectedDelay, .neverQueue, .roundRobin,
  ])
  func whoeverCountsConnectionsAvoidsTheSlow(scheduler: KubeProxyPlan.Scheduler) {
    var plan = DiscoveryTests.throughFront(.dns, backends: 1)
    plan.cluster.kubeProxy.mode = .ipvs
    plan.cluster.kubeProxy.scheduler = scheduler
    var slow = plan.workloads[1]
    slow.name = "shop/slow"
    slow.server.serviceTime = .deterministic(0.9)
    plan.workloads.append(slow)
    // New servers enter the list at its head, so the fast one, named last, stands first.
    plan.services[1].workloads = [2, 1]
    let requests = plan.run().pods.map(\.requests)
    // And it is idle whenever a connection comes.
    #expect(requests[2] == (scheduler == .roundRobin ? requests[1] - 1 : 0))
  }

  @Test func pooledConnectionsCountAsLongAsTheyAreOpen() {
    // Twelve connections over three endpoints: four each.
    var plan = DiscoveryTests.throughFront(.dns, backends: 3)
    plan.cluster.kubeProxy.mode = .ipvs
    plan.cluster.kubeProxy.scheduler = .leastConnection
    plan.workloads[0].server.calls[0].connection = .http1(
      size: 12,
      maxAge: .forever,
      idleTimeout: .forever,
      closeOnTimeout: true
    )
    plan.workloads[1].server.serviceTime = .deterministic(0.5)
    plan.clients[0].arrivals = .deterministic(
      RateProfile(points: [.init(time: .zero, rate: 24)])
    )
    let requests = plan.run().pods.filter { $0.workload == 1 }.map(\.requests)
    #expect((requests.max() ?? 0) - (requests.min() ?? 0) < 20)
  }

  @Test func sourceHashingKeepsAClient() {
    var plan = DiscoveryTests.throughFront(.dns, backends: 4)
    plan.cluster.kubeProxy.mode = .ipvs
    plan.cluster.kubeProxy.scheduler = .sourceHashing
    let requests = plan.run().pods.filter { $0.workload == 1 }.map(\.requests)
    #expect(requests.filter { $0 > 0 }.count == 1)
  }

  /// Order and cursor before, the endpoints of a round, order and cursor after.
  struct Round: Sendable {
    var order: [UInt32]
    var cursor: Int
    var wanted: [UInt32]
    var after: [UInt32]
    var newCursor: Int
  }

  @Test(arguments: [
    // Nothing changes.
    Round(order: [1, 2, 3], cursor: 1, wanted: [1, 2, 3], after: [1, 2, 3], newCursor: 1),
    // New ones enter at the head; the cursor stays on its server.
    Round(order: [1, 2], cursor: 0, wanted: [1, 2, 3, 4], after: [4, 3, 1, 2], newCursor: 2),
    // The cursor's server leaves: its predecessor takes over.
    Round(order: [1, 2, 3], cursor: 1, wanted: [1, 3], after: [1, 3], newCursor: 0),
    Round(order: [1, 2, 3], cursor: 0, wanted: [2, 3], after: [2, 3], newCursor: -1),
    // Before it stands what has just been added.
    Round(order: [1, 2], cursor: 0, wanted: [2, 9], after: [9, 2], newCursor: 0),
    // Others leave.
    Round(order: [1, 2, 3, 4], cursor: 3, wanted: [2, 4], after: [2, 4], newCursor: 1),
    Round(order: [1, 2], cursor: 1, wanted: [], after: [], newCursor: -1),
  ])
  func serversEnterAtTheHeadAndTheCursorStaysPut(round: Round) {
    let before = ServerOrder(servers: round.order, cursor: round.cursor)
    #expect(
      before.updated(to: round.wanted)
        == ServerOrder(servers: round.after, cursor: round.newCursor)
    )
  }

  // MARK: Other Services

  /// Seconds from the slice's write to live rules with 10,000 Services more.
  @Test(arguments: [
    (KubeProxyPlan.Mode.iptables, false, 0.6), (.iptables, true, 10.2), (.nftables, false, 0.1),
    (.ipvs, false, 0.1),
  ])
  func roundsGrowWithTheClustersServices(
    mode: KubeProxyPlan.Mode,
    rewritesAll: Bool,
    seconds: Double
  ) throws {
    var plan = DiscoveryTests.steady(replicas: 3, horizon: .minutes(2))
    plan.cluster.kubeProxy.mode = mode
    plan.cluster.kubeProxy.otherServices = 10_000
    plan.cluster.kubeProxy.roundPerThousand = UniformDelay(.milliseconds(50), .milliseconds(50))
    plan.cluster.kubeProxy.rewritesAll = rewritesAll
    plan.faults = [.scale(workload: 0, at: .seconds(60), replicas: 2)]
    let result = plan.run(details: true)
    let live = try #require(result.views.last).time.seconds
    let deleted = try #require(result.times(.killing).first)
    // Written 0.1 s after the pod's deletion.
    #expect(abs(live - deleted - 0.1 - seconds) < 1e-6)
  }

  @Test(arguments: [
    (KubeProxyPlan.Mode.iptables, Int64(10_040_000)), (.nftables, 10_000_000), (.ipvs, 10_000_000),
  ])
  func newConnectionsPayForTheLengthOfIptables(mode: KubeProxyPlan.Mode, nanoseconds: Int64) {
    var plan = DiscoveryTests.steady()
    plan.cluster.kubeProxy.mode = mode
    plan.cluster.kubeProxy.otherServices = 4_000
    plan.cluster.kubeProxy.connectPerThousand = UniformDelay(
      .microseconds(10),
      .microseconds(10)
    )
    let result = plan.run()
    #expect(result.clients[0].sojournSum == Int128(nanoseconds) * 599)
  }
}
