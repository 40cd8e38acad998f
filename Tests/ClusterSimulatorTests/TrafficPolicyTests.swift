import ClusterSimulator
import SimKernel
import Testing

/// Which endpoints of one Service a node uses: policies, preferences and what is left at the end.
@Suite struct TrafficPolicyTests {
  /// Three machines; a front on each of them calls the backends behind a Service.
  private static func shop(backends: Int, timeout: SimDuration = .seconds(2)) -> SimulationPlan {
    var plan = Worlds.single(replicas: 3, rate: 30, horizon: .minutes(2))
    plan.workloads[0].server.concurrency = 1_000
    plan.clients[0].call.routing = .ingress
    plan.clients[0].call.timeout = .seconds(10)
    plan.workloads[0].server.calls = [
      CallPlan(name: "back", service: 1, routing: .dns, timeout: timeout)
    ]
    let server = ServerPlan(
      concurrency: 1_000,
      backlog: 0,
      serviceTime: .deterministic(0.01)
    )
    plan.workloads.append(WorkloadPlan(name: "shop/back", replicas: backends, server: server))
    plan.services.append(ServicePlan(name: "shop/back", workloads: [1], targetPort: 80))
    plan.cluster.makeDelaysExact()
    return plan
  }

  /// The backends that stay, as timelines name them; an ingress (users) is bound by no policy.
  private static func others(_ victim: Int) -> String {
    (3..<6).filter { $0 != victim }.map { "back-\($0 - 3)" }.joined(separator: " ")
  }

  @Test func localPolicyDropsOnNodesWithoutAnEndpoint() {
    var plan = Self.shop(backends: 1)
    plan.services[1].internalTrafficPolicy = .local
    let result = plan.run()
    // The ingress takes the fronts in turn: one in three stands beside the backend.
    let ended = result.calls[1].requests - result.calls[1].inFlight
    let good = result.ended(call: 1, .succeeded, .none)
    let dropped = result.ended(call: 1, .connectTimedOut, .noLocalEndpoint)
    #expect(good + dropped == ended)
    #expect(abs(good * 3 - result.calls[1].requests) <= 3)
    // SYNs are repeated in vain until the caller's timeout.
    #expect(result.clients[0].failureLatency.quantile(0.01) > 1_900_000_000)
  }

  @Test(arguments: ServicePlan.TrafficPolicy.allCases)
  func withoutAnyEndpointBothPoliciesReject(policy: ServicePlan.TrafficPolicy) {
    var plan = Self.shop(backends: 0)
    plan.services[1].internalTrafficPolicy = policy
    let result = plan.run()
    #expect(result.ended(call: 1, .refused, .noEndpoints) == result.calls[1].attempts)
    #expect(result.calls[1].attempts > 3_000)
  }

  @Test func aDroppedConnectionGoesThroughOnceTheNodeHasAnEndpoint() throws {
    // The SYN of a caller with 30 s of patience is repeated; one of the repetitions meets the
    // rules that the scale-out at 60 s brings.
    var plan = Self.shop(backends: 0, timeout: .seconds(30))
    plan.services[1].internalTrafficPolicy = .local
    plan.workloads[1].replicas = 1
    plan.clients[0].call.timeout = .forever
    plan.faults = [.scale(workload: 1, at: .seconds(60), replicas: 3)]
    let result = plan.run()
    #expect(result.ended(call: 1, .connectTimedOut, .noLocalEndpoint) > 100)
    let late = result.clients[0].latency.quantile(0.999)
    #expect(late > 5_000_000_000 && late < 30_000_000_000)
  }

  @Test func aTerminatingPodServesItsNodeUntilItIsGone() throws {
    var plan = Self.shop(backends: 3)
    plan.services[1].internalTrafficPolicy = .local
    plan.workloads[1].preStopSleep = .seconds(20)
    plan.faults = [.scale(workload: 1, at: .seconds(60), replicas: 2)]
    let timeline = Timeline(plan)
    let victim = try #require(timeline.result.events.first { $0.reason == .killing }).object
    let node = timeline.result.pods[victim].node + 1
    #expect(
      timeline.lines(from: .seconds(1)) == """
        60.0s back-\(victim - 3) Killing
        60.2s users back: \(Self.others(victim))
        80.0s back-\(victim - 3) NotReady
        80.0s back-\(victim - 3) gone
        80.2s node-\(node) back: none
        """
    )
  }

  @Test func withClusterPolicyItLeavesEveryNodeAtOnce() throws {
    var plan = Self.shop(backends: 3)
    plan.workloads[1].preStopSleep = .seconds(20)
    plan.faults = [.scale(workload: 1, at: .seconds(60), replicas: 2)]
    let timeline = Timeline(plan)
    let victim = try #require(timeline.result.events.first { $0.reason == .killing }).object
    let rest = Self.others(victim)
    #expect(
      timeline.lines(from: .seconds(1)) == """
        60.0s back-\(victim - 3) Killing
        60.2s node-1 back: \(rest)
        60.2s node-2 back: \(rest)
        60.2s node-3 back: \(rest)
        60.2s users back: \(rest)
        80.0s back-\(victim - 3) NotReady
        80.0s back-\(victim - 3) gone
        """
    )
  }

  /// Zones of nodes, pods, and whether the hints of the last node's zone are there.
  struct Place: Sendable, CustomTestStringConvertible {
    var zones: [String]
    var pods: Int
    var distribution: ServicePlan.TrafficDistribution
    var testDescription: String { "\(zones) \(pods) pods \(distribution)" }
  }

  @Test(arguments: [
    Place(zones: ["a", "a", "b", "b"], pods: 4, distribution: .preferSameZone),
    Place(zones: ["a", "a", "b", "b"], pods: 3, distribution: .preferSameNode),
    Place(zones: ["a", "b", "c"], pods: 1, distribution: .preferSameZone),
    Place(zones: ["a", "b", "c"], pods: 2, distribution: .preferSameNode),
    Place(zones: ["a", "b", ""], pods: 3, distribution: .preferSameZone),
    Place(zones: ["a", "", "b"], pods: 3, distribution: .preferSameNode),
  ])
  func hintsKeepTrafficNear(place: Place) {
    var plan = Worlds.single(replicas: place.pods, rate: 0, nodes: place.zones.count)
    for (index, zone) in place.zones.enumerated() { plan.cluster.nodes[index].zone = zone }
    plan.services[0].trafficDistribution = place.distribution
    let timeline = Timeline(plan)
    let nodes = timeline.result.pods.map(\.node)
    let all = Array(nodes.indices)
    // An endpoint without a zone has no hint, and one without a hint switches hints off.
    let isHinted = nodes.allSatisfy { place.zones[$0] != "" }
    var expected = place.zones.enumerated().map { node, zone in
      let onNode = all.filter { nodes[$0] == node && place.distribution == .preferSameNode }
      let inZone = all.filter { place.zones[nodes[$0]] == zone }
      let near = isHinted ? [onNode, inZone].first { !$0.isEmpty } : nil
      let list = (near ?? all).map { "web-\($0)" }.joined(separator: " ")
      return "node-\(node + 1) web: \(list)"
    }
    expected.append("users web: " + all.map { "web-\($0)" }.joined(separator: " "))
    #expect(timeline.start == expected.joined(separator: "\n"))
  }
}

