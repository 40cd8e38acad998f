import KubernetesManifests

/// A metric that a threshold may name, with the unit its bound is written in.
package struct ThresholdMetric: Sendable {
  /// What a bound may look like.
  package enum Unit: Sendable {
    /// `99.9%` or `0.999`.
    case ratio
    /// Any number: a ratio that may exceed one, or a count.
    case number
    /// A duration, kept in milliseconds.
    case milliseconds
    /// A duration, kept in seconds.
    case seconds
    /// An amount, its currency optional.
    case currency
  }
  /// Without the unit's suffix.
  package var name: String
  package var suffix: String
  package var unit: Unit

  /// The metrics of `summary.csv`.
  package static let all: [ThresholdMetric] = [
    ThresholdMetric("availability", "_ratio", .ratio),
    ThresholdMetric("offered", "_total", .number),
    ThresholdMetric("succeeded", "_total", .number),
    ThresholdMetric("failed", "_total", .number),
    ThresholdMetric("undecided", "_total", .number),
    ThresholdMetric("attempts_per_request", "_ratio", .number),
    ThresholdMetric("lost_revenue", "", .currency),
    ThresholdMetric("outage", "_s", .seconds),
    ThresholdMetric("outages", "_total", .number),
    ThresholdMetric("longest_outage", "_s", .seconds),
    ThresholdMetric("outage_end", "_s", .seconds),
    ThresholdMetric("below_objective", "_ratio", .ratio),
    ThresholdMetric("latency_mean", "_ms", .milliseconds),
    ThresholdMetric("latency_p50", "_ms", .milliseconds),
    ThresholdMetric("latency_p90", "_ms", .milliseconds),
    ThresholdMetric("latency_p99", "_ms", .milliseconds),
    ThresholdMetric("latency_p999", "_ms", .milliseconds),
    ThresholdMetric("failure_latency_p50", "_ms", .milliseconds),
    ThresholdMetric("idle_pods", "_total", .number),
    ThresholdMetric("jain", "_ratio", .ratio),
    ThresholdMetric("hottest_to_mean", "_ratio", .number),
    ThresholdMetric("load_cov", "_ratio", .number),
    ThresholdMetric("replicas_max", "_total", .number),
  ]

  private init(_ name: String, _ suffix: String, _ unit: Unit) {
    self.name = name
    self.suffix = suffix
    self.unit = unit
  }

  /// The metric by its name, with or without the unit's suffix.
  package static func named(_ name: String) -> ThresholdMetric? {
    all.first { $0.name == name || $0.name + $0.suffix == name }
  }

  /// A bound in the unit of `summary.csv`; `nil` when the text is not one.
  func bound(_ text: String) -> Double? {
    switch unit {
    case .ratio: NumberLiteral.parseRatio(text)
    case .number: NumberLiteral.parse(text).flatMap { (0...1e15).contains($0) ? $0 : nil }
    case .milliseconds: nanoseconds(text).map { Double($0) / 1e6 }
    case .seconds: nanoseconds(text).map { Double($0) / 1e9 }
    case .currency:
      text.split(separator: " ").count > 2
        ? nil
        : NumberLiteral.parse(String(text.prefix { $0 != " " }))
          .flatMap { (0...1e15).contains($0) ? $0 : nil }
    }
  }

  /// The currency that a bound is written in, if it names one.
  func currency(_ text: String) -> String? {
    guard unit == .currency, let space = text.firstIndex(of: " ") else { return nil }
    return String(text[text.index(after: space)...])
  }

  private func nanoseconds(_ text: String) -> Int64? {
    try? DurationSyntax.nanoseconds(text)
  }

  /// What a bound looks like, for messages.
  var boundInWords: String {
    switch unit {
    case .ratio: "a share such as 99.9%"
    case .number: "a number"
    case .milliseconds, .seconds: "a duration such as 3s"
    case .currency: "an amount such as 1000 USD"
    }
  }
}
