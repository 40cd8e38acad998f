package import Scenarios

/// What the replications say about one threshold, for one variant and one client group.
package struct ThresholdVerdict: Sendable {
  /// How the interval lies to the bound.
  package enum Result: String, Sendable {
    /// The whole interval keeps the threshold.
    case pass
    /// The whole interval breaks it.
    case fail
    /// The bound lies inside the interval, or there is no interval.
    case notEnoughRuns
  }
  package var threshold: Threshold
  package var variant: String
  /// Empty for a metric of the cluster.
  package var client: String
  /// `nil` when no replication had a value of the metric.
  package var estimate: MetricEstimate?
  package var result: Result

  package init(
    threshold: Threshold,
    variant: String,
    client: String,
    estimate: MetricEstimate?,
    result: Result
  ) {
    self.threshold = threshold
    self.variant = variant
    self.client = client
    self.estimate = estimate
    self.result = result
  }
}
