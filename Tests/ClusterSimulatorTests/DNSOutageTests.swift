import ClusterSimulator
import SimKernel
import Testing

/// CoreDNS that does not answer, and answers that do not fit into a message.
@Suite struct DNSOutageTests {
  /// Ten lookups a second at 0.1, 0.2 … s; no answers from 20.05 to 30.05 s.
  private static func plan(_ outage: DNSPlan.Outage) -> SimulationPlan {
    var plan = DiscoveryTests.steady(timeout: .seconds(20))
    plan.faults = [.dnsOutage(at: .milliseconds(20_050), duration: .seconds(10), outage)]
    return plan
  }

  @Test func aLostQueryIsRepeatedOnceAfterFiveSeconds() {
    let result = Self.plan(.silent).run()
    // 20.1 to 25.0: asked again while there is still silence, given up after ten seconds.
    // 25.1 to 30.0: answered five seconds later.
    #expect(result.ended(call: 0, .unresolved, .nameServerSilent) == 50)
    #expect(result.clients[0].succeeded == result.clients[0].offered - 50)
    let slowest = Double(result.clients[0].latency.quantile(1)) / 1e9
    #expect(abs(slowest / 5.01 - 1) < 0.01)
    let fastest = Double(result.clients[0].failureLatency.quantile(0.01)) / 1e9
    #expect(abs(fastest / 10 - 1) < 0.01)
    #expect(result.calls[0].lookups.failed == 50)
    // One query each, one more for those who got their answer late, two for those who did not.
    #expect(result.calls[0].lookups.queries == result.clients[0].offered + 50 + 50)
  }

  @Test(arguments: [
    (DNSPlan.Outage.servfail, Cause.nameServerFailed, 4),
    (.refused, .nameServerRefused, 2),
  ])
  func whoIsToldFailsAtOnce(outage: DNSPlan.Outage, cause: Cause, queries: Int) {
    let result = Self.plan(outage).run()
    #expect(result.ended(call: 0, .unresolved, cause) == 100)
    #expect(result.clients[0].failureLatency.quantile(1) == 0)
    // SERVFAIL sends the resolver down the search path, a rejected query to the next attempt.
    let good = result.clients[0].offered - 100
    #expect(result.calls[0].lookups.queries == good + 100 * queries)
  }

  @Test func whoRemembersDoesNotNotice() {
    var plan = Self.plan(.silent)
    plan.clients[0].call.lookup.cache = .forever
    #expect(plan.run().clients[0].failed == 0)
    plan = DiscoveryTests.throughFront(.dns)
    plan.faults = [.dnsOutage(at: .milliseconds(20_050), duration: .seconds(10), .silent)]
    #expect(plan.run().clients[0].failed > 0)
    // The node asks at 0.1 s and again at 30.1 s.
    plan.cluster.dns.hasNodeLocalCache = true
    #expect(plan.run().clients[0].failed == 0)
  }

  // MARK: Truncation

  /// Forty pods behind a headless name whose answer holds 29 by UDP.
  private static func large(tcp: Bool) -> SimulationPlan {
    var plan = DiscoveryTests.steady(replicas: 40, routing: .headless(.roundRobin))
    plan.clients[0].call.lookup.recordsInMessage = 29
    plan.clients[0].call.lookup.fallsBackToTCP = tcp
    plan.cluster.dns.latency = UniformDelay(.milliseconds(2), .milliseconds(2))
    return plan
  }

  @Test(arguments: [(true, 16.0), (false, 12.0)])
  func aLongAnswerCostsAHandshakeAndAnotherQuery(tcp: Bool, milliseconds: Double) {
    let result = Self.large(tcp: tcp).run()
    let median = Double(result.clients[0].latency.quantile(0.5)) / 1e6
    #expect(abs(median / milliseconds - 1) < 0.01)
    let lookups = result.calls[0].lookups
    #expect(lookups.truncated == lookups.lookups)
    #expect(lookups.queries == lookups.lookups * (tcp ? 2 : 1))
  }

  @Test(arguments: [(true, 40), (false, 29)])
  func whoDoesNotAskByTCPSeesAPartOfThePods(tcp: Bool, pods: Int) {
    var plan = Self.large(tcp: tcp)
    plan.clients[0].call.lookup.cache = .forever
    let result = plan.run()
    #expect(result.pods.count { $0.requests > 0 } == pods)
    #expect(result.clients[0].failed == 0)
  }

  // MARK: ExternalName

  @Test func whoRemembersTheOldHostStaysThere() {
    var plan = DiscoveryTests.steady()
    var host = ExternalHostPlan(latency: .deterministic(0.05))
    host.until = .milliseconds(25_050)
    var old = ServicePlan(name: "shop/db", workloads: [], targetPort: 0)
    old.externalHost = host
    plan.services.append(old)
    plan.services[0].isPresentAtStart = false
    plan.serviceOperations = [
      ServiceOperation(at: .milliseconds(20_050), service: 1, .move(to: 0))
    ]
    plan.clients[0].call.service = 1
    plan.clients[0].call.lookup.cache = .seconds(15)
    let result = plan.run()
    // Asked at 0.1, 15.1 and 30.1 s; the host answers until 25.05 s, the pods from 30.1 s on.
    #expect(result.ended(call: 0, .timedOut, .externalHostFailed) == 50)
    let inside = result.pods.reduce(0) { $0 + $1.requests }
    #expect(inside == result.clients[0].offered - 300)
    // Without a memory only the round of rules is felt: 20.1 finds no rule, the slices are live
    // 1.3 s after the Service came.
    plan.clients[0].call.lookup.cache = .zero
    let fresh = plan.run()
    #expect(fresh.ended(call: 0, .timedOut, .externalHostFailed) == 0)
    #expect((1...15).contains(fresh.clients[0].failed))
  }
}
