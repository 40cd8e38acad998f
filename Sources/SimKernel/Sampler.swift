/// A law prepared for drawing: what a row of the model stores.
///
/// Made by `SamplerTables.register`, and valid with those tables only. It is trivial, so it can sit
/// in any table; longer data (observed values, inverse distribution functions) live in the tables.
@usableFromInline package struct Sampler: BitwiseCopyable, Sendable {
  /// The laws that have a way of drawing.
  @usableFromInline enum Kind: UInt8, BitwiseCopyable, Sendable {
    case constant, exponential, lognormal, normal, gamma, weibull, pareto, uniform
    case empirical, inverseTable
  }

  /// Which law this is.
  @usableFromInline var kind: Kind
  /// Where the law's data begin in the tables.
  @usableFromInline var offset: UInt32
  /// How many data the law has.
  @usableFromInline var size: UInt32
  /// First parameter, by kind; see `init`.
  @usableFromInline var a: Double
  /// Second parameter.
  @usableFromInline var b: Double
  /// Third parameter.
  @usableFromInline var c: Double

  /// A law with up to three parameters.
  @usableFromInline init(
    _ kind: Kind,
    _ a: Double = 0,
    _ b: Double = 0,
    _ c: Double = 0,
    offset: Int = 0,
    size: Int = 0
  ) {
    self.kind = kind
    self.a = a
    self.b = b
    self.c = c
    self.offset = UInt32(truncatingIfNeeded: offset)
    self.size = UInt32(truncatingIfNeeded: size)
  }

  /// Always zero.
  package static var zero: Sampler { Sampler(.constant) }

  /// A draw in nanoseconds, rounded to the nearest and kept within [0, 2^55).
  @inlinable @inline(__always)
  package func duration(_ g: inout Generator, _ tables: borrowing SamplerTables) -> SimDuration {
    Self.duration(seconds: value(&g, tables))
  }

  /// A draw in seconds.
  @inlinable @inline(__always)
  package func value(_ g: inout Generator, _ tables: borrowing SamplerTables) -> Double {
    switch kind {
    case .constant: a
    case .exponential: a * tables.unitExponential(&g)
    case .lognormal: tables.powers.exp(a + b * tables.unitNormal(&g))
    default: rareValue(&g, tables)
    }
  }

  /// Seconds as whole nanoseconds: NaN and negative give 0, too large gives 2^55 - 1.
  @inlinable @inline(__always) package static func duration(seconds: Double) -> SimDuration {
    let nanoseconds = seconds * 1e9
    guard nanoseconds > 0 else { return .zero }
    guard nanoseconds < 0x1p51 else { return longDuration(nanoseconds) }
    // Above 2^52 doubles are whole numbers: the addition rounds, and the low bits are the result.
    let whole = (nanoseconds + 0x1p52).bitPattern &- 0x1p52.bitPattern
    return SimDuration(nanoseconds: Int64(truncatingIfNeeded: whole))
  }

  /// The conversion from 26 days on.
  @usableFromInline @inline(never)
  static func longDuration(_ nanoseconds: Double) -> SimDuration {
    guard nanoseconds < 0x1p55 - 1 else { return SimDuration(nanoseconds: 1 &<< 55 - 1) }
    return SimDuration(nanoseconds: Int64(nanoseconds + 0.5))
  }

  /// A draw in seconds from the laws that are not on the request path as a rule.
  @usableFromInline @inline(never)
  func rareValue(_ g: inout Generator, _ tables: borrowing SamplerTables) -> Double {
    switch kind {
    case .constant, .exponential, .lognormal: a
    case .normal: max(0, a + b * tables.unitNormal(&g))
    case .gamma: gamma(&g, tables)
    // E^(1/k) and x_m e^(E/α), with E exponential, are the inverses of the survival functions.
    case .weibull: a * tables.powers.exp(b * PortableMath.log(tables.unitExponential(&g)))
    case .pareto: a * tables.powers.exp(b * tables.unitExponential(&g))
    case .uniform: a + b * g.uniform()
    case .empirical: tables.values[Int(offset) + Int(g.below(size))]
    case .inverseTable: interpolated(g.uniform(), tables)
    }
  }

  /// Gamma by Marsaglia and Tsang (2000): a cubed normal, accepted nearly always.
  private func gamma(_ g: inout Generator, _ tables: borrowing SamplerTables) -> Double {
    // A shape below 1 is drawn as shape + 1 and multiplied by U^(1/shape); c = 1/shape then.
    let boost = c == 0 ? 1 : tables.powers.exp(-c * tables.unitExponential(&g))
    while true {
      let z = tables.unitNormal(&g)
      let root = 1 + b * z
      guard root > 0 else { continue }
      let cube = root * root * root
      let u = g.uniformPositive()
      let square = z * z
      if u < 1 - 0.0331 * square * square { return a * cube * boost }
      let d = 1 / (9 * b * b)
      let limit = 0.5 * square + d * (1 - cube + PortableMath.log(cube))
      if PortableMath.log(u) < limit { return a * cube * boost }
    }
  }

  /// The tabulated quantile at a probability.
  private func interpolated(_ u: Double, _ tables: borrowing SamplerTables) -> Double {
    let place = u * a
    let index = min(Int(place), Int(size) - 2)
    let low = tables.values[Int(offset) + index]
    let high = tables.values[Int(offset) + index + 1]
    return low + (place - Double(index)) * (high - low)
  }
}
