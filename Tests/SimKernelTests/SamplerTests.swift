import CGSL
import SimKernel
import Testing

@Suite struct SamplerTests {
  /// Mean and variance of a million draws, within five standard errors of the exact ones.
  @Test(arguments: Law.all)
  func momentsAreThoseOfTheLaw(law: Law) {
    let draws = law.draws(1_000_000, seed: 2_024)
    let n = Double(draws.count)
    let mean = draws.reduce(0, +) / n
    let squares = draws.map { ($0 - law.mean) * ($0 - law.mean) }
    let variance = squares.reduce(0, +) / n
    let spread = squares.reduce(0) { $0 + ($1 - variance) * ($1 - variance) } / n
    #expect((mean - law.mean).magnitude < 5 * (law.variance / n).squareRoot())
    #expect((variance - law.variance).magnitude < 5 * (spread / n).squareRoot())
  }

  /// How often draws exceed quantiles far out, where a ziggurat's tail is at work.
  @Test(arguments: [7.0, 7.7, 9.0])
  func exponentialTail(threshold: Double) {
    let tables = SamplerTables()
    var generator = RandomStream(key: 5).generator(0, 0)
    let n = 8_000_000
    let beyond = (0..<n).count { _ in tables.unitExponential(&generator) > threshold }
    let expected = Double(n) * gsl_cdf_exponential_Q(threshold, 1)
    #expect((Double(beyond) - expected).magnitude < 5 * expected.squareRoot())
  }

  @Test(arguments: [3.3, 3.66, 4.2])
  func normalTails(threshold: Double) {
    let tables = SamplerTables()
    var generator = RandomStream(key: 6).generator(0, 0)
    let n = 8_000_000
    var (above, below) = (0, 0)
    for _ in 0..<n {
      let z = tables.unitNormal(&generator)
      if z > threshold { above += 1 } else if z < -threshold { below += 1 }
    }
    let expected = Double(n) * gsl_cdf_ugaussian_Q(threshold)
    #expect((Double(above) - expected).magnitude < 5 * expected.squareRoot())
    #expect((Double(below) - expected).magnitude < 5 * expected.squareRoot())
  }

  @Test func empiricalValuesAreEquallyLikely() {
    let draws = Law(distribution: .empirical([1, 2, 4, 8]), cdf: { $0 }).draws(400_000, seed: 3)
    var statistic = 0.0
    for value in [1.0, 2, 4, 8] {
      let difference = Double(draws.count { $0 == value }) - 100_000
      statistic += difference * difference / 100_000
    }
    #expect(statistic < gsl_cdf_chisq_Qinv(1e-4, 3))
    #expect(Set(draws) == [1, 2, 4, 8])
  }

  /// Half of the draws of a normal law around zero become zero.
  @Test func normalDrawsBelowZeroAreZero() {
    let law = Law(distribution: .normal(mean: 0, standardDeviation: 1), cdf: { $0 })
    let draws = law.draws(100_000, seed: 4)
    let zeros = Double(draws.count { $0 == 0 })
    #expect((zeros - 50_000).magnitude < 5 * 158.2)
    #expect(draws.allSatisfy { $0 >= 0 })
  }

  @Test(
    arguments: [
      (.deterministic(0.25), 0.25), (.empirical([]), 0), (.empirical([3]), 3),
      (.inverseTable([]), 0), (.inverseTable([2]), 2), (.uniform(low: 1, high: 1), 1),
      (.exponential(mean: 0), 0), (.lognormal(mean: 0, sigma: 0.5), 0),
      (.lognormal(mean: 1, sigma: 0), 1), (.gamma(mean: 0, shape: 2), 0),
      (.gamma(mean: 1, shape: 0), 1), (.gamma(mean: 1, shape: -1), 1),
      (.gamma(mean: 1, shape: .nan), 1),
    ] as [(Distribution, Double)]
  )
  func degenerateLawsAreConstant(distribution: Distribution, value: Double) {
    let draws = Law(distribution: distribution, cdf: { $0 }).draws(50, seed: 1)
    #expect(Set(draws) == [value])
  }

