/// A law of a non-negative random duration, in seconds, as a scenario states it.
///
/// This is the description; `Sampler` draws from it. Parameters are those of the textbooks, so
/// that a mean can be checked by hand.
package enum Distribution: Hashable, Sendable {
  /// Always the same value.
  case deterministic(Double)
  /// Exponential with the given mean.
  case exponential(mean: Double)
  /// Normal, draws below zero are set to zero.
  case normal(mean: Double, standardDeviation: Double)
  /// Lognormal given by its own mean and the standard deviation `sigma` of its logarithm.
  case lognormal(mean: Double, sigma: Double)
  /// Gamma with shape k and the given mean (scale = mean / shape).
  case gamma(mean: Double, shape: Double)
  /// Weibull with shape k and scale λ.
  case weibull(shape: Double, scale: Double)
  /// Pareto with minimum x_m and tail index α.
  case pareto(minimum: Double, alpha: Double)
  /// One of the given values, each equally likely.
  case empirical([Double])
  /// Linear interpolation in an inverse distribution function at equally spaced probabilities.
  ///
  /// `table[i]` is the quantile at i / (table.count - 1); filled before the run, for laws that
  /// have no portable sampler.
  case inverseTable([Double])
  /// Uniform between two bounds.
  case uniform(low: Double, high: Double)
}
