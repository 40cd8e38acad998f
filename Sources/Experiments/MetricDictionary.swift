/// Every metric of `summary.csv`: what thresholds may name and what `docs/METRICS.md` explains.
package enum MetricDictionary {
  /// In the order of `summary.csv`: users first, then the cluster.
  package static let all: [Metric] =
    requestMetrics + outageMetrics + latencyMetrics + loadMetrics

  /// The metric a threshold means: its full name, or the name without the unit at its end.
  package static func metric(named name: String) -> Metric? {
    all.first { $0.name == name } ?? all.first { $0.shortName == name }
  }

  /// Every name, in order.
  package static var names: [String] { all.map(\.name) }
}

extension Metric {
  /// The name without the unit at its end, such as `latency_p99`.
  package var shortName: String {
    for suffix in ["_ratio", "_ms", "_s", "_total"] where name.hasSuffix(suffix) {
      return String(name.dropLast(suffix.count))
    }
    return name
  }
}