/// From a Service's port to a port of a pod.
@Suite struct ServicePortTests {
  @Test(arguments: [
    (KubeProxyPlan.Mode.iptables, Outcome.connectTimedOut), (.nftables, .refused),
    (.ipvs, .refused),
  ])
  func aPortThatTheServiceDoesNotHave(mode: KubeProxyPlan.Mode, outcome: Outcome) {
    var plan = Worlds.single(replicas: 2, horizon: .minutes(1))
    plan.cluster.kubeProxy.mode = mode
    plan.services[0].isPortDefined = false
    let result = plan.run()
    let ended = result.calls[0].attempts - result.calls[0].inFlight
    #expect(result.ended(call: 0, outcome, .undefinedPort) == ended)
    #expect(ended > 400)
  }

  /// Two workloads behind one Service; their containers call the port by one name.
  private static func twoWorkloads(targets: [Int]) -> SimulationPlan {
    var plan = Worlds.single(replicas: 2, rate: 50, concurrency: 100, horizon: .minutes(1))
    plan.workloads[0].server.port = 8_080
    plan.workloads.append(plan.workloads[0])
    plan.workloads[1].name = "shop/web-v2"
    plan.workloads[1].server.port = 9_090
    plan.services[0].workloads = [0, 1]
    plan.services[0].targetPort = 8_080
    plan.services[0].targetPorts = targets
    return plan
  }

  @Test func aNamedPortLeadsToADifferentNumberOnEachWorkload() {
    let result = Self.twoWorkloads(targets: [8_080, 9_090]).run()
    #expect(result.clients[0].succeeded == result.clients[0].offered - result.clients[0].inFlight)
    #expect(result.pods.allSatisfy { $0.requests > 500 })
    // Different numbers for one name lie in slices of their own.
    #expect(result.workloadWindows.allSatisfy { $0.endpointSlices == 2 && $0.endpointsReady == 4 })
  }

  @Test func aWrongNumberIsRefusedByHalfOfThePods() {
    let result = Self.twoWorkloads(targets: []).run()
    let refused = result.ended(call: 0, .refused, .notListening)
    let share = Double(refused) / Double(result.calls[0].attempts)
    #expect(abs(share - 0.5) < 0.04)
    #expect(result.pods.filter { $0.workload == 1 }.allSatisfy { $0.requests == 0 })
  }

  @Test func podsWithoutTheNamedPortAreListedButNotUsed() {
    let result = Self.twoWorkloads(targets: [8_080, 0]).run()
    #expect(result.clients[0].succeeded == result.clients[0].offered - result.clients[0].inFlight)
    #expect(result.pods.filter { $0.workload == 1 }.allSatisfy { $0.requests == 0 })
    #expect(result.workloadWindows.allSatisfy { $0.endpointsReady == 4 })
  }

  @Test func twoPortsOfAServiceLeadToTwoPortsOfItsPods() {
    // The process listens on 8080; the Service's second port leads past it.
    var plan = Worlds.single(replicas: 2, rate: 50, concurrency: 100, horizon: .minutes(1))
    plan.workloads[0].server.port = 8_080
    plan.services[0].targetPort = 8_080
    plan.services.append(ServicePlan(name: "shop/web:9090", workloads: [0], targetPort: 9_090))
    var second = plan.clients[0]
    second.name = "metrics"
    second.call.service = 1
    plan.clients.append(second)
    let result = plan.run()
    #expect(result.clients[0].succeeded == result.clients[0].offered - result.clients[0].inFlight)
    #expect(result.ended(call: 1, .refused, .notListening) == result.calls[1].attempts)
  }
}
