import ClusterSimulator
import SimKernel
import Testing

/// Autoscalers on other things than CPU, the whole loop.
@Suite struct AutoscalerMetricTests {
  /// Four pods, 40 requests a second that take half a second each, one autoscaler.
  private static func plan(_ metrics: [MetricPlan]) -> SimulationPlan {
    var plan = Worlds.single(
      replicas: 4,
      service: .deterministic(0.5),
      concurrency: 1_000,
      horizon: .minutes(20),
      nodes: 4
    )
    plan.cluster.makeDelaysExact()
    plan.clients[0].arrivals = .deterministic(
      RateProfile(points: [.init(time: .zero, rate: 40)])
    )
    plan.workloads[0].milliCPURequest = 1_000
    plan.workloads[0].memoryRequest = 1_000
    plan.workloads[0].server.cpu = .milliseconds(50)
    var autoscaler = AutoscalerPlan(
      name: "shop/web",
      workload: 0,
      minReplicas: 1,
      maxReplicas: 20,
      targetCPUPercent: 50
    )
    autoscaler.metrics = metrics
    plan.autoscalers = [autoscaler]
    return plan
  }

  private static func sizes(_ plan: SimulationPlan) -> [Int] {
    plan.run().events.filter { $0.reason == .successfulRescale }.map(\.value)
  }

  private static func metric(
    _ source: MetricPlan.Source,
    _ target: MetricPlan.Target
  ) -> MetricPlan {
    MetricPlan(name: "m", source: source, target: target)
  }

  /// Each pod has 10 requests a second; 5 wanted make 8 pods, 10 wanted 4, as there are.
  @Test(arguments: [(5_000, [8]), (10_000, [])] as [(Int64, [Int])])
  func requestsPerSecond(target: Int64, expected: [Int]) {
    let metric = Self.metric(.pods(.requestsPerSecond), .averageValue(target))
    #expect(Self.sizes(Self.plan([metric])) == expected)
  }

  /// 40 a second for half a second each are 20 in flight, 5 a pod: by Little's law.
  @Test func requestsInFlight() {
    let metric = Self.metric(.object(.requestsInFlight, workloads: [0]), .averageValue(2_500))
    #expect(Self.sizes(Self.plan([metric])) == [8])
  }

  /// 40 requests a second behind the Service, 20 wanted: twice the four pods that are ready, and
  /// then there are 40 over eight all the same: the metric of an object knows no pods.
  @Test func anObjectsValueGrowsWithoutEndWhileItStaysAbove() {
    let metric = Self.metric(.object(.requestsPerSecond, workloads: [0]), .value(20_000))
    let sizes = Self.sizes(Self.plan([metric]))
    #expect(sizes.first == 8)
    #expect(sizes.last == 20)
  }

  /// Half of 1,000 bytes at rest and 100 for each of 5 requests: 1,000 of 1,000 asked for; 80 %
  /// wanted: ceil(4 · 1.25) = 5 pods, which hold 4 requests each: 90 %, 1.125 → 6, then 3.33:
  /// 83 %, inside the tolerance.
  @Test func memoryUtilization() {
    var plan = Self.plan([Self.metric(.memory, .utilization(percent: 80))])
    var memory = MemoryPlan(base: 500)
    memory.perRequest = 100
    plan.workloads[0].server.memory = memory
    let sizes = Self.sizes(plan)
    #expect(sizes.prefix(1) == [5])
    #expect((5...7).contains(sizes.last ?? 0))
  }

  /// 10 requests of 50 ms are 50 % of a core, as wanted; requests want 8 pods, a queue of 30 at 5
  /// a pod wants 6.
  @Test func theLargestProposalCounts() {
    let queue = MetricSeries(points: [.init(time: .zero, value: 30)])
    let metrics = [
      MetricPlan.cpu(percent: 50), Self.metric(.series(queue), .averageValue(5_000)),
      Self.metric(.pods(.requestsPerSecond), .averageValue(5_000)),
    ]
    #expect(Self.sizes(Self.plan(metrics)) == [8])
  }

  /// A queue of 5 at 5 a pod wants one pod, five minutes after the start at the earliest.
  ///
  /// As long as another metric cannot be read, nobody shrinks; what wants more still grows.
  @Test(
    arguments: [(5.0, true, []), (5.0, false, [1]), (40.0, true, [8])] as [(Double, Bool, [Int])]
  )
  func aFailingMetricForbidsShrinkingOnly(value: Double, isFailing: Bool, expected: [Int]) {
    let queue = MetricSeries(points: [.init(time: .zero, value: value)])
    var other = queue
    if isFailing { other.outages = [.zero..<(.zero + .hours(1))] }
    let metrics = [
      Self.metric(.series(queue), .averageValue(5_000)),
      Self.metric(.series(other), .averageValue(5_000)),
    ]
    #expect(Self.sizes(Self.plan(metrics)) == expected)
  }

  /// The queue jumps from 20 to 40 at 300 s; it is collected every 15 s and looked at every 15 s:
  /// pods come up to 30 s later, never before.
  @Test func metricsLag() throws {
    let points: [MetricSeries.Point] = [
      .init(time: .zero, value: 20), .init(time: .zero + .seconds(300), value: 20),
      .init(time: .zero + .milliseconds(300_001), value: 40),
    ]
    for seed in 1...20 as ClosedRange<UInt64> {
      let metric = Self.metric(.series(MetricSeries(points: points)), .averageValue(5_000))
      let moved = try #require(Self.plan([metric]).run(seed: seed).times(.successfulRescale).first)
      #expect(moved > 300 && moved <= 330.1)
    }
  }

  @Test func aSeriesIsLinearInBetweenAndHasOutages() {
    var series = MetricSeries(points: [
      .init(time: .zero + .seconds(10), value: 10), .init(time: .zero + .seconds(20), value: 20),
    ])
    series.outages = [.zero + .seconds(16)..<(.zero + .seconds(17))]
    let values = [0, 10, 15, 16, 17, 30].map { series.milliValue(at: .zero + .seconds($0)) }
    #expect(values == [10_000, 10_000, 15_000, nil, 17_000, 20_000])
  }
}
