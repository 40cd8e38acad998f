/// A mean over independent replications with its Student interval.
package struct ConfidenceInterval: Hashable, Sendable {
  package var mean: Double
  /// Lower bound; equals the mean when there is one replication only (no interval can be given).
  package var low: Double
  package var high: Double
  /// The level, such as 0.95.
  package var confidence: Double
  /// Number of replications.
  package var count: Int
  package var standardDeviation: Double

  package init(
    mean: Double,
    low: Double,
    high: Double,
    confidence: Double,
    count: Int,
    standardDeviation: Double
  ) {
    self.mean = mean
    self.low = low
    self.high = high
    self.confidence = confidence
    self.count = count
    self.standardDeviation = standardDeviation
  }
}
