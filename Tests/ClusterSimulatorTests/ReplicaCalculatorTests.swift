import ClusterSimulator
import SimKernel
import Testing

/// The vectors that Kubernetes' algorithm gives, worked out by hand from its source.
@Suite struct ReplicaCalculatorTests {
  typealias Sample = ReplicaCalculator.Sample

  static func counted(_ count: Int, percent: Int64) -> [Sample] {
    Array(repeating: .counted(usage: percent * 10, request: 1_000), count: count)
  }
  static func unready(_ count: Int) -> [Sample] {
    Array(repeating: .unready(request: 1_000), count: count)
  }
  static func missing(_ count: Int) -> [Sample] {
    Array(repeating: .missing(request: 1_000), count: count)
  }

  @Test(arguments: [
    // current, target, samples, expected
    (4, 50, counted(4, percent: 150), 12),
    // 90/50 = 1.8 over 4; the 4 unready count as idle: 360/800 = 45 % → 0.9, the other side: keep.
    (8, 50, counted(4, percent: 90) + unready(4), 8),
    // Utilisation is floored to whole percents: 55 → ratio 1.10, inside the tolerance.
    (10, 50, Array(repeating: Sample.counted(usage: 555, request: 1_000), count: 10), 10),
    (10, 50, counted(10, percent: 56), 12),
    // 8 at 20 % → 0.4; 2 missing assumed at 100 %: 360/10 = 36 % → 0.72 → ceil(7.2) = 8.
    (10, 50, counted(8, percent: 20) + missing(2), 8),
    // Unready pods do not count on the way down: ceil(0.4 · 4) = 2.
    (6, 50, counted(4, percent: 20) + unready(2), 2),
    // Lower edge of the tolerance is inclusive.
    (10, 50, counted(10, percent: 45), 10),
    (10, 50, counted(10, percent: 44), 9),
  ])
  func vector(current: Int, target: Int, samples: [Sample], expected: Int) {
    let calculator = ReplicaCalculator(target: target, tolerancePPM: 100_000)
    #expect(calculator.replicas(current: current, samples: samples) == expected)
  }

  // MARK: Values instead of utilisations

  private static func used(_ count: Int, _ milli: Int64) -> [Sample] {
    Array(repeating: .counted(usage: milli, request: 0), count: count)
  }
  private static let absent = Array(repeating: Sample.missing(request: 0), count: 2)
  private static let pending = Array(repeating: Sample.unready(request: 0), count: 2)

  /// An average of 10 a pod, in thousandths.
  @Test(arguments: [
    // 15 each: 1.5 · 4.
    (4, used(4, 15_000), 6),
    // Inside the tolerance at both ends.
    (4, used(4, 11_000), 4), (4, used(4, 9_000), 4),
    // The mean is a whole number of thousandths: 11,000.9 counts as 11,000.
    (10, used(1, 11_009) + used(9, 11_000), 10),
    // Growing, 2 missing count as nothing: 60/6 = 10, inside: keep.
    (6, used(4, 15_000) + absent, 6),
    // 20 each over 4, 2 unready: 80/6 = 13.3 → 8.
    (6, used(4, 20_000) + pending, 8),
    // Shrinking, 2 missing count as the target: (4·5 + 2·10)/6 = 6.67 → 4.
    (6, used(4, 5_000) + absent, 4),
    // Shrinking, unready ones do not count: 0.5 · 4.
    (6, used(4, 5_000) + pending, 2),
  ])
  func averages(current: Int, samples: [Sample], expected: Int) {
    let calculator = ReplicaCalculator(.averageValue(10_000), downPPM: 100_000, upPPM: 100_000)
    #expect(calculator.replicas(current: current, samples: samples) == expected)
  }

  /// A value of 100 as it is: by the pods that are ready.
  @Test(arguments: [(150_000, 4, 6), (110_000, 4, 5), (90_000, 4, 5), (50_000, 3, 2), (0, 4, 0)])
  func values(value: Int64, ready: Int, expected: Int) {
    let calculator = ReplicaCalculator(.value(100_000), downPPM: 100_000, upPPM: 100_000)
    #expect(calculator.replicas(current: 5, value: value, readyPods: ready) == expected)
  }

  /// 100 a pod, whatever the pods are: 300 for three is right, 331 needs four.
  @Test(arguments: [
    (300_000, 3, 3), (330_000, 3, 3), (331_000, 3, 4), (101_000, 3, 2), (900_000, 0, 9),
  ])
  func shares(value: Int64, pods: Int, expected: Int) {
    let calculator = ReplicaCalculator(.averageValue(100_000), downPPM: 100_000, upPPM: 100_000)
    #expect(calculator.replicas(sharing: value, pods: pods) == expected)
  }

  /// 10 pods at 1.2 and 0.8 of the target: outside a tolerance of 10 %, inside one of 20 %.
  @Test(arguments: [
    (12_000, 100_000, 100_000, 12), (12_000, 100_000, 200_000, 10), (12_000, 200_000, 100_000, 12),
    (8_000, 100_000, 100_000, 8), (8_000, 200_000, 100_000, 10), (8_000, 100_000, 200_000, 8),
  ])
  func eachDirectionHasATolerance(milli: Int64, down: Int, up: Int, expected: Int) {
    let calculator = ReplicaCalculator(.averageValue(10_000), downPPM: down, upPPM: up)
    #expect(calculator.replicas(current: 10, samples: Self.used(10, milli)) == expected)
  }

  @Test func withoutAnyMetricNothingScales() {
    let calculator = ReplicaCalculator(target: 50, tolerancePPM: 100_000)
    #expect(calculator.replicas(current: 3, samples: Self.missing(3)) == nil)
    #expect(calculator.replicas(current: 3, samples: Self.unready(3)) == nil)
  }
}

