import ClusterSimulator
import SimKernel
import Testing

/// One readable timeline a mechanism.
///
/// A slice is written 0.1 s after what it tells of and live 0.1 s later, rounds are a second apart,
/// a sandbox takes a second. Controllers see things 10 ms late and call the API 10 ms apart; all
/// else takes no time.
@Suite struct MechanismTimelineTests {
  /// Pods behind one Service that nobody calls.
  private static func web(
    _ replicas: Int,
    nodes: Int = 1,
    horizon: SimDuration = .minutes(10)
  ) -> SimulationPlan {
    var plan = Worlds.single(
      replicas: replicas,
      rate: 1e-9,
      horizon: horizon,
      nodes: nodes
    )
    plan.cluster.makeDelaysExact()
    plan.workloads[0].templates.append(plan.workloads[0].templates[0])
    return plan
  }

  private static func operations(_ all: (Int64, OperationPlan.Verb)...) -> [OperationPlan] {
    all.map { OperationPlan(at: .seconds($0.0), $0.1) }
  }

  /// The nodes' part of a timeline: users outside learn of endpoints in their own time.
  private static func text(
    _ timeline: Timeline,
    adding reasons: Set<ClusterEvent.Reason> = []
  ) -> String {
    timeline.lines(from: .seconds(1), of: Timeline.usual.union(reasons))
      .split(separator: "\n").filter { !$0.contains(" users ") }.joined(separator: "\n")
  }

