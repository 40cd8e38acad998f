import ClusterSimulator
import SimKernel

extension MetricDictionary {
  /// How long users waited.
  static let latencyMetrics: [Metric] = [
    Metric(
      "latency_mean_ms",
      unit: "ms",
      summary: "Mean time from request to good answer; failures are not in it.",
      formula: "mean over succeeded requests",
      client: { run in run.result.latency.milliseconds { Double($0.sum) / Double($0.count) } }
    ),
    latency("latency_p50_ms", quantile: 0.5, "Median"),
    latency("latency_p90_ms", quantile: 0.9, "90th percentile"),
    latency("latency_p99_ms", quantile: 0.99, "99th percentile"),
    latency("latency_p999_ms", quantile: 0.999, "99.9th percentile"),
    Metric(
      "failure_latency_p50_ms",
      unit: "ms",
      summary: "Median time that users whose request failed waited for nothing.",
      formula: "nearest rank over failed requests",
      client: { run in run.result.failureLatency.milliseconds { Double($0.quantile(0.5)) } }
    ),
  ]

  private static func latency(_ name: String, quantile: Double, _ title: String) -> Metric {
    Metric(
      name,
      unit: "ms",
      summary: "\(title) of the time from request to good answer; failures are not in it.",
      formula: "nearest rank over succeeded requests, within the histogram's bin width",
      client: { run in run.result.latency.milliseconds { Double($0.quantile(quantile)) } }
    )
  }
}

extension LogLinearHistogram {
  /// Something of a histogram of nanoseconds in milliseconds; `nil` when it is empty.
  fileprivate func milliseconds(_ value: (LogLinearHistogram) -> Double) -> Double? {
    count > 0 ? value(self) / 1e6 : nil
  }
}
