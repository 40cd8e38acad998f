import ClusterSimulator
import SimKernel
import Testing

/// Which lost nodes' pods are evicted, and when, by zones (node_lifecycle_controller.go).
@Suite struct ZoneEvictionTests {
  /// Zones of so many nodes with one pod on each.
  private static func plan(
    zones: [Int],
    losing lost: [Int],
    at seconds: Int64 = 60
  ) -> SimulationPlan {
    let count = zones.reduce(0, +)
    var plan = Worlds.single(replicas: count, rate: 0, horizon: .minutes(20), nodes: count)
    let names = zones.enumerated().flatMap { index, size in
      [String](repeating: "zone-\(index)", count: size)
    }
    for (node, zone) in names.enumerated() { plan.cluster.nodes[node].zone = zone }
    plan.faults = lost.map {
      .nodeLoss(node: $0, at: .seconds(seconds), duration: nil, emptyDisk: false)
    }
    return plan
  }

  private static func times(_ reason: ClusterEvent.Reason, _ result: RunResult) -> [SimTime] {
    result.events.filter { $0.reason == reason }.map(\.time)
  }

  @Test func aLostNodeIsEvictedAfterItsToleration() throws {
    let result = Self.plan(zones: [3, 3], losing: [1]).run()
    let unknown = try #require(Self.times(.nodeNotReady, result).first)
    #expect(Self.times(.taintManagerEviction, result) == [unknown + .seconds(300)])
  }

  /// The pods of a whole lost zone go, a node every ten seconds.
  @Test func aLostZoneIsEvictedAtTheNormalRate() throws {
    let result = Self.plan(zones: [4, 4], losing: [0, 1, 2, 3]).run()
    let evicted = Self.times(.taintManagerEviction, result)
    let first = try #require(Self.times(.nodeNotReady, result).min())
    #expect(evicted.count == 4)
    #expect(evicted.first == first + .seconds(300))
    for (earlier, later) in zip(evicted, evicted.dropFirst()) {
      #expect(later - earlier == .seconds(10))
    }
  }

  /// Six of ten nodes are 60 %, so the zone's network is suspected and nobody is evicted, except
  /// for those that were tainted while fewer were known to be gone.
  @Test func aSmallZoneInPartIsLeftAlone() {
    let result = Self.plan(zones: [10, 4], losing: [0, 1, 2, 3, 4, 5]).run()
    #expect(Self.times(.nodeNotReady, result).count == 6)
    #expect(Self.times(.taintManagerEviction, result).count <= 2)
    let two = Self.plan(zones: [10, 4], losing: [0, 1]).run()
    #expect(Self.times(.taintManagerEviction, two).count == 2)
  }

  /// When every node is silent the control plane is the one that is cut off.
  @Test func nothingIsEvictedWhenAllZonesAreGone() {
    let result = Self.plan(zones: [2, 2], losing: [0, 1, 2, 3]).run()
    #expect(Self.times(.nodeNotReady, result).count == 4)
    #expect(Self.times(.taintManagerEviction, result).isEmpty)
    #expect(result.pods.count == 4)
  }

  /// One comes back after five minutes: the others get a grace period of 50 s, the taint, and
  /// their 300 s.
  @Test func evictionsBeginAnewWhenANodeIsBack() throws {
    var plan = Self.plan(zones: [2, 2], losing: [0, 1, 2])
    plan.faults.append(
      .nodeLoss(node: 3, at: .seconds(60), duration: .seconds(300), emptyDisk: false)
    )
    let result = plan.run()
    let back = try #require(Self.times(.nodeReady, result).first)
    let evicted = Self.times(.taintManagerEviction, result)
    #expect(evicted.count == 3)
    #expect(evicted.min() == back + .seconds(350))
  }

  @Test(
    "a pod's own toleration",
    arguments: [
      (PodTemplatePlan.Toleration.byDefault, 300), (.seconds(.seconds(30)), 30),
      (.seconds(.zero), 0), (.forever, nil),
    ] as [(PodTemplatePlan.Toleration, Int64?)]
  )
  func tolerations(toleration: PodTemplatePlan.Toleration, seconds: Int64?) throws {
    var plan = Self.plan(zones: [3, 3], losing: [1])
    plan.workloads[0].unreachableToleration = toleration
    let result = plan.run()
    let unknown = try #require(Self.times(.nodeNotReady, result).first)
    let expected = seconds.map { [unknown + .seconds($0)] } ?? []
    #expect(Self.times(.taintManagerEviction, result) == expected)
  }
}
