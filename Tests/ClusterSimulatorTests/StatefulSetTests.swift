import ClusterSimulator
import SimKernel
import Testing

/// A StatefulSet's pods come, go and change in order.
@Suite struct StatefulSetTests {
  private static func plan(
    replicas: Int,
    management: RolloutPlan.PodManagement = .orderedReady
  ) -> SimulationPlan {
    var plan = RolloutTests.plan(replicas: replicas)
    plan.workloads[0].kind = .statefulSet
    plan.workloads[0].rollout.podManagement = management
    plan.workloads[0].terminationGracePeriod = .seconds(30)
    plan.workloads[0].preStopSleep = .seconds(5)
    plan.operations = []
    return plan
  }

  /// What happened to pods, as `verb name` in order.
  private static func story(
    _ result: RunResult,
    _ reasons: [ClusterEvent.Reason: String]
  ) -> [String] {
    result.events.compactMap { event in
      guard let verb = reasons[event.reason] else { return nil }
      let isOfPod = event.reason == .ready || event.reason == .deleted
      return "\(verb) \(result.pods[isOfPod ? event.object : event.value].name)"
    }
  }

  private static let comings: [ClusterEvent.Reason: String] = [
    .successfulCreate: "create", .ready: "ready",
  ]
  private static let goings: [ClusterEvent.Reason: String] = [
    .successfulDelete: "delete", .deleted: "gone",
  ]

  @Test func podsStartOneAfterTheOther() {
    var plan = Self.plan(replicas: 1)
    plan.operations = [OperationPlan(at: .seconds(10), .scale(workload: 0, replicas: 4))]
    #expect(
      Self.story(plan.run(), Self.comings) == [
        "create web-1", "ready web-1", "create web-2", "ready web-2", "create web-3", "ready web-3",
      ]
    )
  }

  @Test func inParallelNobodyWaits() {
    var plan = Self.plan(replicas: 1, management: .parallel)
    plan.operations = [OperationPlan(at: .seconds(10), .scale(workload: 0, replicas: 4))]
    #expect(
      Self.story(plan.run(), Self.comings).prefix(3)
        == ["create web-1", "create web-2", "create web-3"]
    )
  }

  @Test func podsStopFromTheTopEachWhenTheOneAboveIsGone() {
    var plan = Self.plan(replicas: 4)
    plan.operations = [OperationPlan(at: .seconds(10), .scale(workload: 0, replicas: 1))]
    #expect(
      Self.story(plan.run(), Self.goings) == [
        "delete web-3", "gone web-3", "delete web-2", "gone web-2", "delete web-1", "gone web-1",
      ]
    )
  }

  @Test(
    "a new template goes from the highest ordinal down to the partition",
    arguments: [(0, ["web-2", "web-1", "web-0"]), (1, ["web-2", "web-1"]), (3, [])]
  )
  func rollingUpdate(partition: Int, expected: [String]) {
    var plan = Self.plan(replicas: 3)
    plan.workloads[0].rollout.partition = partition
    plan.operations = [OperationPlan(at: .seconds(10), .rollOut(workload: 0, template: 1))]
    let story = Self.story(
      plan.run(),
      [.successfulDelete: "delete", .successfulCreate: "create", .ready: "ready"]
    )
    #expect(story == expected.flatMap { ["delete \($0)", "create \($0)", "ready \($0)"] })
  }

  /// The object of a pod on a lost machine stands in the way of its successor.
  @Test func aPodOnALostMachineIsNotReplaced() {
    var plan = Self.plan(replicas: 2)
    plan.cluster.nodes = Worlds.nodes(3)
    plan.horizon = .minutes(20)
    let calm = plan.run()
    plan.faults = [
      .nodeLoss(node: calm.pods[0].node, at: .minutes(1), duration: .minutes(14), emptyDisk: false)
    ]
    let story = Self.story(plan.run(), Self.comings.merging(Self.goings) { one, _ in one })
    #expect(story == ["gone web-0", "create web-0", "ready web-0"])
  }

  @Test func aDeletedPodComesBackUnderItsName() {
    var plan = Self.plan(replicas: 3)
    plan.operations = [OperationPlan(at: .seconds(10), .deletePods(workload: 0, count: 1))]
    #expect(
      Self.story(plan.run(), Self.comings.merging(Self.goings) { one, _ in one })
        == ["gone web-0", "create web-0", "ready web-0"]
    )
  }
}
