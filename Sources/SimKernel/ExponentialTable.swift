/// e^x by table, for draws: a third faster than `PortableMath.exp` and nearly as exact.
///
/// The 256 powers 2^(j/256) leave an argument of at most log(2)/512, for which four terms of
/// Taylor's series are enough. Results differ by at most 2 ulp from the correctly rounded value.
@usableFromInline package struct ExponentialTable: ~Copyable {
  /// 2^(j/256).
  @usableFromInline let powers: UnsafeMutablePointer<Double>

  /// Computes the table.
  package init() {
    powers = .allocate(capacity: 256)
    for j in 0..<256 { (powers + j).initialize(to: PortableMath.pow(2, Double(j) / 256)) }
  }

  deinit { powers.deallocate() }

  /// e^x.
  @inlinable @inline(__always) package func exp(_ x: Double) -> Double {
    guard x.magnitude < 700 else { return PortableMath.exp(x) }
    let (steps, whole) = PortableMath.nearestInteger(x * (256 * PortableMath.perLogTwo))
    let r =
      (x - steps * (PortableMath.logTwoHigh / 256)) - steps * (PortableMath.logTwoLow / 256)
    let r2 = r * r
    let excess = r + r2 * ((0.5 + r * (1.0 / 6)) + r2 * (1.0 / 24))
    // Adding to the exponent field multiplies by 2^(whole / 256).
    let power = powers[Int(whole & 255)].bitPattern
    let scale = Double(bitPattern: power &+ UInt64(bitPattern: (whole &>> 8) &<< 52))
    return scale + scale * excess
  }
}
