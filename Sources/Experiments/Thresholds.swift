package import Scenarios
import Statistics

/// Judges thresholds by the bounds of intervals and not by means, so that luck does not pass.
package enum Thresholds {
  /// One verdict per threshold, variant and client group it speaks of.
  package static func judge(
    _ thresholds: [Threshold],
    variants: [VariantResult]
  ) -> [ThresholdVerdict] {
    thresholds.flatMap { threshold in
      variants.filter { threshold.variant == nil || threshold.variant == $0.name }
        .flatMap { judge(threshold, variant: $0) }
    }
  }

  private static func judge(
    _ threshold: Threshold,
    variant: VariantResult
  ) -> [ThresholdVerdict] {
    let name = MetricDictionary.metric(named: threshold.metric)?.name
    let estimates = variant.estimates.filter { estimate in
      estimate.metric == name
        && (threshold.client == nil || threshold.client == estimate.client)
    }
    guard !estimates.isEmpty else {
      return [
        ThresholdVerdict(
          threshold: threshold,
          variant: variant.name,
          client: threshold.client ?? "",
          estimate: nil,
          result: .notEnoughRuns
        )
      ]
    }
    return estimates.map { estimate in
      ThresholdVerdict(
        threshold: threshold,
        variant: variant.name,
        client: estimate.client ?? "",
        estimate: estimate,
        result: result(threshold, estimate)
      )
    }
  }

  /// One replication gives no interval, so it never decides.
  private static func result(
    _ threshold: Threshold,
    _ estimate: MetricEstimate
  ) -> ThresholdVerdict.Result {
    guard estimate.interval.count > 1 else { return .notEnoughRuns }
    let lowKeeps = keeps(estimate.interval.low, threshold)
    let highKeeps = keeps(estimate.interval.high, threshold)
    guard lowKeeps == highKeeps else { return .notEnoughRuns }
    return lowKeeps ? .pass : .fail
  }

  private static func keeps(_ value: Double, _ threshold: Threshold) -> Bool {
    switch threshold.comparison {
    case .atLeast: value >= threshold.bound
    case .above: value > threshold.bound
    case .atMost: value <= threshold.bound
    case .below: value < threshold.bound
    }
  }
}
