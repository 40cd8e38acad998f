// Powers and the gamma function: for set-up and moments, not for the request path.

extension PortableMath {
  /// x^y for x ≥ 0; NaN for negative x.
  ///
  /// The logarithm and its product with y are carried as sums of two doubles, because an error in
  /// the exponent grows with its size. The relative error stays below 2^-52 + |y| · 2^-57; powers
  /// of two come out exact.
  package static func pow(_ x: Double, _ y: Double) -> Double {
    if y == 0 || x == 1 { return 1 }
    guard x > 0, x < .infinity, y.magnitude < 0x1p64 else { return powAtTheEdge(x, y) }
    let (high, low) = logInTwoParts(x)
    let product = y * high
    guard product.magnitude < 800 else { return product > 0 ? .infinity : 0 }
    let rest = productError(y, high, product) + y * low
    return exp(product, plus: rest)
  }

  /// e^(x + rest) for a rest far below x and |x| < 800.
  private static func exp(_ x: Double, plus rest: Double) -> Double {
    let (k, exponent) = nearestInteger(x * perLogTwo)
    return scaled(expReduced(x - k * logTwoHigh, k * logTwoLow - rest), by: exponent)
  }

  /// x^y for zero, infinite and invalid arguments.
  private static func powAtTheEdge(_ x: Double, _ y: Double) -> Double {
    if x.isNaN || y.isNaN || x < 0 { return .nan }
    let grows = (x > 1) == (y > 0)
    return grows ? .infinity : 0
  }

  /// log x as a double and what is missing from it.
  private static func logInTwoParts(_ x: Double) -> (high: Double, low: Double) {
    let subnormal = x < .leastNormalMagnitude
    let bits = subnormal ? (x * 0x1p54).bitPattern : x.bitPattern
    let shift = exponentAboutOne(bits)
    let f = Double(bitPattern: bits &- UInt64(bitPattern: shift &<< 52)) - 1
    let k = Double(subnormal ? shift - 54 : shift)
    let s = f / (2 + f)
    let halfSquare = 0.5 * f * f
    let squareError = productError(0.5 * f, f, halfSquare)
    let small = s * (halfSquare + artanhTail(s)) + (k * logTwoLow - squareError)
    // k · logTwoHigh is exact; each sum is kept with its rounding error.
    let (first, firstError) = sum(k * logTwoHigh, f)
    let (second, secondError) = sum(first, -halfSquare)
    let (high, low) = sum(second, small)
    return (high, low + (firstError + secondError))
  }

  /// a + b and the rounding error of that sum (Knuth).
  private static func sum(_ a: Double, _ b: Double) -> (Double, Double) {
    let total = a + b
    let part = total - a
    return (total, (a - (total - part)) + (b - part))
  }

  /// The rounding error of product = a · b, from halves of 26 bits (Dekker).
  private static func productError(_ a: Double, _ b: Double, _ product: Double) -> Double {
    let (aHigh, aLow) = halves(a)
    let (bHigh, bLow) = halves(b)
    return ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow
  }

  /// a as a sum of two numbers with at most 26 bits each (Veltkamp).
  private static func halves(_ a: Double) -> (Double, Double) {
    let scaled = a * 134_217_729
    let high = scaled - (scaled - a)
    return (high, a - high)
  }
}

// MARK: - Log-gamma

extension PortableMath {
  /// The logarithm of the gamma function for x > 0, to about 14 digits.
  ///
  /// Stirling's series from 10 upwards; below, the recurrence Γ(x + 1) = x Γ(x) leads there. Used
  /// for moments, not for draws.
  package static func logGamma(_ x: Double) -> Double {
    guard x > 0 else { return .nan }
    var argument = x
    var product = 1.0
    while argument < 10 {
      product *= argument
      argument += 1
    }
    let z = 1 / (argument * argument)
    let series =
      (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z * (1.0 / 1188)))))
      / argument
    let halfLogTwoPi = 0x1.d67f1c864beb5p-1
    return (argument - 0.5) * log(argument) - argument + halfLogTwoPi + series - log(product)
  }
}
