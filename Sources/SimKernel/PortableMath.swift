/// The elementary functions that random draws need, from plain IEEE 754 operations.
///
/// The system's mathematics library picks its code by processor at run time, and its last bits
/// differ between machines. These functions use only additions, multiplications, divisions and
/// square roots, each rounded by itself (never fused), so they give the same bits everywhere. `exp`
/// and `log` differ by at most 1 ulp from the correctly rounded value.
@usableFromInline package enum PortableMath {
  /// log 2 rounded to 33 bits, so that its product with any exponent is exact.
  @inlinable @inline(__always) static var logTwoHigh: Double { 0x1.62e42ffp-1 }
  /// What `logTwoHigh` leaves of log 2.
  @inlinable @inline(__always) static var logTwoLow: Double { -0x1.718432a1b0e26p-35 }
  /// 1 / log 2.
  @inlinable @inline(__always) static var perLogTwo: Double { 0x1.71547652b82fep+0 }

  /// The square root; NaN below zero.
  ///
  /// IEEE 754 asks for the correctly rounded value, so the processor's instruction is portable.
  @inlinable @inline(__always) package static func sqrt(_ x: Double) -> Double { x.squareRoot() }

  /// 2^k for a k whose power is a normal number.
  @inlinable @inline(__always) static func powerOfTwo(_ k: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: (k &+ 1023) &<< 52))
  }

  /// The nearest integer, ties to even, as a double and as an integer; |x| must be below 2^50.
  @inlinable @inline(__always) static func nearestInteger(_ x: Double) -> (Double, Int64) {
    // From 2^52 to 2^53 doubles are whole numbers, so the addition itself rounds, and the low bits
    // of the sum are the integer. No conversion, which would have to check its range.
    let shifted = x + 0x1.8p52
    let bits = shifted.bitPattern &- 0x1.8p52.bitPattern
    return (shifted - 0x1.8p52, Int64(bitPattern: bits))
  }
}

// MARK: - Exponential

extension PortableMath {
  /// e^x.
  @inlinable package static func exp(_ x: Double) -> Double {
    guard x > -708, x < 709 else { return expAtTheEdge(x) }
    let (k, exponent) = nearestInteger(x * perLogTwo)
    return expReduced(x - k * logTwoHigh, k * logTwoLow) * powerOfTwo(exponent)
  }

  /// e^(high - low) for a difference of at most log(2) / 2.
  ///
  /// Taylor's series to the 13th power; the rest is below 2^-57. The terms are summed in pairs
  /// (Estrin) so that they do not wait for one another.
  @inlinable @inline(__always) static func expReduced(_ high: Double, _ low: Double) -> Double {
    let r = high - low
    let r2 = r * r
    let r4 = r2 * r2
    let a = 1.0 / 2 + r * (1.0 / 6) + r2 * (1.0 / 24 + r * (1.0 / 120))
    let b = 1.0 / 720 + r * (1.0 / 5040) + r2 * (1.0 / 40320 + r * (1.0 / 362_880))
    let c =
      1.0 / 3_628_800 + r * (1.0 / 39_916_800)
      + r2 * (1.0 / 479_001_600 + r * (1.0 / 6_227_020_800))
    // The small terms are added up before the large ones: r as two numbers, then 1.
    return 1 + (high + (r2 * (a + r4 * (b + r4 * c)) - low))
  }

  /// e^x where the result may overflow or lose bits.
  @usableFromInline @inline(never) static func expAtTheEdge(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 709.79 { return .infinity }
    if x < -745.2 { return 0 }
    let (k, exponent) = nearestInteger(x * perLogTwo)
    return scaled(expReduced(x - k * logTwoHigh, k * logTwoLow), by: exponent)
  }

  /// mantissa · 2^k in two steps, because 2^k itself need not be a normal number.
  static func scaled(_ mantissa: Double, by k: Int64) -> Double {
    let half = k / 2
    return mantissa * powerOfTwo(half) * powerOfTwo(k - half)
  }
}

// MARK: - Logarithm

extension PortableMath {
  /// The natural logarithm; -infinity at zero, NaN below.
  @inlinable package static func log(_ x: Double) -> Double {
    var bits = x.bitPattern
    var shift: Int64 = 0
    if bits &- 0x10_0000_0000_0000 >= 0x7FE0_0000_0000_0000 {
      // Zero, subnormal, negative, infinite or NaN.
      if x == 0 { return -.infinity }
      if x < 0 || x.isNaN { return .nan }
      if x == .infinity { return x }
      bits = (x * 0x1p54).bitPattern
      shift = 54
    }
    let k = exponentAboutOne(bits)
    let f = Double(bitPattern: bits &- UInt64(bitPattern: k &<< 52)) - 1
    return logOnePlus(f, exponent: Double(k &- shift), correction: 0)
  }

  /// log(1 + x), accurate near zero too.
  @inlinable package static func log1p(_ x: Double) -> Double {
    if x > -0.25, x < 0.375 {
      // Here 1 + x needs no scaling, so no bit of x is lost. Keeps the sign of a zero.
      return x == 0 ? x : logOnePlus(x, exponent: 0, correction: 0)
    }
    guard x > -1, x < 0x1p60 else { return x == -1 ? -.infinity : log(x) }
    let u = 1 + x
    let lost = x >= 1 ? 1 - (u - x) : x - (u - 1)
    let k = exponentAboutOne(u.bitPattern)
    let f = Double(bitPattern: u.bitPattern &- UInt64(bitPattern: k &<< 52)) - 1
    return logOnePlus(f, exponent: Double(k), correction: lost / u)
  }

  /// The k for which x / 2^k lies between √½ and √2, from the bits of x.
  @inlinable @inline(__always) static func exponentAboutOne(_ bits: UInt64) -> Int64 {
    Int64(bitPattern: bits &- 0x3FE6_A09E_667F_3BCD) &>> 52
  }

  /// log(1 + f) + exponent · log 2 + correction, for 1 + f between √½ and √2.
  ///
  /// With s = f / (2 + f), log(1 + f) = 2 artanh(s) = f - f²/2 + s (f²/2 + R), where
  /// R = 2 (s²/3 + s⁴/5 + …); terms to s²² leave less than 2^-58.
  @inlinable @inline(__always) static func logOnePlus(
    _ f: Double,
    exponent k: Double,
    correction: Double
  ) -> Double {
    let s = f / (2 + f)
    let halfSquare = 0.5 * f * f
    let small = s * (halfSquare + artanhTail(s)) + (k * logTwoLow + correction)
    return k * logTwoHigh - ((halfSquare - small) - f)
  }

  /// 2 (s²/3 + s⁴/5 + … + s²²/23), what 2 artanh(s) / s exceeds 2 by.
  @inlinable @inline(__always) static func artanhTail(_ s: Double) -> Double {
    let z = s * s
    let z2 = z * z
    let z4 = z2 * z2
    let a = 2.0 / 3 + z * (2.0 / 5) + z2 * (2.0 / 7 + z * (2.0 / 9))
    let b = 2.0 / 11 + z * (2.0 / 13) + z2 * (2.0 / 15 + z * (2.0 / 17))
    let c = 2.0 / 19 + z * (2.0 / 21) + z2 * (2.0 / 23)
    return z * (a + z4 * (b + z4 * c))
  }
}
