import ClusterSimulator
import SimKernel
import Testing

/// Controllers against the facts of Kubernetes' documentation and source.
@Suite struct ClusterTests {
  @Test func fortyThreePodsNeedAtLeastThirteenTokensAtTwentyASecond() throws {
    var plan = Worlds.single(replicas: 0, horizon: .minutes(5))
    plan.faults = [.scale(workload: 0, at: .seconds(10), replicas: 43)]
    let created = plan.run().times(.successfulCreate)
    #expect(created.count == 43)
    let first = try #require(created.first)
    let last = try #require(created.last)
    // Burst 30, then one every 50 ms.
    #expect(last - 10 >= 0.65 && last - first < 1)
  }

  @Test func slowStartSendsBatchesOfOneTwoFourEight() {
    var plan = Worlds.single(replicas: 0, horizon: .minutes(1))
    plan.faults = [.scale(workload: 0, at: .seconds(10), replicas: 15)]
    let created = plan.run().times(.successfulCreate)
    var sizes: [Int] = []
    var last = 0.0
    for time in created {
      if time != last { sizes.append(0) }
      sizes[sizes.count - 1] += 1
      last = time
    }
    #expect(sizes == [1, 2, 4, 8])
  }

  @Test func aSilentNodeIsNoticedAfterFortyToFiftyFiveSeconds() throws {
    var delays: [Double] = []
    for seed in 1...50 as ClosedRange<UInt64> {
      var plan = Worlds.single(replicas: 3, rate: 0, horizon: .minutes(12))
      plan.faults = [
        .nodeLoss(node: 1, at: .milliseconds(123_456), duration: nil, emptyDisk: false)
      ]
      let result = plan.run(seed: seed)
      let noticed = try #require(result.times(.nodeNotReady).first)
      delays.append(noticed - 123.456)
      let evicted = try #require(result.times(.taintManagerEviction).first)
      #expect(abs(evicted - noticed - 300) < 0.001)
      // The replacement is created at once, not when the dead pod is gone.
      let created = try #require(result.times(.successfulCreate).first)
      #expect(created >= evicted && created - evicted < 0.1)
    }
    #expect(delays.allSatisfy { $0 >= 40 && $0 <= 55 })
    #expect((delays.max() ?? 0) - (delays.min() ?? 0) > 5)
  }

