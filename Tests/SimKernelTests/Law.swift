import CGSL
import SimKernel
import Testing

/// A law with its distribution function and moments from a source outside the sampler.
struct Law: Sendable, CustomTestStringConvertible {
  let distribution: Distribution
  let mean: Double
  let variance: Double
  let cdf: @Sendable (Double) -> Double
  var testDescription: String { "\(distribution)" }

  /// Moments default to the exact ones, which `MomentTests` compares with textbooks.
  init(
    distribution: Distribution,
    mean: Double? = nil,
    variance: Double? = nil,
    cdf: @escaping @Sendable (Double) -> Double
  ) {
    self.distribution = distribution
    self.mean = mean ?? distribution.mean
    self.variance = variance ?? distribution.variance
    self.cdf = cdf
  }

  /// Draws from the stream for ordinals from 0 upwards.
  func draws(_ count: Int, seed: UInt64) -> [Double] {
    var tables = SamplerTables()
    let sampler = tables.register(distribution)
    let stream = StreamFactory(seed: seed, replication: 0).stream("service/law")
    return (0..<UInt64(count)).map { ordinal in
      var generator = stream.generator(0, ordinal)
      return sampler.value(&generator, tables)
    }
  }

  /// Every law, with parameters as in scenarios.
  static let all: [Law] = [
    Law(distribution: .exponential(mean: 0.02)) { gsl_cdf_exponential_P($0, 0.02) },
    Law(distribution: .normal(mean: 5, standardDeviation: 0.5)) {
      gsl_cdf_gaussian_P($0 - 5, 0.5)
    },
    // Draws below zero are set to zero: mean μΦ + σφ and E[X²] = (μ² + σ²)Φ + μσφ at μ/σ = 1.
    Law(
      distribution: .normal(mean: 1, standardDeviation: 1),
      mean: 1.083_315_470_587_686,
      variance: 0.751_087_807_841_609
    ) { $0 < 0 ? 0 : gsl_cdf_gaussian_P($0 - 1, 1) },
    Law(distribution: .lognormal(mean: 0.6, sigma: 0.6)) {
      // ζ = log(mean) - σ²/2
      gsl_cdf_lognormal_P($0, -0.690_825_623_765_990_7, 0.6)
    },
    Law(distribution: .gamma(mean: 3, shape: 2.5)) { gsl_cdf_gamma_P($0, 2.5, 1.2) },
    Law(distribution: .gamma(mean: 2, shape: 40)) { gsl_cdf_gamma_P($0, 40, 0.05) },
    Law(distribution: .gamma(mean: 0.1, shape: 1)) { gsl_cdf_gamma_P($0, 1, 0.1) },
    Law(distribution: .gamma(mean: 1, shape: 0.4)) { gsl_cdf_gamma_P($0, 0.4, 2.5) },
    Law(distribution: .weibull(shape: 1.7, scale: 0.3)) { gsl_cdf_weibull_P($0, 0.3, 1.7) },
    Law(distribution: .weibull(shape: 0.7, scale: 2)) { gsl_cdf_weibull_P($0, 2, 0.7) },
    Law(distribution: .pareto(minimum: 0.05, alpha: 5.5)) { gsl_cdf_pareto_P($0, 5.5, 0.05) },
    Law(distribution: .uniform(low: 0.25, high: 1)) { gsl_cdf_flat_P($0, 0.25, 1) },
    Law(distribution: .empirical([1, 2, 4, 8])) { x in
      Double([1.0, 2, 4, 8].count { $0 <= x }) / 4
    },
    // Quantiles 0, 1 and 4 at probabilities 0, ½ and 1.
    Law(distribution: .inverseTable([0, 1, 4])) { $0 < 1 ? $0 / 2 : 0.5 + ($0 - 1) / 6 },
  ]

  /// Parameters at the edge of use, where a method could fail; some without moments.
  static let extreme: [Law] = [
    Law(distribution: .gamma(mean: 1, shape: 0.05)) { gsl_cdf_gamma_P($0, 0.05, 20) },
    Law(distribution: .gamma(mean: 1, shape: 1.001)) { gsl_cdf_gamma_P($0, 1.001, 1 / 1.001) },
    Law(distribution: .gamma(mean: 1, shape: 1_000)) { gsl_cdf_gamma_P($0, 1_000, 0.001) },
    Law(distribution: .lognormal(mean: 1, sigma: 2.5)) { gsl_cdf_lognormal_P($0, -3.125, 2.5) },
    Law(distribution: .weibull(shape: 0.2, scale: 1)) { gsl_cdf_weibull_P($0, 1, 0.2) },
    Law(distribution: .weibull(shape: 30, scale: 1)) { gsl_cdf_weibull_P($0, 1, 30) },
    Law(distribution: .pareto(minimum: 1, alpha: 0.5)) { gsl_cdf_pareto_P($0, 0.5, 1) },
  ]
}
