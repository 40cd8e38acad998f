import ClusterSimulator
import SimKernel
import Testing

/// Deployments on their way from one pod template to the next, against the controller's algorithm.
@Suite struct RolloutTests {
  /// One machine whose every delay is fixed, so that pods created together get ready together.
  static func plan(replicas: Int, minReady: Int64 = 0) -> SimulationPlan {
    var plan = Worlds.single(replicas: replicas, horizon: .minutes(10), nodes: 1)
    plan.window = .seconds(1)
    plan.workloads[0].templates.append(plan.workloads[0].templates[0])
    plan.workloads[0].rollout.minReady = .seconds(minReady)
    plan.workloads[0].terminationGracePeriod = .zero
    let fixed = UniformDelay(.milliseconds(100), .milliseconds(100))
    plan.cluster.controlPlane.schedulingDelay = fixed
    plan.cluster.kubelet.watchDelay = fixed
    plan.cluster.kubelet.sandbox = fixed
    plan.cluster.kubelet.containerStart = fixed
    plan.cluster.kubelet.statusDelay = fixed
    plan.operations = [
      OperationPlan(at: .seconds(60), .rollOut(workload: 0, template: 1))
    ]
    return plan
  }

  /// The sizes of the old and the new ReplicaSet after each change.
  static func sizes(_ plan: SimulationPlan, _ result: RunResult) -> [[Int]] {
    var sizes = plan.workloads[0].templates.map { _ in 0 }
    sizes[0] = plan.workloads[0].replicas
    var trace = [sizes]
    for event in result.events where event.reason == .scalingReplicaSet {
      #expect(sizes[event.object] == event.previous)
      sizes[event.object] = event.value
      trace.append(sizes)
    }
    return trace
  }

