// Exact moments of the laws, the yardstick for samplers, offered load and control variates.

extension Distribution {
  /// The mean in seconds; infinite where the law has none.
  ///
  /// That of the normal law is before draws below zero are set to zero.
  package var mean: Double {
    switch self {
    case .deterministic(let value): value
    case .exponential(let mean), .normal(let mean, _), .lognormal(let mean, _),
      .gamma(let mean, _):
      mean
    case .weibull(let shape, let scale): scale * Self.gammaFunction(1 + 1 / shape)
    case .pareto(let minimum, let alpha): alpha > 1 ? alpha * minimum / (alpha - 1) : .infinity
    case .empirical(let values): Self.average(values)
    case .inverseTable(let quantiles): Self.pieces(quantiles) { ($0 + $1) / 2 }
    case .uniform(let low, let high): (low + high) / 2
    }
  }

  /// The variance in seconds squared; infinite where the law has none.
  ///
  /// That of the normal law is before draws below zero are set to zero.
  package var variance: Double {
    switch self {
    case .deterministic: 0
    case .exponential(let mean): mean * mean
    case .normal(_, let deviation): deviation * deviation
    case .lognormal(let mean, let sigma): mean * mean * (PortableMath.exp(sigma * sigma) - 1)
    case .gamma(let mean, let shape): mean * mean / shape
    case .weibull(let shape, let scale): Self.weibullVariance(shape, scale)
    case .pareto(let minimum, let alpha): Self.paretoVariance(minimum, alpha)
    case .empirical(let values): Self.average(values.map { ($0 - mean) * ($0 - mean) })
    case .inverseTable(let quantiles): tableVariance(quantiles)
    case .uniform(let low, let high): (high - low) * (high - low) / 12
    }
  }

  private static func weibullVariance(_ shape: Double, _ scale: Double) -> Double {
    let first = gammaFunction(1 + 1 / shape)
    return scale * scale * (gammaFunction(1 + 2 / shape) - first * first)
  }

  private static func paretoVariance(_ minimum: Double, _ alpha: Double) -> Double {
    guard alpha > 2 else { return .infinity }
    return minimum * minimum * alpha / ((alpha - 1) * (alpha - 1) * (alpha - 2))
  }

  private func tableVariance(_ quantiles: [Double]) -> Double {
    let center = mean
    return Self.pieces(quantiles) { low, high in
      let a = low - center
      let b = high - center
      return (a * a + a * b + b * b) / 3
    }
  }

  private static func gammaFunction(_ x: Double) -> Double {
    PortableMath.exp(PortableMath.logGamma(x))
  }

  private static func average(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }

  /// The average of a function of both ends over the pieces of a table; all are equally likely.
  private static func pieces(
    _ quantiles: [Double],
    _ piece: (Double, Double) -> Double
  ) -> Double {
    guard let first = quantiles.first else { return 0 }
    guard quantiles.count > 1 else { return piece(first, first) }
    var total = 0.0
    for index in 1..<quantiles.count { total += piece(quantiles[index - 1], quantiles[index]) }
    return total / Double(quantiles.count - 1)
  }
}