  @Test func untilItIsNoticedADeadNodeEatsItsShareOfNewConnections() {
    var plan = Worlds.single(replicas: 3, rate: 30, horizon: .minutes(5))
    plan.faults = [.nodeLoss(node: 1, at: .seconds(100), duration: nil, emptyDisk: false)]
    let result = plan.run()
    let lost = result.ended(call: 0, .connectTimedOut, .deadAddress)
    // One third of 30/s for 40 to 57 s.
    #expect(lost > 380 && lost < 600)
    // Nothing is lost in the last two minutes.
    #expect(
      result.clients[0].windows.suffix(12).allSatisfy {
        Int($0.outcomes[0]) == $0.offered - $0.undecided
      }
    )
  }

  @Test func addressesGoRoundTheNodesRangeBeforeTheyAreUsedAgain() {
    // One node with 5 addresses; pods are killed one at a time.
    var plan = Worlds.single(replicas: 2, rate: 0, horizon: .minutes(30), nodes: 1)
    plan.cluster.nodes = Worlds.nodes(1, addresses: 5)
    plan.faults = (1...4).map { .podKill(workload: 0, at: .minutes(Int64($0) * 2), count: 1) }
    let offsets = plan.run().pods.map { Int($0.address & 0xFF) - 2 }
    #expect(offsets == [0, 1, 2, 3, 4, 0])
  }

  @Test func withoutReuseADeadAddressStaysDead() {
    var plan = Worlds.single(replicas: 2, rate: 0, horizon: .minutes(30), nodes: 1)
    plan.cluster.nodes = Worlds.nodes(1, addresses: 8)
    plan.cluster.reusesAddresses = false
    plan.faults = (1...4).map { .podKill(workload: 0, at: .minutes(Int64($0) * 2), count: 1) }
    let addresses = plan.run().pods.map(\.address)
    #expect(Set(addresses).count == addresses.count)
  }

  @Test func aRecreatedMachineStartsItsAddressesFromTheFirst() throws {
    var plan = Worlds.single(replicas: 2, rate: 0, horizon: .minutes(30), nodes: 2)
    plan.faults = [
      .nodeLoss(node: 0, at: .minutes(1), duration: .minutes(10), emptyDisk: true),
      .scale(workload: 0, at: .minutes(15), replicas: 6),
    ]
    let result = plan.run()
    let first = result.pods[0].node == 0 ? result.pods[0] : result.pods[1]
    let later = result.pods.filter { $0.createdAt > .zero + .minutes(14) && $0.node == 0 }
    #expect(later.contains { $0.address == first.address })
  }

  @Test func victimsAreTheNotReadyOnesFirst() throws {
    // Two pods; a third is not ready for a long time, then the set shrinks to two.
    var plan = Worlds.single(replicas: 2, rate: 0, horizon: .minutes(10))
    plan.workloads[0].readinessProbe = Worlds.probe(period: 5)
    plan.workloads[0].server.startup = .deterministic(3_600)
    plan.faults = [
      .scale(workload: 0, at: .seconds(60), replicas: 3),
      .scale(workload: 0, at: .seconds(300), replicas: 2),
    ]
    let result = plan.run()
    let victims = result.events.filter { $0.reason == .successfulDelete }.map(\.value)
    #expect(victims == [2])
  }

  @Test func kubeProxyRoundsAreAtLeastASecondApart() {
    var plan = Worlds.single(replicas: 1, rate: 0, horizon: .minutes(3))
    plan.faults = [.scale(workload: 0, at: .seconds(60), replicas: 40)]
    let result = plan.run(details: true)
    let times = result.views.filter { $0.viewer == .node(0) && $0.time > .zero }.map(\.time.seconds)
    #expect(times.count >= 2)
    for (a, b) in zip(times, times.dropFirst()) { #expect(b - a >= 1) }
    #expect(result.views.last { $0.viewer == .node(0) }?.addresses.count == 40)
  }

  @Test func aTerminatingPodFinishesWhatItHasAndTheEndpointGoesInParallel() throws {
    var plan = Worlds.single(
      replicas: 2,
      rate: 20,
      service: .deterministic(0.5),
      concurrency: 50,
      timeout: .seconds(5),
      horizon: .minutes(5)
    )
    plan.workloads[0].preStopSleep = .seconds(5)
    plan.faults = [.podKill(workload: 0, at: .seconds(100), count: 1)]
    let result = plan.run()
    // preStop outlasts the propagation, so nobody notices.
    #expect(result.clients[0].succeeded + result.clients[0].inFlight == result.clients[0].offered)
    // SIGTERM at 105 s, the last request ends by 105.5 s, noticed within a second.
    let gone = try #require(result.times(.deleted).first)
    #expect(gone > 105 && gone < 107)
  }

  @Test func withoutPreStopNewConnectionsAreRefusedUntilTheRulesChange() {
    var plan = Worlds.single(
      replicas: 2,
      rate: 200,
      service: .deterministic(0.01),
      concurrency: 50,
      timeout: .seconds(5),
      horizon: .minutes(3)
    )
    plan.faults = [.podKill(workload: 0, at: .seconds(100), count: 1)]
    let result = plan.run()
    let refused =
      result.ended(call: 0, .refused, .notListening)
      + result.ended(call: 0, .hostUnreachable, .deadAddress)
    // Slice ≤ 0.09 s + rules ≤ 0.09 s, half of 200/s: about 5 to 25 requests.
    #expect(refused > 2 && refused < 40)
  }
}
