import ClusterSimulator
import SimKernel
import Testing

/// From a pod's condition to the rules of a node.
@Suite struct EndpointTests {
  @Test func aPodWhoseReadinessFailsLeavesTheRulesAndStaysInTheCluster() throws {
    // A worker hangs; the other pod is not called and stays.
    var plan = Worlds.single(
      replicas: 2,
      service: .deterministic(100_000),
      timeout: .forever,
      horizon: .minutes(10)
    )
    plan.clients[0].arrivals = .deterministic(
      RateProfile(points: [
        .init(time: .zero, rate: 1), .init(time: .seconds(1), rate: 1),
        .init(time: .seconds(2), rate: 0),
      ])
    )
    plan.workloads[0].readinessProbe = Worlds.probe(period: 5, failures: 3)
    let result = plan.run(details: true)
    let unready = try #require(result.times(.unready).first)
    #expect(result.times(.unready).count == 1)
    #expect(result.times(.deleted).isEmpty)
    for node in 0..<3 {
      let views = result.views.filter { $0.viewer == .node(node) }
      #expect(views.map(\.addresses.count) == [2, 1])
      // Written after 50 to 90 ms, live 30 to 90 ms later.
      let live = try #require(views.last).time.seconds
      #expect(live - unready >= 0.08 && live - unready <= 0.18)
    }
  }

  @Test func aChangeDuringARoundIsLiveAfterTheNextOne() throws {
    // A round takes 5 s here. The pod that goes at 62 s goes while the rules for the one of 60 s
    // are written; the next round begins a second after the end of that one.
    var plan = Worlds.single(replicas: 4, rate: 0, horizon: .minutes(3))
    plan.cluster.kubeProxy.round = UniformDelay(.seconds(5), .seconds(5))
    plan.faults = [
      .scale(workload: 0, at: .seconds(60), replicas: 3),
      .scale(workload: 0, at: .seconds(62), replicas: 2),
    ]
    let result = plan.run(details: true)
    for node in 0..<3 {
      let views = result.views.filter { $0.viewer == .node(node) }
      #expect(views.map(\.addresses.count) == [4, 3, 2])
      let first = try #require(views.dropFirst().first).time.seconds
      let second = try #require(views.last).time.seconds
      #expect(first > 65 && first < 65.2)
      #expect(abs(second - first - 6) < 1e-6)
    }
  }

  @Test func publishNotReadyAddressesListsAPodBeforeItIsReady() throws {
    var plan = Worlds.single(replicas: 1, rate: 20, horizon: .minutes(5))
    plan.workloads[0].readinessProbe = Worlds.probe(period: 5)
    plan.workloads[0].server.startup = .deterministic(3_600)
    plan.services[0].publishNotReadyAddresses = true
    plan.faults = [.scale(workload: 0, at: .seconds(60), replicas: 2)]
    let result = plan.run(details: true)
    let started = try #require(result.times(.started).first)
    let listed = try #require(
      result.views.first { $0.viewer == .node(0) && $0.addresses.count == 2 }
    )
    #expect(listed.time.seconds - started < 1.3)
    // Nobody listens there yet.
    #expect(result.ended(call: 0, .refused, .notListening) > 1_000)
  }
}
