/// Mean and variance in one pass, without the cancellation that sums of squares suffer.
package struct Welford: Sendable {
  package private(set) var count = 0
  package private(set) var mean = 0.0
  private var sumOfSquaredDeviations = 0.0

  package init() {}

  /// An accumulator that has already seen these values, in their order.
  package init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// Takes in one value.
  package mutating func add(_ value: Double) {
    count += 1
    let deviation = value - mean
    mean += deviation / Double(count)
    sumOfSquaredDeviations += deviation * (value - mean)
  }

  /// The unbiased estimate of the variance (n - 1 in the denominator); 0 below two values.
  package var sampleVariance: Double {
    count < 2 ? 0 : sumOfSquaredDeviations / Double(count - 1)
  }

  /// The variance of the values themselves (n in the denominator); 0 without values.
  package var populationVariance: Double {
    count == 0 ? 0 : sumOfSquaredDeviations / Double(count)
  }

  /// The square root of the unbiased estimate of the variance.
  package var sampleStandardDeviation: Double { sampleVariance.squareRoot() }
}
