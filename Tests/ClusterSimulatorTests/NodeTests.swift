import ClusterSimulator
import SimKernel
import Testing

/// Machines that come back, at awkward moments.
@Suite struct NodeTests {
  @Test func podsBoundToAMachineThatIsJustBackStartOnce() {
    // Gone for five seconds, which nobody notices; the new pods come 0.2 s after the return.
    var plan = Worlds.single(replicas: 1, rate: 0, horizon: .minutes(5), nodes: 1)
    plan.faults = [
      .nodeLoss(node: 0, at: .seconds(100), duration: .seconds(5), emptyDisk: false),
      .scale(workload: 0, at: .milliseconds(105_200), replicas: 4),
    ]
    let result = plan.run()
    #expect(result.pods.map(\.restarts) == [1, 0, 0, 0])
    #expect(result.workloadWindows.last?.ready == 4)
    let addresses = result.pods.map(\.address)
    #expect(Set(addresses).count == 4)
  }

  @Test func podsBoundToADeadMachineStartWhenItIsBack() {
    var plan = Worlds.single(replicas: 1, rate: 0, horizon: .minutes(5), nodes: 1)
    plan.faults = [
      .nodeLoss(node: 0, at: .seconds(100), duration: .seconds(20), emptyDisk: false),
      .scale(workload: 0, at: .seconds(105), replicas: 2),
    ]
    let result = plan.run()
    #expect(result.workloadWindows.last?.ready == 2)
    #expect(result.pods.map(\.restarts) == [1, 0])
    #expect(result.times(.started, object: 1).allSatisfy { $0 > 120 })
  }

  @Test func aStartThatTheMachinesDeathInterruptedDoesNotGoOnByItself() {
    // The pod is created 0.5 s before the machine dies and has no network yet.
    for seed in 1...10 as ClosedRange<UInt64> {
      var plan = Worlds.single(replicas: 0, rate: 0, horizon: .minutes(5), nodes: 1)
      plan.cluster.kubelet.sandbox = UniformDelay(.seconds(2), .seconds(3))
      plan.faults = [
        .scale(workload: 0, at: .milliseconds(99_500), replicas: 1),
        .nodeLoss(node: 0, at: .seconds(100), duration: .milliseconds(500), emptyDisk: false),
      ]
      let result = plan.run(seed: seed)
      // The machine is ready again 2 s after its return, and only then makes a new sandbox.
      #expect(result.times(.started).allSatisfy { $0 >= 104.5 })
      #expect(result.times(.started).count == 1)
    }
  }

  @Test func aMachineThatIsBackInTimeKeepsItsPods() {
    // Noticed after 40 to 55 s, back after 120 s, and eviction would come 300 s after the notice.
    var plan = Worlds.single(replicas: 3, rate: 0, horizon: .minutes(15))
    plan.faults = [
      .nodeLoss(node: 1, at: .seconds(60), duration: .seconds(120), emptyDisk: false)
    ]
    let result = plan.run()
    #expect(result.times(.nodeNotReady).count == 1)
    #expect(result.times(.taintManagerEviction).isEmpty)
    #expect(result.pods.count == 3)
    #expect(result.workloadWindows.last?.ready == 3)
  }

  @Test func aGracePeriodShorterThanTheLeaseIsNoticedToo() {
    for seed in 1...20 as ClosedRange<UInt64> {
      var plan = Worlds.single(replicas: 1, rate: 0, horizon: .minutes(5))
      plan.cluster.controlPlane.nodeMonitorGracePeriod = .seconds(1)
      plan.faults = [.nodeLoss(node: 1, at: .seconds(123), duration: nil, emptyDisk: false)]
      let times = plan.run(seed: seed).times(.nodeNotReady)
      #expect(times.count == 1)
      #expect(times.allSatisfy { $0 >= 123 && $0 <= 140 })
    }
  }
}