  @Test func scaleUp() {
    var plan = Self.web(1)
    plan.operations = Self.operations((60, .scale(workload: 0, replicas: 2)))
    #expect(
      Self.text(Timeline(plan), adding: [.successfulCreate]) == """
        60.0s web-1 created
        61.0s web-1 Ready
        61.2s node-1 web: web-0 web-1
        """
    )
  }

  /// The replacement comes at once and not when the old pod is gone; preStop takes five seconds.
  @Test func deletePod() {
    var plan = Self.web(2)
    plan.workloads[0].preStopSleep = .seconds(5)
    plan.operations = Self.operations((60, .deletePods(workload: 0, count: 1)))
    #expect(
      Self.text(Timeline(plan), adding: [.successfulCreate]) == """
        60.0s web-0 Killing
        60.0s web-2 created
        60.2s node-1 web: web-1
        61.0s web-2 Ready
        61.3s node-1 web: web-1 web-2
        65.0s web-0 NotReady
        65.0s web-0 gone
        """
    )
  }

  /// 25 % of four are one more and one fewer: rolling.go by hand.
  @Test func rollingUpdate() {
    var plan = Self.web(4)
    plan.operations = Self.operations((60, .rollOut(workload: 0, template: 1)))
    let lines = Timeline(plan).lines(from: .seconds(1), of: [.scalingReplicaSet, .ready])
    #expect(
      lines.split(separator: "\n").filter { !$0.contains(" users ") }.joined(separator: "\n")
        == """
        60.0s template 1: 0 → 1
        60.0s template 0: 4 → 3
        60.0s template 1: 1 → 2
        60.2s node-1 web: web-0 web-1 web-2
        61.0s web-4 Ready
        61.0s template 0: 3 → 2
        61.0s web-5 Ready
        61.1s template 1: 2 → 3
        61.1s template 0: 2 → 1
        61.1s template 1: 3 → 4
        61.3s node-1 web: web-0 web-4 web-5
        62.1s web-6 Ready
        62.1s template 0: 1 → 0
        62.1s web-7 Ready
        62.4s node-1 web: web-4 web-5 web-6 web-7
        """
    )
  }

  /// Up in order, each when the one before is ready; down from the top.
  @Test func statefulSet() {
    var plan = Self.web(1)
    plan.workloads[0].kind = .statefulSet
    plan.workloads[0].preStopSleep = .seconds(3)
    plan.operations = Self.operations(
      (60, .scale(workload: 0, replicas: 3)),
      (80, .scale(workload: 0, replicas: 1))
    )
    #expect(
      Self.text(Timeline(plan), adding: [.successfulCreate]) == """
        60.0s web-1 created
        61.0s web-1 Ready
        61.0s web-2 created
        61.2s node-1 web: web-0 web-1
        62.0s web-2 Ready
        62.3s node-1 web: web-0 web-1 web-2
        80.0s web-2 Killing
        80.2s node-1 web: web-0 web-1
        83.0s web-2 NotReady
        83.0s web-2 gone
        83.0s web-1 Killing
        83.2s node-1 web: web-0
        86.0s web-1 NotReady
        86.0s web-1 gone
        """
    )
  }

  /// The budget lets one go at a time; kubectl asks again every five seconds.
  @Test func drainWithBudget() {
    var plan = Self.web(4, nodes: 2)
    plan.operations = Self.operations((60, .drain(node: 0)))
    let budget = DisruptionBudgetPlan.Limit.maxUnavailable(.count(1))
    plan.disruptionBudgets = [
      DisruptionBudgetPlan(name: "shop/web", workloads: [0], limit: budget)
    ]
    let reasons: Set<ClusterEvent.Reason> = [.evicted, .nodeNotSchedulable, .successfulCreate]
    let text = Self.text(Timeline(plan), adding: reasons).split(separator: "\n")
    #expect(
      text.filter { !$0.contains("node-1 web") && !$0.contains("Killing") }
        .filter { !$0.contains(" NotReady") }.joined(separator: "\n") == """
          60.0s node-1 cordoned
          60.0s web-1 evicted
          60.0s web-1 gone
          60.0s web-4 created
          60.2s node-2 web: web-0 web-2 web-3
          61.0s web-4 Ready
          61.3s node-2 web: web-0 web-2 web-3 web-4
          65.0s web-3 evicted
          65.0s web-3 gone
          65.0s web-5 created
          65.2s node-2 web: web-0 web-2 web-4
          66.0s web-5 Ready
          66.3s node-2 web: web-0 web-2 web-4 web-5
          """
    )
  }

  /// Noticed after 40 to 55 s, evicted 300 s after that, replaced at once; the object stays.
  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func nodeDeath(seed: UInt64) throws {
    var plan = Self.web(2, nodes: 2)
    plan.faults = [.nodeLoss(node: 0, at: .seconds(60), duration: nil, emptyDisk: false)]
    let timeline = Timeline(plan, seed: seed)
    let noticed = try #require(timeline.result.events.first { $0.reason == .nodeNotReady }).time
    #expect(noticed.seconds - 60 >= 40 && noticed.seconds - 60 <= 55)
    let dead = try #require(timeline.result.pods.firstIndex { $0.node == 0 })
    /// Milliseconds after that, as timelines print them.
    func after(_ delay: Int64) -> String {
      let tenths = ((noticed + .milliseconds(delay)).nanoseconds + 50_000_000) / 100_000_000
      return "\(tenths / 10).\(tenths % 10)s"
    }
    #expect(
      Self.text(timeline, adding: [.successfulCreate, .taintManagerEviction]) == """
        60.0s node-1 lost
        \(after(0)) node-1 NotReady
        \(after(0)) web-\(dead) NotReady
        \(after(200)) node-2 web: web-\(1 - dead)
        \(after(300_000)) web-\(dead) evicted
        \(after(300_010)) web-2 created
        \(after(301_010)) web-2 Ready
        \(after(301_210)) node-2 web: web-\(1 - dead) web-2
        """
    )
  }

  /// The startup probe, due every second, finds nobody listening: at once, then after 10, 20, 40,
  /// 80, 160 s.
  @Test func crashLoop() {
    var plan = Self.web(1)
    plan.workloads[0].server.startup = .deterministic(3_600)
    plan.workloads[0].startupProbe = Worlds.probe(period: 1, failures: 1)
    plan.operations = Self.operations((60, .scale(workload: 0, replicas: 2)))
    let lines = Timeline(plan).lines(from: .seconds(1), of: [.started, .backOff])
    #expect(
      lines == """
        61.0s web-1 started
        61.0s web-1 started
        62.0s web-1 BackOff 10 s
        72.0s web-1 started
        72.0s web-1 BackOff 20 s
        92.0s web-1 started
        92.0s web-1 BackOff 40 s
        132.0s web-1 started
        132.0s web-1 BackOff 80 s
        212.0s web-1 started
        212.0s web-1 BackOff 160 s
        372.0s web-1 started
        372.0s web-1 BackOff 300 s
        """
    )
  }

  /// Listed as soon as it has an address; it listens after 18 s and is asked every five.
  @Test(arguments: [true, false])
  func publishNotReadyAddresses(isPublished: Bool) {
    var plan = Self.web(1)
    plan.workloads[0].server.startup = .deterministic(18)
    plan.workloads[0].readinessProbe = Worlds.probe(period: 5)
    plan.services[0].publishNotReadyAddresses = isPublished
    plan.operations = Self.operations((60, .scale(workload: 0, replicas: 2)))
    #expect(
      Self.text(Timeline(plan), adding: [.started])
        == (isPublished
          ? """
          61.0s web-1 started
          61.2s node-1 web: web-0 web-1
          81.0s web-1 Ready
          """
          : """
          61.0s web-1 started
          81.0s web-1 Ready
          81.2s node-1 web: web-0 web-1
          """)
    )
  }

  /// `kubectl edit` of a selector that matched nothing, and `kubectl delete service`, which needs
  /// no slice.
  @Test func selectorIsCorrected() {
    var plan = DiscoveryTests.throughFront(.dns)
    plan.cluster.nodes = Worlds.nodes(1)
    plan.services[1].workloads = []
    plan.services[1].application = [1]
    plan.serviceOperations = [
      ServiceOperation(at: .seconds(30), service: 1, .select([1])),
      ServiceOperation(at: .seconds(45), service: 1, .delete),
    ]
    #expect(
      Self.text(Timeline(plan)) == """
        30.2s node-1 back: back-0 back-1
        45.1s node-1 back: none
        """
    )
  }

  /// Rules follow the pods; a list of addresses in a configuration never changes.
  @Test func hardcodedAddressesStay() {
    var plan = DiscoveryTests.throughFront(.hardcodedIP(capturedAt: .zero))
    plan.cluster.nodes = Worlds.nodes(1)
    plan.operations = Self.operations((20, .deletePods(workload: 1, count: 1)))
    let timeline = Timeline(plan)
    #expect(timeline.start.hasSuffix("configuration of shop/web back: back-0 back-1"))
    #expect(
      Self.text(timeline, adding: [.successfulCreate]) == """
        20.0s back-0 Killing
        20.0s back-0 NotReady
        20.0s back-0 gone
        20.0s back-2 created
        20.2s node-1 back: back-1
        21.0s back-2 Ready
        21.3s node-1 back: back-1 back-2
        """
    )
  }

  /// Two minutes of calls, four of silence, more than the 100 s of the affinity, and again two.
  @Test func sessionAffinity() {
    var plan = DiscoveryTests.throughFront(.dns, backends: 3)
    plan.horizon = .minutes(8)
    plan.services[1].affinityTimeout = .seconds(100)
    let steps: [(Int64, Double)] = [(0, 1), (120, 1), (121, 0), (360, 0), (361, 1), (480, 1)]
    plan.clients[0].arrivals = .deterministic(
      RateProfile(points: steps.map { .init(time: .zero + .seconds($0.0), rate: $0.1) })
    )
    let result = plan.run(details: true)
    let used = (0..<8).map { minute in
      result.podWindows.filter {
        $0.window == minute && $0.requests > 0 && result.pods[$0.pod].workload == 1
      }.map(\.pod)
    }
    #expect(used.map(\.count) == [1, 1, 1, 0, 0, 0, 1, 1])
    #expect(used[0] == used[1] && used[6] == used[7])
  }
}
