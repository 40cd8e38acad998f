import ClusterSimulator
import SimKernel
import Testing

/// The whole loop: CPU counters, metrics-server, HPA, ReplicaSet.
@Suite struct AutoscalerTests {
  /// Four pods on four machines; each burns `percent` of one core with all four in use.
  private static func plan(percent: Int, target: Int = 50) -> SimulationPlan {
    var plan = Worlds.single(
      replicas: 4,
      rate: 400,
      service: .deterministic(0.01),
      concurrency: 1_000,
      horizon: .minutes(10),
      nodes: 4
    )
    plan.clients[0].arrivals = .deterministic(
      RateProfile(points: [.init(time: .zero, rate: 400)])
    )
    plan.workloads[0].milliCPURequest = 1_000
    plan.workloads[0].server.cpu = .microseconds(Int64(percent) * 100)
    plan.autoscalers = [
      AutoscalerPlan(
        name: "shop/web",
        workload: 0,
        minReplicas: 1,
        maxReplicas: 20,
        targetCPUPercent: target
      )
    ]
    return plan
  }

  @Test func withoutMetricsNothingScales() {
    var plan = Self.plan(percent: 90)
    plan.cluster.controlPlane.metricsResolution = .hours(24)
    for seed in 1...5 as ClosedRange<UInt64> {
      #expect(plan.run(seed: seed).times(.successfulRescale).isEmpty)
    }
  }

  @Test func unreadyPodsDampTheGrowth() {
    // 90 % against 50 % wants 8; four idle ones would bring it to 45 %, so 8 it stays.
    var plan = Self.plan(percent: 90)
    plan.workloads[0].readinessProbe = Worlds.probe(period: 5)
    plan.workloads[0].server.startup = .deterministic(3_600)
    let result = plan.run()
    let sizes = result.events.filter { $0.reason == .successfulRescale }.map(\.value)
    #expect(sizes == [8])
    #expect(result.pods.count == 8)
  }

  @Test func aDeadNodesPodHasNoMetricAndDampsTheGrowth() throws {
    // Three pods carry the load of four: 67 %, ratio 1.33 > 1, so the one without a metric counts
    // as idle: 200 / 4 = 50 %, nothing to do until its replacement comes.
    var plan = Self.plan(percent: 50)
    plan.faults = [.nodeLoss(node: 1, at: .seconds(200), duration: nil, emptyDisk: false)]
    let result = plan.run()
    let evicted = try #require(result.times(.taintManagerEviction).first)
    #expect(result.times(.successfulRescale).filter { $0 < evicted }.isEmpty)
  }

  @Test func aRatioOfExactlyOneKeepsTheSizeWhateverIsMissing() {
    let samples =
      ReplicaCalculatorTests.counted(4, percent: 50) + ReplicaCalculatorTests.missing(4)
    let calculator = ReplicaCalculator(target: 50, tolerancePPM: 100_000)
    #expect(calculator.replicas(current: 8, samples: samples) == 8)
  }
}
