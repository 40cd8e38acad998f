package import KubernetesManifests

/// A scenario file with its manifests, read, checked and lowered: ready to run.
package struct Scenario: Sendable {
  package var name: String
  package var run: RunSettings
  /// The arms to compare, in file order; the first is the baseline.
  ///
  /// A scenario without variants has one arm named `default`.
  package var variants: [Variant]
  package var thresholds: [Threshold]
  /// `sweep:` axes in file order; empty for a plain run.
  package var sweep: [SweepAxis]
  /// Names of the CSV tables to write.
  package var tables: [String]
  /// Every input file with its digest, the scenario file first.
  package var inputs: [InputFile]
  /// The scenario with defaults and overrides applied, as YAML.
  package var resolved: String
  /// Warnings and notes, never errors: objects not simulated yet, and the like.
  package var remarks: [Diagnostic]

  package init(
    name: String,
    run: RunSettings,
    variants: [Variant],
    thresholds: [Threshold],
    sweep: [SweepAxis],
    tables: [String],
    inputs: [InputFile],
    resolved: String,
    remarks: [Diagnostic]
  ) {
    self.name = name
    self.run = run
    self.variants = variants
    self.thresholds = thresholds
    self.sweep = sweep
    self.tables = tables
    self.inputs = inputs
    self.resolved = resolved
    self.remarks = remarks
  }
}

/// `spec.run`, as far as the engine's plan does not hold it.
package struct RunSettings: Hashable, Sendable {
  package var seed: UInt64 = 1
  package var replications = 10
  /// Confidence level of intervals, 0.95 by default.
  package var confidence = 0.95
  package init() {}
}

/// One line of `thresholds:`, such as `service: availability >= 99.9%`.
package struct Threshold: Hashable, Sendable {
  package enum Comparison: String, CaseIterable, Sendable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
  }
  /// As written.
  package var text: String
  /// Name of the variant, `nil` for all.
  package var variant: String?
  /// Name of the client group, `nil` for all.
  package var client: String?
  /// A metric of `summary.csv` without its unit's suffix, such as `latency_p99`.
  package var metric: String
  package var comparison: Comparison
  /// In the metric's own unit in `summary.csv` (ratio, ms, s, currency).
  package var bound: Double
  package var mark: SourceMark

  package init(
    text: String,
    variant: String?,
    client: String?,
    metric: String,
    comparison: Comparison,
    bound: Double,
    mark: SourceMark
  ) {
    self.text = text
    self.variant = variant
    self.client = client
    self.metric = metric
    self.comparison = comparison
    self.bound = bound
    self.mark = mark
  }
}

/// One field and the values a sweep gives it, as `--set` would.
package struct SweepAxis: Hashable, Sendable {
  package var path: String
  package var values: [String]
  package init(path: String, values: [String]) {
    self.path = path
    self.values = values
  }
}

/// One file that was read.
package struct InputFile: Hashable, Sendable {
  /// Relative to the scenario's folder.
  package var path: String
  package var sha256: String
  package init(path: String, sha256: String) {
    self.path = path
    self.sha256 = sha256
  }
}