  @Test(
    arguments: [
      (1e-9, 1), (1.4e-9, 1), (1.6e-9, 2), (0.4e-9, 0), (0.02, 20_000_000), (-1, 0), (-0.0, 0),
      (.nan, 0), (.infinity, 1 << 55 - 1), (-.infinity, 0), (1e300, 1 << 55 - 1),
      (36_028_797.018963968, 1 << 55 - 1), (3_600, 3_600_000_000_000),
    ] as [(Double, Int64)]
  )
  func secondsBecomeTheNearestNanosecond(seconds: Double, nanoseconds: Int64) {
    #expect(Sampler.duration(seconds: seconds).nanoseconds == nanoseconds)
  }

  /// A duration is the same draw as the value, in whole nanoseconds.
  @Test(arguments: Law.all)
  func durationIsTheSameDraw(law: Law) {
    var tables = SamplerTables()
    let sampler = tables.register(law.distribution)
    for ordinal in 0..<1_000 as Range<UInt64> {
      var (a, b) = (
        RandomStream(key: 8).generator(0, ordinal), RandomStream(key: 8).generator(0, ordinal)
      )
      let duration = sampler.duration(&a, tables)
      #expect((Double(duration.nanoseconds) - sampler.value(&b, tables) * 1e9).magnitude <= 0.5001)
    }
  }

  /// Samplers of tables that share one arena do not read each other's data.
  @Test func tabulatedLawsKeepApart() {
    var tables = SamplerTables()
    let first = tables.register(.empirical([1, 2]))
    let second = tables.register(.empirical([10, 20, 30]))
    let third = tables.register(.inverseTable([100, 101]))
    var generator = RandomStream(key: 9).generator(0, 0)
    for _ in 0..<2_000 {
      #expect([1, 2].contains(first.value(&generator, tables)))
      #expect([10, 20, 30].contains(second.value(&generator, tables)))
      #expect((100...101).contains(third.value(&generator, tables)))
    }
  }
}

@Suite struct MomentTests {
  /// Means and variances worked out by hand from the textbook formulas.
  @Test(
    arguments: [
      (.deterministic(3), 3, 0),
      (.exponential(mean: 0.5), 0.5, 0.25),
      (.normal(mean: 2, standardDeviation: 3), 2, 9),
      // m² (e^σ² - 1) with σ = 1: e - 1
      (.lognormal(mean: 1, sigma: 1), 1, 1.718_281_828_459_045),
      (.gamma(mean: 6, shape: 3), 6, 12),
      // k = ½: λ Γ(3) = 2 λ and λ² (Γ(5) - 4) = 20 λ²
      (.weibull(shape: 0.5, scale: 3), 6, 180),
      // k = 2: λ √π / 2 and λ² (1 - π/4)
      (.weibull(shape: 2, scale: 1), 0.886_226_925_452_758, 0.214_601_836_602_551_7),
      (.pareto(minimum: 2, alpha: 3), 3, 3),
      (.pareto(minimum: 2, alpha: 2), 4, .infinity),
      (.pareto(minimum: 2, alpha: 1), .infinity, .infinity),
      (.empirical([1, 2, 3, 6]), 3, 3.5),
      (.empirical([]), 0, 0),
      // Uniform on 0...1 and on 1...4, half each: mean (½ + 2½)/2, E[X²] (⅓ + 7)/2
      (.inverseTable([0, 1, 4]), 1.5, 11.0 / 3 - 2.25),
      (.inverseTable([7]), 7, 0),
      (.uniform(low: 1, high: 4), 2.5, 0.75),
    ] as [(Distribution, Double, Double)]
  )
  func meanAndVariance(distribution: Distribution, mean: Double, variance: Double) {
    #expect(near(distribution.mean, mean))
    #expect(near(distribution.variance, variance))
  }

  private func near(_ a: Double, _ b: Double) -> Bool {
    a == b || (a - b).magnitude <= 1e-12 * b.magnitude
  }
}
