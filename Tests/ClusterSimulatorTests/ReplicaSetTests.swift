import ClusterSimulator
import SimKernel
import Testing

/// The API calls of the ReplicaSet and StatefulSet controllers.
@Suite struct ReplicaSetTests {
  @Test func aShrinkDuringAGrowthWaitsForItAndSparesTheReadyPods() {
    // 58 creations take 1.4 s of tokens; the shrink comes in between. None of the new ones is
    // ready by then, and those that are not ready go first.
    var plan = Worlds.single(replicas: 2, rate: 0, horizon: .minutes(3))
    plan.workloads[0].readinessProbe = Worlds.probe(period: 5)
    plan.workloads[0].server.startup = .deterministic(3_600)
    plan.faults = [
      .scale(workload: 0, at: .seconds(60), replicas: 60),
      .scale(workload: 0, at: .milliseconds(60_500), replicas: 2),
    ]
    let result = plan.run()
    let victims = result.events.filter { $0.reason == .successfulDelete }.map(\.value)
    #expect(victims.count == 58)
    #expect(!victims.contains(0) && !victims.contains(1))
  }

  @Test func deletionsTakeTokensToo() throws {
    var plan = Worlds.single(replicas: 100, rate: 0, horizon: .minutes(3))
    plan.faults = [.scale(workload: 0, at: .seconds(60), replicas: 40)]
    let times = plan.run().times(.successfulDelete)
    #expect(times.count == 60)
    // Burst 30, then one every 50 ms.
    let last = try #require(times.last)
    #expect(last - 60 >= 1.5 && last - 60 < 1.6)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func victimsComeFromTheNodeWithMostPods(seed: UInt64) {
    // The second node has room for one pod, so the first has three of the four. Ranks are those
    // before the first deletion: both victims come from the first node.
    var plan = Worlds.single(replicas: 4, rate: 0, horizon: .minutes(3), nodes: 2)
    plan.cluster.nodes[1].maxPods = 1
    plan.faults = [.scale(workload: 0, at: .seconds(60), replicas: 2)]
    let result = plan.run(seed: seed)
    #expect(result.pods.map(\.node).sorted() == [0, 0, 0, 1])
    let victims = result.events.filter { $0.reason == .successfulDelete }.map(\.value)
    #expect(victims.map { result.pods[$0].node } == [0, 0])
  }

  private static func statefulSet() -> SimulationPlan {
    var plan = Worlds.single(replicas: 1, rate: 0, horizon: .minutes(20), nodes: 2)
    plan.workloads[0].kind = .statefulSet
    return plan
  }

  @Test func aStatefulSetsPodIsReplacedWhenItsObjectIsGone() throws {
    var plan = Self.statefulSet()
    plan.workloads[0].preStopSleep = .seconds(7)
    plan.faults = [.podKill(workload: 0, at: .seconds(60), count: 1)]
    let result = plan.run()
    let gone = try #require(result.times(.deleted).first)
    #expect(gone >= 67)
    let created = result.times(.successfulCreate)
    #expect(created.count == 1)
    #expect(created.allSatisfy { $0 >= gone && $0 < gone + 0.1 })
  }

  @Test func aStatefulSetsPodOnALostMachineIsReplacedWhenTheMachineReturns() throws {
    var plan = Self.statefulSet()
    let node = plan.run().pods[0].node
    plan.faults = [.nodeLoss(node: node, at: .seconds(60), duration: .minutes(10), emptyDisk: true)]
    let result = plan.run()
    #expect(result.times(.taintManagerEviction).count == 1)
    let created = result.times(.successfulCreate)
    #expect(created.count == 1)
    #expect(created.allSatisfy { $0 > 660 && $0 < 663 })
    #expect(result.workloadWindows.last?.ready == 1)
  }
}
