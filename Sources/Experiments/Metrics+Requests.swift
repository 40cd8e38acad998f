import ClusterSimulator

extension MetricDictionary {
  /// How many requests there were and how they ended.
  static let requestMetrics: [Metric] = [
    Metric(
      "availability_ratio",
      unit: "ratio",
      summary: "Share of the users' requests that succeeded, of those decided by the horizon.",
      formula: "succeeded_total / (succeeded_total + failed_total)",
      client: { run in
        run.decided > 0 ? Double(run.result.succeeded) / Double(run.decided) : nil
      }
    ),
    Metric(
      "offered_total",
      unit: "requests",
      summary: "Requests that users sent after the warm-up.",
      formula: "succeeded_total + failed_total + undecided_total",
      client: { Double($0.result.offered) }
    ),
    Metric(
      "succeeded_total",
      unit: "requests",
      summary: "Requests that got a good answer before the user gave up.",
      formula: "count of outcome succeeded",
      client: { Double($0.result.succeeded) }
    ),
    Metric(
      "failed_total",
      unit: "requests",
      summary: "Requests that ended in any other way.",
      formula: "sum over all outcomes but succeeded",
      client: { Double($0.failed) }
    ),
    Metric(
      "undecided_total",
      unit: "requests",
      summary: "Requests still in flight at the horizon.",
      formula: "offered_total - succeeded_total - failed_total",
      client: { Double($0.result.inFlight) }
    ),
    Metric(
      "attempts_per_request_ratio",
      unit: "ratio",
      summary: "Load amplification: attempts that one user request causes on all tiers together.",
      formula: "sum of attempts over all windows / sum of offered over all windows",
      client: { run in
        let offered = run.result.windows.reduce(0) { $0 + $1.offered }
        let attempts = run.result.windows.reduce(0) { $0 + $1.attempts }
        return offered > 0 ? Double(attempts) / Double(offered) : nil
      }
    ),
    Metric(
      "lost_revenue",
      unit: "currency",
      summary: "What the failed requests would have been worth.",
      formula: "failed_total * value of one successful request",
      client: { Double($0.failed) * (Double($0.client.valueMicros) / 1e6) }
    ),
  ]
}