/// Stabilisation and rate limits, boundaries included.
@Suite struct ScalingLimiterTests {
  static func time(_ seconds: Int64) -> SimTime { .zero + .seconds(seconds) }

  static func plan(
    behavior: ScalingBehavior? = nil,
    min: Int = 1,
    max: Int = 100
  )
    -> AutoscalerPlan
  {
    var plan = AutoscalerPlan(
      name: "shop/web",
      workload: 0,
      minReplicas: min,
      maxReplicas: max,
      targetCPUPercent: 50
    )
    plan.behavior = behavior
    return plan
  }

  @Test(arguments: [(4, 12, 8), (1, 12, 4), (2, 3, 3), (30, 90, 60), (60, 200, 100)])
  func withoutBehaviorOneSyncAtMostDoublesOrReachesFour(current: Int, proposal: Int, expected: Int)
  {
    var limiter = ScalingLimiter(plan: Self.plan())
    #expect(limiter.limit(current: current, proposal: proposal, at: Self.time(0)) == expected)
  }

  @Test func withoutBehaviorARecommendationExactly300SecondsOldStillCounts() {
    var limiter = ScalingLimiter(plan: Self.plan())
    _ = limiter.limit(current: 10, proposal: 10, at: Self.time(0))
    #expect(limiter.limit(current: 10, proposal: 2, at: Self.time(300)) == 10)
    #expect(limiter.limit(current: 10, proposal: 2, at: Self.time(301)) == 2)
  }

  @Test func withBehaviorARecommendationExactlyWindowOldNoLongerCounts() {
    var limiter = ScalingLimiter(plan: Self.plan(behavior: ScalingBehavior()))
    _ = limiter.limit(current: 10, proposal: 10, at: Self.time(0))
    #expect(limiter.limit(current: 10, proposal: 2, at: Self.time(299)) == 10)
    #expect(limiter.limit(current: 10, proposal: 2, at: Self.time(300)) == 2)
  }

  @Test func aFreshAutoscalerCannotShrinkForOneWindow() {
    var limiter = ScalingLimiter(plan: Self.plan())
    limiter.start(current: 10, at: Self.time(0))
    #expect(limiter.limit(current: 10, proposal: 2, at: Self.time(285)) == 10)
  }

  @Test func upPoliciesCountMovesOfTheirPeriod() {
    var rules = ScalingRules.defaultUp
    rules.policies = [.init(kind: .pods, value: 4, period: .seconds(60))]
    var limiter = ScalingLimiter(plan: Self.plan(behavior: ScalingBehavior(up: rules)))
    let first = limiter.limit(current: 10, proposal: 40, at: Self.time(0))
    #expect(first == 14)
    limiter.noteMove(from: 10, to: first, at: Self.time(0))
    #expect(limiter.limit(current: 14, proposal: 40, at: Self.time(30)) == 14)
    #expect(limiter.limit(current: 14, proposal: 40, at: Self.time(60)) == 18)
  }

  @Test func eachDirectionLooksBackOverItsOwnWindow() {
    // By default growth looks back over nothing and shrinking over 300 s: the low recommendation
    // of 15 s ago does not hold growth up, the high one of then holds shrinking.
    var limiter = ScalingLimiter(plan: Self.plan(behavior: ScalingBehavior()))
    #expect(limiter.limit(current: 5, proposal: 3, at: Self.time(0)) == 3)
    #expect(limiter.limit(current: 5, proposal: 20, at: Self.time(15)) == 10)
    #expect(limiter.limit(current: 10, proposal: 3, at: Self.time(30)) == 10)
  }

  @Test func growthWaitsUntilNoLowerRecommendationIsInItsWindow() {
    var up = ScalingRules.defaultUp
    up.stabilizationWindow = .seconds(60)
    var limiter = ScalingLimiter(plan: Self.plan(behavior: ScalingBehavior(up: up)))
    #expect(limiter.limit(current: 10, proposal: 10, at: Self.time(0)) == 10)
    #expect(limiter.limit(current: 10, proposal: 15, at: Self.time(59)) == 10)
    #expect(limiter.limit(current: 10, proposal: 15, at: Self.time(60)) == 15)
  }

  @Test(arguments: [(10, 20), (3, 7), (30, 60)])
  func defaultUpBehaviorTakesTheLargerOfFourPodsAndDoubling(current: Int, expected: Int) {
    var limiter = ScalingLimiter(plan: Self.plan(behavior: ScalingBehavior()))
    #expect(limiter.limit(current: current, proposal: 90, at: Self.time(0)) == expected)
  }

  @Test func disabledFreezesOneDirectionOnly() {
    var down = ScalingRules.defaultDown
    down.select = .disabled
    var limiter = ScalingLimiter(plan: Self.plan(behavior: ScalingBehavior(down: down)))
    #expect(limiter.limit(current: 10, proposal: 2, at: Self.time(600)) == 10)
    #expect(limiter.limit(current: 10, proposal: 15, at: Self.time(1200)) == 15)
  }

  @Test func percentagesRoundUpWhenGrowingAndTruncateWhenShrinking() {
    let up = ScalingRules(
      stabilizationWindow: .zero,
      select: .max,
      policies: [.init(kind: .percent, value: 50, period: .seconds(15))]
    )
    let down = ScalingRules(
      stabilizationWindow: .zero,
      select: .max,
      policies: [.init(kind: .percent, value: 50, period: .seconds(15))]
    )
    var limiter = ScalingLimiter(plan: Self.plan(behavior: ScalingBehavior(up: up, down: down)))
    #expect(limiter.limit(current: 3, proposal: 50, at: Self.time(0)) == 5)
    #expect(limiter.limit(current: 5, proposal: 1, at: Self.time(20)) == 2)
  }
}
