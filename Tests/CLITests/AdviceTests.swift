import Experiments
import KubernetesManifests
import PodstormCLI
import Scenarios
import Statistics
import Testing

@Suite struct AdviceTests {
  private func verdict(
    mean: Double,
    halfWidth: Double,
    count: Int,
    bound: Double,
    result: ThresholdVerdict.Result = .notEnoughRuns
  ) -> ThresholdVerdict {
    let interval = ConfidenceInterval(
      mean: mean,
      low: mean - halfWidth,
      high: mean + halfWidth,
      confidence: 0.95,
      count: count,
      standardDeviation: 1
    )
    return ThresholdVerdict(
      threshold: Threshold(
        text: "",
        variant: nil,
        client: nil,
        metric: "outage",
        comparison: .atMost,
        bound: bound,
        mark: SourceMark(file: "", line: 1, column: 1)
      ),
      variant: "a",
      client: "b",
      estimate: MetricEstimate(
        client: "b",
        metric: "outage_s",
        values: [],
        interval: interval,
        difference: nil
      ),
      result: result
    )
  }

  /// A half-width of 20 around a bound 10 away must halve: 10 · 4 · 1.1 = 44.
  ///
  /// That takes 4 times the runs, and a tenth on top for luck.
  @Test func halfWidthFallsWithTheRootOfTheNumber() {
    let verdict = verdict(mean: 100, halfWidth: 20, count: 10, bound: 110)
    #expect(Advice.replicationsNeeded(verdict) == 44)
  }

  @Test func boundAtTheMeanDoublesAndHopes() {
    #expect(
      Advice.replicationsNeeded(verdict(mean: 100, halfWidth: 20, count: 10, bound: 100)) == 20
    )
  }

  @Test func adviceStaysWithinReason() {
    #expect(
      Advice.replicationsNeeded(verdict(mean: 100, halfWidth: 90, count: 10, bound: 100.01))
        == 1_000
    )
    #expect(
      Advice.replicationsNeeded(verdict(mean: 100, halfWidth: 10, count: 10, bound: 110)) == 11
    )
  }

  @Test(arguments: [ThresholdVerdict.Result.pass, .fail])
  func decidedThresholdNeedsNothing(result: ThresholdVerdict.Result) {
    let verdict = verdict(mean: 100, halfWidth: 1, count: 10, bound: 110, result: result)
    #expect(Advice.replicationsNeeded(verdict) == nil)
  }
}
