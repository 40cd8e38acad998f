import ClusterSimulator
import SimKernel
import Testing

/// Nodes that run out of memory.
@Suite struct MemoryPressureTests {
  /// A node of 1,000 bytes: one pod asks for 100, takes 300 and loses 60 a minute; another asks for
  /// 600 and takes 500.
  private static func plan() -> SimulationPlan {
    var plan = Worlds.single(replicas: 1, rate: 0.001, horizon: .minutes(20), nodes: 1)
    plan.cluster.makeDelaysExact()
    plan.cluster.nodes[0].allocatableMemory = 1_000
    plan.workloads[0].memoryRequest = 100
    plan.workloads[0].server.memory = MemoryPlan(base: 300)
    plan.workloads[0].server.memory?.growthPerMinute = 60
    var other = plan.workloads[0]
    other.name = "shop/big"
    other.memoryRequest = 600
    other.server.memory = MemoryPlan(base: 500)
    plan.workloads.append(other)
    return plan
  }

  /// 300 + 500 + growth exceeds 1,000 at 200 s; the next look is at most 10 s later.
  ///
  /// The pod above
  /// its request goes, though the other takes more. The node is tainted for five minutes, so that
  /// its replacement waits.
  @Test func thePodAboveItsRequestIsEvictedAndItsReplacementWaits() throws {
    let result = Self.plan().run()
    let evicted = try #require(result.events.first { $0.reason == .evictedForMemory })
    #expect(evicted.time.seconds > 200 && evicted.time.seconds <= 210)
    #expect(result.pods[evicted.object].workload == 0)
    let pressure = try #require(result.times(.memoryPressure).first)
    #expect(pressure == evicted.time.seconds)
    // The last look that found too much is the first: 5 minutes, and the next look.
    let relief = try #require(result.times(.noMemoryPressure).first)
    #expect(abs(relief - pressure - 300) < 1e-6)
    let scheduled = result.events.filter { $0.reason == .scheduled }.map(\.time.seconds)
    #expect(scheduled.first.map { $0 >= relief && $0 < relief + 1 } == true)
    #expect(
      result.times(.failedScheduling).first.map { $0 > pressure && $0 < pressure + 1 } == true
    )
  }

  /// With both above their requests the larger excess goes: 300 - 100 against 500 - 450 at first.
  @Test func theLargerExcessGoesFirst() throws {
    var plan = Self.plan()
    plan.workloads[1].memoryRequest = 450
    let result = plan.run()
    let evicted = try #require(result.events.first { $0.reason == .evictedForMemory })
    #expect(result.pods[evicted.object].workload == 0)
    plan.workloads[1].memoryRequest = 10
    let other = plan.run()
    // Too much at 200 s: 300 + 200 - 100 against 500 - 10.
    let first = try #require(other.events.first { $0.reason == .evictedForMemory })
    #expect(other.pods[first.object].workload == 1)
  }

  @Test func aNodeWithRoomEvictsNobody() {
    var plan = Self.plan()
    plan.cluster.nodes[0].allocatableMemory = 3_000
    let result = plan.run()
    #expect(result.times(.memoryPressure).isEmpty)
    #expect(result.times(.evictedForMemory).isEmpty)
  }
}
