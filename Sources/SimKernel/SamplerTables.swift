/// What drawing needs besides a `Sampler`: ziggurats, powers and the data of tabulated laws.
///
/// A run owns one. Passed along rather than kept in a global, because reaching a lazily made global
/// costs as much as a draw.
@usableFromInline package struct SamplerTables: ~Copyable {
  /// Layers of the exponential law.
  @usableFromInline let exponential: Ziggurat
  /// Layers of the normal law.
  @usableFromInline let normal: Ziggurat
  /// Powers for `exp`.
  @usableFromInline let powers: ExponentialTable
  /// Data of the empirical and tabulated laws, one after the other.
  @usableFromInline var values: Table<Double>

  /// Builds ziggurats and powers, in some tens of microseconds.
  package init() {
    exponential = .exponential()
    normal = .normal()
    powers = ExponentialTable()
    values = Table()
  }

  /// A draw from the exponential law with mean 1.
  @inlinable @inline(__always) package func unitExponential(_ g: inout Generator) -> Double {
    exponential.drawExponential(&g)
  }

  /// A draw from the normal law with mean 0 and variance 1.
  @inlinable @inline(__always) package func unitNormal(_ g: inout Generator) -> Double {
    normal.drawNormal(&g)
  }

  /// Prepares a law for drawing.
  package mutating func register(_ distribution: Distribution) -> Sampler {
    switch distribution {
    case .deterministic(let value): Sampler(.constant, value)
    case .exponential(let mean): Sampler(.exponential, mean)
    case .normal(let mean, let deviation): Sampler(.normal, mean, deviation)
    case .lognormal(let mean, let sigma):
      // The mean of a lognormal law is e^(μ + σ²/2).
      Sampler(.lognormal, PortableMath.log(mean) - sigma * sigma / 2, sigma)
    case .gamma(let mean, let shape): gamma(mean, shape)
    case .weibull(let shape, let scale): Sampler(.weibull, scale, 1 / shape)
    case .pareto(let minimum, let alpha): Sampler(.pareto, minimum, 1 / alpha)
    case .empirical(let observed): tabulated(.empirical, observed)
    case .inverseTable(let quantiles): tabulated(.inverseTable, quantiles)
    case .uniform(let low, let high): Sampler(.uniform, low, high - low)
    }
  }

  /// Parameters of Marsaglia and Tsang's method; constant when there is no such law.
  private func gamma(_ mean: Double, _ shape: Double) -> Sampler {
    // With a shape of zero or NaN the method would reject for ever.
    guard shape > 0, shape.isFinite else { return Sampler(.constant, mean) }
    let raised = shape < 1 ? shape + 1 : shape
    let d = raised - 1.0 / 3
    return Sampler(
      .gamma,
      mean / shape * d,
      1 / PortableMath.sqrt(9 * d),
      shape < 1 ? 1 / shape : 0
    )
  }

  /// Stores the data of a law; none is always zero, and one always that.
  private mutating func tabulated(_ kind: Sampler.Kind, _ data: [Double]) -> Sampler {
    guard data.count > 1 else { return Sampler(.constant, data.first ?? 0) }
    let offset = values.count
    for value in data { values.append(value) }
    return Sampler(kind, Double(data.count - 1), offset: offset, size: data.count)
  }
}
