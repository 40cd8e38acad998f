package import SimKernel

/// Laws without a portable sampler, turned into tables before a run.
///
/// The engine must draw the same numbers on every machine and therefore calls no special
/// functions; it interpolates in a table of quantiles instead. The quantiles are computed with
/// `PortableMath` alone: even rounded to whole nanoseconds, those of GSL would now and then show
/// the last bit in which C libraries differ.
package enum InverseTable {
  /// How many quantiles a table holds unless the caller says otherwise.
  package static let defaultPoints = 1_025

  /// Tabulates a quantile function at `points` equally spaced probabilities from 0 to 1.
  ///
  /// A law without an upper bound has an infinite quantile at 1; there the table holds the
  /// quantile half a step earlier instead. The same goes for 0.
  ///
  /// - Precondition: `points` is at least 2.
  package static func fill(
    quantile: (Double) -> Double,
    points: Int = defaultPoints
  ) -> Distribution {
    precondition(points >= 2, "a line needs two points")
    let step = 1 / Double(points - 1)
    let table = (0..<points).map { index in
      let exact = quantile(Double(index) * step)
      if exact.isFinite { return wholeNanoseconds(exact) }
      return wholeNanoseconds(quantile(index == 0 ? step / 2 : 1 - step / 2))
    }
    return .inverseTable(table)
  }

  private static func wholeNanoseconds(_ seconds: Double) -> Double {
    (seconds * 1e9).rounded() / 1e9
  }

  /// A beta law on 0 … `maximum` seconds with shapes α and β, both positive.
  package static func beta(
    alpha: Double,
    beta: Double,
    maximum: Double,
    points: Int = defaultPoints
  ) -> Distribution {
    let law = BetaLaw(alpha: alpha, beta: beta)
    return fill(quantile: { maximum * law.quantile($0) }, points: points)
  }

  /// A Gumbel (type 1 extreme value) law cut at zero, for maxima of many delays.
  ///
  /// - Parameters:
  ///   - mode: the most likely value, in seconds.
  ///   - scale: the spread, in seconds; the mean is mode + 0.5772·scale.
  ///   - points: how many quantiles the table holds.
  /// - Returns: An inverse table; no draw lies beyond its last quantile.
  package static func gumbel(
    mode: Double,
    scale: Double,
    points: Int = defaultPoints
  ) -> Distribution {
    fill(
      quantile: { p in
        max(0, mode - scale * PortableMath.log(-PortableMath.log(p)))
      },
      points: points
    )
  }
}
