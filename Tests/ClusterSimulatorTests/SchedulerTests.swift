import ClusterSimulator
import SimKernel
import Testing

/// What a node has room for.
@Suite struct SchedulerTests {
  enum Resource: CaseIterable {
    case cpu, memory, slots
  }

  @Test(arguments: Resource.allCases)
  func aReplacementWaitsForTheRoomOfThePodItReplaces(resource: Resource) throws {
    // The one machine holds one pod only; each pod is replaced when it has left.
    var plan = Worlds.single(replicas: 1, rate: 0, horizon: .minutes(10), nodes: 1)
    switch resource {
    case .cpu: plan.workloads[0].milliCPURequest = 33_000
    case .memory: plan.workloads[0].memoryRequest = 1 << 37 + 1
    case .slots: plan.cluster.nodes[0].maxPods = 1
    }
    plan.workloads[0].preStopSleep = .seconds(7)
    plan.faults = (1...3).map { .podKill(workload: 0, at: .minutes(Int64($0) * 2), count: 1) }
    let result = plan.run()
    let gone = result.times(.deleted)
    let bound = result.times(.scheduled)
    #expect(gone.count == 3 && bound.count == 3)
    #expect(result.times(.failedScheduling).count == 3)
    for (left, came) in zip(gone, bound) { #expect(came >= left && came - left <= 0.1) }
    #expect(result.workloadWindows.last?.ready == 1)
  }
}
