import Experiments
import Scenarios
import Testing

/// A threshold is judged by the bounds of the interval, never by its mean.
@Suite struct ThresholdsTests {
  private typealias Result = ThresholdVerdict.Result

  private func verdicts(
    _ threshold: Threshold,
    _ estimates: [MetricEstimate],
    variants: [String] = ["service"]
  ) -> [ThresholdVerdict] {
    Thresholds.judge(
      [threshold],
      variants: variants.map { VariantResult(name: $0, runs: [], estimates: estimates) }
    )
  }

  @Test(arguments: [
    (Threshold.Comparison.atLeast, 0.97, ThresholdVerdict.Result.pass),
    (.atLeast, 0.98, .pass),  // the lower bound itself keeps ">="
    (.atLeast, 0.985, .notEnoughRuns),  // the mean, 0.99, keeps it, the lower bound does not
    (.atLeast, 0.995, .notEnoughRuns),
    (.atLeast, 1.0, .notEnoughRuns),  // the upper bound might just keep it
    (.atLeast, 1.001, .fail),
    (.above, 0.98, .notEnoughRuns),
    (.above, 0.979, .pass),
    (.above, 1.0, .fail),
    (.atMost, 1.0, .pass),
    (.atMost, 0.99, .notEnoughRuns),
    (.atMost, 0.979, .fail),
    (.below, 1.0, .notEnoughRuns),
    (.below, 1.001, .pass),
    (.below, 0.98, .fail),
  ])
  func boundsDecide(
    comparison: Threshold.Comparison,
    bound: Double,
    expected: ThresholdVerdict.Result
  ) {
    let verdicts = verdicts(
      HandMade.threshold("availability", comparison, bound),
      [HandMade.estimate("availability_ratio", low: 0.98, high: 1.0)]
    )
    #expect(verdicts.map(\.result) == [expected])
  }

  @Test func oneReplicationDecidesNothing() {
    let verdicts = verdicts(
      HandMade.threshold("availability", .atLeast, 0.5),
      [HandMade.estimate("availability_ratio", low: 1, high: 1, count: 1)]
    )
    #expect(verdicts.map(\.result) == [.notEnoughRuns])
  }

  @Test func equalReplicationsDecide() {
    let verdicts = verdicts(
      HandMade.threshold("outage", .atMost, 0),
      [HandMade.estimate("outage_s", low: 0, high: 0)]
    )
    #expect(verdicts.map(\.result) == [.pass])
  }

  @Test func missingEstimateIsUndecided() {
    let verdicts = verdicts(HandMade.threshold("latency_p99", .below, 3_000), [])
    #expect(verdicts.map(\.result) == [.notEnoughRuns])
    #expect(verdicts.first?.estimate == nil)
  }

  @Test func everyClientAndVariantIsJudgedUnlessNamed() {
    let estimates = [
      HandMade.estimate("availability_ratio", low: 0.999, high: 1, client: "app"),
      HandMade.estimate("availability_ratio", low: 0.5, high: 0.6, client: "web"),
    ]
    let all = verdicts(
      HandMade.threshold("availability", .atLeast, 0.99),
      estimates,
      variants: ["a", "b"]
    )
    #expect(
      all.map { "\($0.variant) \($0.client) \($0.result)" } == [
        "a app pass", "a web fail", "b app pass", "b web fail",
      ]
    )
    let named = verdicts(
      HandMade.threshold("availability", .atLeast, 0.99, variant: "b", client: "app"),
      estimates,
      variants: ["a", "b"]
    )
    #expect(named.map { "\($0.variant) \($0.client) \($0.result)" } == ["b app pass"])
  }

  @Test func metricOfTheClusterHasNoClient() {
    let verdicts = verdicts(
      HandMade.threshold("idle_pods", .atMost, 3),
      [HandMade.estimate("idle_pods_total", low: 27, high: 29, client: nil)]
    )
    #expect(verdicts.map(\.client) == [""])
    #expect(verdicts.map(\.result) == [.fail])
  }
}
