/// One law with its parameters, as the tables keep it.
@usableFromInline struct SamplerLaw: BitwiseCopyable {
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
  /// First parameter, by kind; see `SamplerTables`.
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

  /// A draw in seconds from the laws that are not on the request path as a rule.
  @usableFromInline @inline(never)
  func rareValue(
    _ g: inout Generator,
    _ tables: UnsafeMutablePointer<SamplerTables.Contents>
  ) -> Double {
    switch kind {
    case .constant, .exponential, .lognormal: a
    case .normal: max(0, a + b * tables.pointee.normal.drawNormal(&g))
    case .gamma: gamma(&g, tables)
    // E^(1/k) and x_m e^(E/α), with E exponential, are the inverses of the survival functions.
    case .weibull: a * power(b * PortableMath.log(unitExponential(&g, tables)), tables)
    case .pareto: a * power(b * unitExponential(&g, tables), tables)
    case .uniform: a + b * g.uniform()
    case .empirical: tables.pointee.values[Int(offset) + Int(g.below(size))]
    case .inverseTable: interpolated(g.uniform(), tables)
    }
  }

  /// Gamma by Marsaglia and Tsang (2000): a cubed normal, accepted nearly always.
  private func gamma(
    _ g: inout Generator,
    _ tables: UnsafeMutablePointer<SamplerTables.Contents>
  ) -> Double {
    // A shape below 1 is drawn as shape + 1 and multiplied by U^(1/shape); c = 1/shape then.
    let boost = c == 0 ? 1 : power(-c * unitExponential(&g, tables), tables)
    while true {
      let z = tables.pointee.normal.drawNormal(&g)
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
  private func interpolated(
    _ u: Double,
    _ tables: UnsafeMutablePointer<SamplerTables.Contents>
  ) -> Double {
    let place = u * a
    let index = min(Int(place), Int(size) - 2)
    let low = tables.pointee.values[Int(offset) + index]
    let high = tables.pointee.values[Int(offset) + index + 1]
    return low + (place - Double(index)) * (high - low)
  }

  @inline(__always)
  private func unitExponential(
    _ g: inout Generator,
    _ tables: UnsafeMutablePointer<SamplerTables.Contents>
  ) -> Double {
    tables.pointee.exponential.drawExponential(&g)
  }

  @inline(__always)
  private func power(
    _ x: Double,
    _ tables: UnsafeMutablePointer<SamplerTables.Contents>
  ) -> Double {
    tables.pointee.powers.exp(x)
  }
}
