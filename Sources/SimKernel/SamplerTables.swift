/// What drawing needs besides a `Sampler`: laws, ziggurats, powers and the data of tabulated laws.
///
/// A run owns one. Passed along rather than kept in a global, because reaching a lazily made global
/// costs as much as a draw; and behind one pointer, because a struct that is handed to a function
/// that is not inlined is first copied out of its owner (60 instructions a request).
@usableFromInline package struct SamplerTables: ~Copyable {
  /// What the pointer leads to.
  @usableFromInline struct Contents: ~Copyable {
    /// Layers of the exponential law.
    @usableFromInline let exponential = Ziggurat.exponential()
    /// Layers of the normal law.
    @usableFromInline let normal = Ziggurat.normal()
    /// Powers for `exp`.
    @usableFromInline let powers = ExponentialTable()
    /// The registered laws, by the samplers' numbers.
    @usableFromInline var laws = Table<SamplerLaw>()
    /// Data of the empirical and tabulated laws, one after the other.
    @usableFromInline var values = Table<Double>()
  }

  /// The tables themselves.
  @usableFromInline let contents: UnsafeMutablePointer<Contents>

  /// Builds ziggurats and powers, in some tens of microseconds.
  package init() {
    contents = .allocate(capacity: 1)
    contents.initialize(to: Contents())
    contents.pointee.laws.append(SamplerLaw(.constant))
  }

  deinit {
    contents.deinitialize(count: 1)
    contents.deallocate()
  }

  /// A draw from the exponential law with mean 1.
  @inlinable @inline(__always) package func unitExponential(_ g: inout Generator) -> Double {
    contents.pointee.exponential.drawExponential(&g)
  }

  /// A draw from the normal law with mean 0 and variance 1.
  @inlinable @inline(__always) package func unitNormal(_ g: inout Generator) -> Double {
    contents.pointee.normal.drawNormal(&g)
  }

  /// Prepares a law for drawing.
  package mutating func register(_ distribution: Distribution) -> Sampler {
    contents.pointee.laws.append(law(of: distribution))
    return Sampler(index: contents.pointee.laws.count - 1)
  }

  private mutating func law(of distribution: Distribution) -> SamplerLaw {
    switch distribution {
    case .deterministic(let value): SamplerLaw(.constant, value)
    case .exponential(let mean): SamplerLaw(.exponential, mean)
    case .normal(let mean, let deviation): SamplerLaw(.normal, mean, deviation)
    case .lognormal(let mean, let sigma):
      // The mean of a lognormal law is e^(μ + σ²/2).
      SamplerLaw(.lognormal, PortableMath.log(mean) - sigma * sigma / 2, sigma)
    case .gamma(let mean, let shape): gamma(mean, shape)
    case .weibull(let shape, let scale): SamplerLaw(.weibull, scale, 1 / shape)
    case .pareto(let minimum, let alpha): SamplerLaw(.pareto, minimum, 1 / alpha)
    case .empirical(let observed): tabulated(.empirical, observed)
    case .inverseTable(let quantiles): tabulated(.inverseTable, quantiles)
    case .uniform(let low, let high): SamplerLaw(.uniform, low, high - low)
    }
  }

  /// Parameters of Marsaglia and Tsang's method; constant when there is no such law.
  private func gamma(_ mean: Double, _ shape: Double) -> SamplerLaw {
    // With a shape of zero or NaN the method would reject for ever.
    guard shape > 0, shape.isFinite else { return SamplerLaw(.constant, mean) }
    let raised = shape < 1 ? shape + 1 : shape
    let d = raised - 1.0 / 3
    return SamplerLaw(
      .gamma,
      mean / shape * d,
      1 / PortableMath.sqrt(9 * d),
      shape < 1 ? 1 / shape : 0
    )
  }

  /// Stores the data of a law; none is always zero, and one always that.
  private mutating func tabulated(_ kind: SamplerLaw.Kind, _ data: [Double]) -> SamplerLaw {
    guard data.count > 1 else { return SamplerLaw(.constant, data.first ?? 0) }
    let offset = contents.pointee.values.count
    for value in data { contents.pointee.values.append(value) }
    return SamplerLaw(kind, Double(data.count - 1), offset: offset, size: data.count)
  }
}
