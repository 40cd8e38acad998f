package import ClusterSimulator
package import Scenarios
package import Statistics

/// Every run of every variant, and what they say together.
package struct ExperimentResult: Sendable {
  package var scenario: Scenario
  /// In the scenario's order; the first is the baseline.
  package var variants: [VariantResult]
  /// One per threshold, variant and client it speaks of, in the scenario's order.
  package var verdicts: [ThresholdVerdict]
  /// Whether the user stopped the experiment before every run had finished.
  package var isPartial: Bool

  package init(
    scenario: Scenario,
    variants: [VariantResult],
    verdicts: [ThresholdVerdict] = [],
    isPartial: Bool = false
  ) {
    self.scenario = scenario
    self.variants = variants
    self.verdicts = verdicts
    self.isPartial = isPartial
  }
}

/// One variant: its runs in order of replication, and one estimate per client and metric.
package struct VariantResult: Sendable {
  package var name: String
  package var runs: [RunResult]
  package var estimates: [MetricEstimate]

  package init(name: String, runs: [RunResult], estimates: [MetricEstimate]) {
    self.name = name
    self.runs = runs
    self.estimates = estimates
  }
}

/// A metric of one client group (or, with `client == nil`, of the cluster) over the replications.
package struct MetricEstimate: Sendable {
  package var client: String?
  /// A name of the metric dictionary, such as `availability_ratio`.
  package var metric: String
  /// One value per replication that has one, in order: a run without a success has no latency.
  package var values: [Double]
  package var interval: ConfidenceInterval
  /// Paired with the same replications of the baseline; `nil` for the baseline itself.
  package var difference: ConfidenceInterval?

  package init(
    client: String?,
    metric: String,
    values: [Double],
    interval: ConfidenceInterval,
    difference: ConfidenceInterval?
  ) {
    self.client = client
    self.metric = metric
    self.values = values
    self.interval = interval
    self.difference = difference
  }
}
