package import ClusterSimulator

/// One number of a run, with everything a reader of `summary.csv` must know about it.
package struct Metric: Sendable {
  /// The number taken from a run; `nil` when the run has none (a latency without a success).
  package enum Extraction: Sendable {
    /// One number per client group.
    case client(@Sendable (ClientRun) -> Double?)
    /// One number per run.
    case cluster(@Sendable (ClusterRun) -> Double?)
  }
  /// The name in `summary.csv`, unit last.
  package var name: String
  /// `ratio`, `s`, `ms`, `currency`, or what is counted, such as `requests`.
  package var unit: String
  /// What it means, in one sentence.
  package var summary: String
  /// How it is computed, in terms of what the tables hold.
  package var formula: String
  package var extraction: Extraction

  package init(
    _ name: String,
    unit: String,
    summary: String,
    formula: String,
    client extract: @escaping @Sendable (ClientRun) -> Double?
  ) {
    self.name = name
    self.unit = unit
    self.summary = summary
    self.formula = formula
    extraction = .client(extract)
  }

  package init(
    _ name: String,
    unit: String,
    summary: String,
    formula: String,
    cluster extract: @escaping @Sendable (ClusterRun) -> Double?
  ) {
    self.name = name
    self.unit = unit
    self.summary = summary
    self.formula = formula
    extraction = .cluster(extract)
  }
}

/// One client group of one run, as its metrics see it.
package struct ClientRun: Sendable {
  package var plan: SimulationPlan
  package var client: ClientPlan
  package var result: ClientResult
  /// Found once, because several metrics speak of them.
  package var outages: [Outage]

  package init(plan: SimulationPlan, client: ClientPlan, result: ClientResult) {
    self.plan = plan
    self.client = client
    self.result = result
    outages = OutageDetector.outages(in: result.windows, objectivePPM: plan.objectivePPM)
  }

  /// Requests whose end was seen before the horizon.
  package var decided: Int { result.offered - result.inFlight }

  /// Decided requests that did not succeed.
  package var failed: Int { decided - result.succeeded }
}

/// One whole run, as the metrics of the cluster see it.
package struct ClusterRun: Sendable {
  package var plan: SimulationPlan
  package var result: RunResult

  package init(plan: SimulationPlan, result: RunResult) {
    self.plan = plan
    self.result = result
  }
}
