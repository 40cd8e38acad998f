internal import SimKernel

/// The beta law on 0 … 1, with the same bits on every machine.
///
/// GSL has it too, but calls the C library's `exp` and `log`, which take different roads on
/// processors with and without fused multiply-add; the engine's draws must not notice.
struct BetaLaw {
  /// α and β, both positive; meant for 0.5 … 20.
  private let alpha: Double
  private let beta: Double
  /// log B(α, β).
  private let logBeta: Double

  init(alpha: Double, beta: Double) {
    self.alpha = alpha
    self.beta = beta
    logBeta =
      PortableMath.logGamma(alpha) + PortableMath.logGamma(beta)
      - PortableMath.logGamma(alpha + beta)
  }

  /// The probability of a value up to `x`, which lies between 0 and 1.
  func cumulative(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast only left of the mean; right of it, the law is mirrored.
    if x > (alpha + 1) / (alpha + beta + 2) {
      return 1 - Self.fraction(1 - x, beta, alpha) * x * (1 - x) * density(x) / beta
    }
    return Self.fraction(x, alpha, beta) * x * (1 - x) * density(x) / alpha
  }

  /// The density at `x`, strictly between 0 and 1.
  func density(_ x: Double) -> Double {
    PortableMath.exp(
      (alpha - 1) * PortableMath.log(x) + (beta - 1) * PortableMath.log1p(-x) - logBeta
    )
  }

  /// The x with `cumulative(x) == p`: Newton's steps, halved intervals where they lead astray.
  func quantile(_ p: Double) -> Double {
    guard p > 0 else { return 0 }
    guard p < 1 else { return 1 }
    var low = 0.0
    var high = 1.0
    var x = alpha / (alpha + beta)
    for _ in 0..<200 {
      let excess = cumulative(x) - p
      if excess > 0 { high = x } else { low = x }
      var next = x - excess / density(x)
      if !(next > low && next < high) { next = (low + high) / 2 }
      if (next - x).magnitude <= 1e-15 * x { return next }
      x = next
    }
    return x
  }

  /// The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method.
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func nonzero(_ value: Double) -> Double { value.magnitude < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
    var value = d
    for step in 1...500 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / nonzero(1 + even * d)
      c = nonzero(1 + even / c)
      value *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / nonzero(1 + odd * d)
      c = nonzero(1 + odd / c)
      value *= d * c
      if (d * c - 1).magnitude < 1e-15 { break }
    }
    return value
  }
}
