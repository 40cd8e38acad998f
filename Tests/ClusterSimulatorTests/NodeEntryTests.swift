import ClusterSimulator
import SimKernel
import Testing

/// The ways in from outside: a port on the nodes, a load balancer in front of them.
@Suite struct NodeEntryTests {
  private static func plan(_ routing: Routing) -> SimulationPlan {
    DiscoveryTests.steady(replicas: 1, routing: routing, horizon: .minutes(5))
  }

  /// The node of the only pod.
  private static func home(_ plan: SimulationPlan) -> Int { plan.run().pods[0].node }

  @Test func anyNodeLeadsToThePod() {
    let result = Self.plan(.nodePort(node: nil)).run()
    #expect(result.clients[0].failed == 0)
    #expect(result.clients[0].succeeded > 2_990)
  }

  @Test func aThirdOfTheNodesHasThePodUnderLocalPolicy() {
    var plan = Self.plan(.nodePort(node: nil))
    plan.services[0].externalTrafficPolicy = .local
    let result = plan.run()
    let dropped = result.ended(call: 0, .connectTimedOut, .noLocalEndpoint)
    // 2,999 draws: six standard deviations are 155.
    #expect(abs(dropped - 1_999) < 155)
    let home = Self.home(plan)
    plan.clients[0].call.routing = .nodePort(node: home)
    #expect(plan.run().clients[0].failed == 0)
    plan.clients[0].call.routing = .nodePort(node: (home + 1) % 3)
    #expect(plan.run().clients[0].succeeded == 0)
  }

  @Test func aDeadNodeTakesItsShareOfClients() {
    var plan = Self.plan(.nodePort(node: nil))
    let dead = (Self.home(plan) + 1) % 3
    plan.faults = [.nodeLoss(node: dead, at: .zero, duration: nil, emptyDisk: false)]
    let result = plan.run()
    let silent = result.ended(call: 0, .connectTimedOut, .deadAddress)
    #expect(abs(silent - 1_000) < 155)
  }

  @Test func withoutAProviderItStaysPending() {
    let result = Self.plan(.loadBalancer).run()
    let pending = result.ended(call: 0, .unresolved, .loadBalancerPending)
    #expect(pending == result.calls[0].attempts)
  }

  @Test func aBalancerIsBuiltForANewService() {
    var plan = Self.plan(.loadBalancer)
    plan.cluster.loadBalancer = LoadBalancerPlan()
    plan.cluster.loadBalancer?.provisioning = UniformDelay(.seconds(60), .seconds(60))
    plan.services[0].isPresentAtStart = false
    plan.serviceOperations = [
      ServiceOperation(at: .milliseconds(30_050), service: 0, .apply)
    ]
    let result = plan.run()
    // Until 90.05 s.
    #expect(result.ended(call: 0, .unresolved, .loadBalancerPending) == 900)
    #expect(result.clients[0].failed == 900)
  }

  @Test func underLocalPolicyItsChecksFindTheNodesWithThePod() {
    var plan = Self.plan(.loadBalancer)
    plan.cluster.loadBalancer = LoadBalancerPlan()
    plan.services[0].externalTrafficPolicy = .local
    let result = plan.run()
    #expect(result.clients[0].failed == 0)
  }

  @Test func aDeadNodeIsTakenOutAfterThreeChecks() {
    var plan = Self.plan(.loadBalancer)
    plan.cluster.loadBalancer = LoadBalancerPlan()
    let dead = (Self.home(plan) + 1) % 3
    plan.faults = [
      .nodeLoss(node: dead, at: .seconds(35), duration: nil, emptyDisk: false)
    ]
    let result = plan.run()
    // Checks at 40, 50 and 60 s; windows of 10 s.
    let failed = result.clients[0].windows.map { $0.outcomes.dropFirst().reduce(0, +) }
    #expect(failed[0...2].allSatisfy { $0 == 0 })
    #expect(failed[4] > 10 && failed[5] > 10)
    #expect(failed[7...].allSatisfy { $0 == 0 })
  }
}
