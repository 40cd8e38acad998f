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