  /// Worked out by hand from rolling.go: 25 % and 25 % of ten are three more and two fewer.
  @Test func tenReplicasTakeTheDocumentedSteps() {
    let plan = Self.plan(replicas: 10)
    let result = plan.run()
    #expect(
      Self.sizes(plan, result)
        == [[10, 0], [10, 3], [8, 3], [8, 5], [3, 5], [3, 10], [0, 10]]
    )
    #expect(result.workloadWindows.map(\.ready).min() == 8)
    #expect(result.workloadWindows.map(\.current).max() == 13)
    #expect(result.workloadWindows.last?.ready == 10)
    #expect(result.workloadWindows.last?.current == 10)
  }

  /// From rolling.go by hand, all new pods becoming available together.
  @Test(
    "steps of other fenceposts",
    arguments: [
      // One more, none fewer.
      (2, .count(1), .count(0), [[2, 0], [2, 1], [1, 1], [1, 2], [0, 2]]),
      // None more, one fewer.
      (2, .count(0), .count(1), [[2, 0], [1, 0], [1, 1], [0, 1], [0, 2]]),
      // Everything at once.
      (3, .percent(100), .count(0), [[3, 0], [3, 3], [0, 3]]),
      (3, .count(0), .percent(100), [[3, 0], [0, 0], [0, 3]]),
      // Both round to nothing: one fewer, lest it never move.
      (2, .count(0), .percent(10), [[2, 0], [1, 0], [1, 1], [0, 1], [0, 2]]),
      // A quarter of one is one more and none fewer.
      (1, .percent(25), .percent(25), [[1, 0], [1, 1], [0, 1]]),
    ] as [(Int, RolloutPlan.Amount, RolloutPlan.Amount, [[Int]])]
  )
  func steps(
    replicas: Int,
    surge: RolloutPlan.Amount,
    unavailable: RolloutPlan.Amount,
    expected: [[Int]]
  ) {
    var plan = Self.plan(replicas: replicas)
    plan.workloads[0].rollout.strategy = .rollingUpdate(
      maxSurge: surge,
      maxUnavailable: unavailable
    )
    #expect(Self.sizes(plan, plan.run()) == expected)
  }

  @Test(
    "fenceposts: surge rounds up, unavailable down",
    arguments: [(1, 1, 0), (4, 1, 1), (10, 3, 2), (0, 0, 1), (3, 1, 0), (7, 2, 1)]
  )
  func fenceposts(desired: Int, surge: Int, unavailable: Int) {
    let limits = RolloutPlan().limits(desired: desired)
    #expect(limits.surge == surge)
    #expect(limits.unavailable == unavailable)
  }

  /// Old pods go first, terminating ones included; only then the new ones come: nobody serves.
  @Test func recreateIsAnOutage() throws {
    var plan = Self.plan(replicas: 4)
    plan.workloads[0].rollout.strategy = .recreate
    plan.workloads[0].terminationGracePeriod = .seconds(30)
    plan.workloads[0].preStopSleep = .seconds(20)
    let result = plan.run()
    #expect(Self.sizes(plan, result) == [[4, 0], [0, 0], [0, 4]])
    let gone = result.events.filter { $0.reason == .deleted }.map(\.time)
    let created = result.events.filter { $0.reason == .successfulCreate }.map(\.time)
    #expect(gone.count == 4)
    #expect(try #require(gone.max()) < #require(created.min()))
    #expect(try #require(gone.max()) >= SimTime.zero + .seconds(80))
    #expect(result.workloadWindows.map(\.ready).min() == 0)
  }

  /// A pod counts as available after it has been ready for `minReadySeconds`.
  @Test(arguments: [0, 20] as [Int64])
  func minReadySecondsHoldsTheRolloutBack(_ minReady: Int64) throws {
    let plan = Self.plan(replicas: 2, minReady: minReady)
    let result = plan.run()
    #expect(Self.sizes(plan, result) == [[2, 0], [2, 1], [1, 1], [1, 2], [0, 2]])
    let ready = result.events.filter { $0.reason == .ready }.map(\.time)
    let shrunk = result.events.filter { $0.reason == .scalingReplicaSet && $0.object == 0 }
      .map(\.time)
    for (ready, shrunk) in zip(ready, shrunk) {
      let wait = shrunk - ready
      #expect(wait >= .seconds(minReady))
      #expect(wait < .seconds(minReady) + .milliseconds(100))
    }
  }

  /// New pods that never get ready stop the rollout: three new, eight old, for ever, and a note
  /// after the deadline; nothing is rolled back.
  @Test func abadTemplateStopsTheRollout() {
    var plan = Self.plan(replicas: 10)
    plan.horizon = .minutes(20)
    plan.workloads[0].readinessProbe = Worlds.probe(period: 1)
    plan.workloads[0].templates[1] = plan.workloads[0].templates[0]
    plan.workloads[0].templates[1].server.startup = .deterministic(7_200)
    let result = plan.run()
    #expect(Self.sizes(plan, result) == [[10, 0], [10, 3], [8, 3], [8, 5]])
    #expect(result.workloadWindows.last?.ready == 8)
    let failed = result.events.filter { $0.reason == .progressDeadlineExceeded }
    #expect(failed.count == 1)
    #expect(failed[0].time > SimTime.zero + .seconds(660))
    #expect(failed[0].time < SimTime.zero + .seconds(662))
  }

  /// Going back to the old template uses its ReplicaSet again.
  @Test func undoReturnsToTheOldReplicaSet() {
    var plan = Self.plan(replicas: 4)
    plan.operations.append(
      OperationPlan(at: .seconds(300), .rollOut(workload: 0, template: 0))
    )
    let result = plan.run()
    #expect(Self.sizes(plan, result).last == [4, 0])
    #expect(result.events.filter { $0.reason == .progressDeadlineExceeded }.isEmpty)
  }

  /// Worked out by hand from sync.go: 8 old and 5 new of ten with a surge of three, resized to 20
  /// (surge five): 25 are allowed, 12 to add; 8·25/13 = 15.4 → 15 and 5·25/13 = 9.6 → 10.
  @Test func resizingDuringARolloutSpreadsTheDifference() {
    var plan = Self.plan(replicas: 10)
    plan.workloads[0].readinessProbe = Worlds.probe(period: 1)
    plan.workloads[0].templates[1] = plan.workloads[0].templates[0]
    plan.workloads[0].templates[1].server.startup = .deterministic(7_200)
    plan.operations.append(OperationPlan(at: .seconds(90), .scale(workload: 0, replicas: 20)))
    let trace = Self.sizes(plan, plan.run())
    #expect(trace.prefix(6).suffix(3) == [[8, 5], [15, 5], [15, 10]])
  }

  /// A paused rollout stands still; it may still be resized.
  @Test func aPausedRolloutStandsStill() {
    var plan = Self.plan(replicas: 4)
    plan.operations += [
      OperationPlan(at: .seconds(50), .pauseRollout(workload: 0)),
      OperationPlan(at: .seconds(120), .resumeRollout(workload: 0)),
    ]
    let result = plan.run()
    let first = result.events.first { $0.reason == .scalingReplicaSet }
    #expect(first.map { $0.time > SimTime.zero + .seconds(120) } == true)
    #expect(Self.sizes(plan, result).last == [0, 4])
  }
}
