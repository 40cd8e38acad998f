/// How evenly load is spread over those that share it.
package enum Fairness {
  /// Jain's index (Σx)² / (n·Σx²): 1 when all are equal, 1/n when one has everything.
  ///
  /// `nil` when nobody has anything, because equal shares of nothing say nothing.
  package static func jainIndex(_ loads: [Double]) -> Double? {
    var sum = 0.0
    var sumOfSquares = 0.0
    for load in loads {
      sum += load
      sumOfSquares += load * load
    }
    guard sumOfSquares > 0 else { return nil }
    return sum * sum / (Double(loads.count) * sumOfSquares)
  }

  /// Standard deviation over mean, of the loads as a whole population; `nil` when the mean is 0.
  package static func coefficientOfVariation(_ loads: [Double]) -> Double? {
    let moments = Welford(loads)
    guard moments.mean > 0 else { return nil }
    return moments.populationVariance.squareRoot() / moments.mean
  }

  /// The largest load over the mean load; `nil` when the mean is 0.
  package static func hottestToMean(_ loads: [Double]) -> Double? {
    let moments = Welford(loads)
    guard moments.mean > 0, let hottest = loads.max() else { return nil }
    return hottest / moments.mean
  }
}
