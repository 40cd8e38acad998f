extension ConfidenceInterval {
  /// The mean of independent values with its Student interval, mean ± t·s/√n.
  ///
  /// One value alone has no interval: both bounds equal the mean, and `count` says why. No value
  /// at all gives NaN.
  package static func student(_ values: [Double], confidence: Double) -> ConfidenceInterval {
    guard !values.isEmpty else {
      return ConfidenceInterval(
        mean: .nan,
        low: .nan,
        high: .nan,
        confidence: confidence,
        count: 0,
        standardDeviation: .nan
      )
    }
    let moments = Welford(values)
    var halfWidth = 0.0
    if values.count > 1 {
      let factor = StudentT.twoSidedFactor(
        degreesOfFreedom: values.count - 1,
        confidence: confidence
      )
      halfWidth = factor * moments.sampleStandardDeviation / Double(values.count).squareRoot()
    }
    return ConfidenceInterval(
      mean: moments.mean,
      low: moments.mean - halfWidth,
      high: moments.mean + halfWidth,
      confidence: confidence,
      count: values.count,
      standardDeviation: moments.sampleStandardDeviation
    )
  }

  /// The interval of the mean of a - b, value by value.
  ///
  /// Two variants that see the same customers go up and down together; pairing takes that common
  /// noise out, so the interval is far narrower than the two intervals suggest.
  ///
  /// - Precondition: Both arrays have the same length; index i of both is the same replication.
  package static func pairedDifference(
    _ a: [Double],
    _ b: [Double],
    confidence: Double
  ) -> ConfidenceInterval {
    precondition(a.count == b.count, "pairs need as many values on either side")
    return student(zip(a, b).map { $0 - $1 }, confidence: confidence)
  }

  /// Half the interval's length: the number after "±".
  package var halfWidth: Double { (high - low) / 2 }

  /// Whether the value lies in the closed interval.
  package func contains(_ value: Double) -> Bool { low <= value && value <= high }
}
