internal import CGSL
internal import Synchronization

/// Quantiles of Student's t distribution.
package enum StudentT {
  /// The factor c for which mean ± c·s/√n covers the true mean with the given confidence.
  ///
  /// One quantile takes GSL some microseconds and a sweep asks for the same few again and again,
  /// so every (degrees of freedom, confidence) is computed once.
  ///
  /// - Parameters:
  ///   - degreesOfFreedom: n - 1, at least 1.
  ///   - confidence: between 0 and 1, both excluded, such as 0.95.
  /// - Returns: The quantile t at (1 + confidence) / 2.
  package static func twoSidedFactor(degreesOfFreedom: Int, confidence: Double) -> Double {
    precondition(degreesOfFreedom >= 1, "a Student quantile needs at least two values")
    precondition(confidence > 0 && confidence < 1, "a confidence level lies between 0 and 1")
    let key = Key(degreesOfFreedom: degreesOfFreedom, confidence: confidence)
    return cache.withLock { known in
      if let factor = known[key] { return factor }
      GSL.ready
      let factor = rounded(gsl_cdf_tdist_Qinv((1 - confidence) / 2, Double(degreesOfFreedom)))
      known[key] = factor
      return factor
    }
  }

  /// To 40 bits, 12 digits: GSL calls the C library, whose last bits depend on the processor.
  private static func rounded(_ factor: Double) -> Double {
    let unit = factor.ulp * 0x1p12
    return (factor / unit).rounded() * unit
  }

  private struct Key: Hashable {
    var degreesOfFreedom: Int
    var confidence: Double
  }

  private static let cache = Mutex<[Key: Double]>([:])
}
