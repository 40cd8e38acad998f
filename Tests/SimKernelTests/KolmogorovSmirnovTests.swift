import CGSL
import SimKernel
import Testing

/// The test of Kolmogorov and Smirnov: the largest distance between two distribution functions.
enum KolmogorovSmirnov {
  /// What √n times the distance exceeds with probability 10^-4: √(-½ ln(½ 10^-4)).
  ///
  /// Where the law has jumps the probability is smaller.
  static let limit = 2.2253

  /// √n times the distance of sorted draws from a law, jumps included.
  static func statistic(_ sorted: [Double], _ cdf: (Double) -> Double) -> Double {
    let n = Double(sorted.count)
    var distance = 0.0
    var index = 0
    while index < sorted.count {
      let x = sorted[index]
      let first = index
      while index < sorted.count, sorted[index] == x { index += 1 }
      let here = cdf(x)
      let before = index - first > 1 ? cdf(x.nextDown) : here
      distance = max(distance, (Double(first) / n - before).magnitude)
      distance = max(distance, (Double(index) / n - here).magnitude)
    }
    return distance * n.squareRoot()
  }

  /// At most √n times the distance: taken at one draw in a thousand.
  static func lowerBound(_ sorted: [Double], _ cdf: (Double) -> Double) -> Double {
    let n = Double(sorted.count)
    let distances = stride(from: 0, to: sorted.count, by: 1_000).map { index in
      max(
        cdf(sorted[index].nextDown) - Double(index) / n,
        Double(index + 1) / n - cdf(sorted[index])
      )
    }
    return (distances.max() ?? 0) * n.squareRoot()
  }
}

@Suite struct KolmogorovSmirnovTests {
  /// By hand: of the draws ¼, ¼, 1 from the uniform law, ⅔ are ¼ or less: distance ⅔ - ¼.
  @Test func statisticByHand() {
    let statistic = KolmogorovSmirnov.statistic([0.25, 0.25, 1]) { $0 }
    #expect((statistic - 5.0 / 12 * 3.0.squareRoot()).magnitude < 1e-12)
  }

  /// Draws follow the law, at level 10^-4; and the same draws do not follow one whose mean is one
  /// in a hundred larger or smaller.
  @Test(arguments: Law.all)
  func shapeIsThatOfTheLaw(law: Law) {
    let draws = law.draws(2_500_000, seed: 7).sorted()
    #expect(KolmogorovSmirnov.statistic(draws, law.cdf) < KolmogorovSmirnov.limit)
    for scale in [0.99, 1.01] {
      let shifted = KolmogorovSmirnov.lowerBound(draws) { law.cdf($0 / scale) }
      #expect(shifted > KolmogorovSmirnov.limit, "mean × \(scale)")
    }
  }

  @Test(arguments: Law.extreme)
  func extremeParameters(law: Law) {
    let draws = law.draws(500_000, seed: 8).sorted()
    #expect(KolmogorovSmirnov.statistic(draws, law.cdf) < KolmogorovSmirnov.limit)
  }

  /// Beyond the place where the last layer ends, as Marsaglia and Tsang (2000) give it for 256
  /// layers, there are as many draws as there should be, and they follow the law's tail.
  ///
  /// About 18,000 of the 40 million: the test sees a tail that is 6 % too long or too short.
  @Test func exponentialBeyondTheLayers() {
    let start = 7.697_117_470_131_05
    let tables = SamplerTables()
    var generator = RandomStream(key: 21).generator(0, 0)
    var beyond: [Double] = []
    for _ in 0..<40_000_000 {
      let x = tables.unitExponential(&generator)
      if x > start { beyond.append(x) }
    }
    let expected = 40_000_000 * gsl_cdf_exponential_Q(start, 1)
    #expect((Double(beyond.count) - expected).magnitude < 5 * expected.squareRoot())
    beyond.sort()
    let tail: (Double) -> Double = { gsl_cdf_exponential_P($0 - start, 1) }
    #expect(KolmogorovSmirnov.statistic(beyond, tail) < KolmogorovSmirnov.limit)
    let longer: (Double) -> Double = { gsl_cdf_exponential_P($0 - start, 1.06) }
    #expect(KolmogorovSmirnov.statistic(beyond, longer) > KolmogorovSmirnov.limit)
  }

  /// The same on both sides of the normal law; about 10,000 of the 40 million.
  @Test func normalBeyondTheLayers() {
    let start = 3.654_152_885_361_009
    let tables = SamplerTables()
    var generator = RandomStream(key: 22).generator(0, 0)
    var beyond: [Double] = []
    for _ in 0..<40_000_000 {
      let z = tables.unitNormal(&generator)
      if z.magnitude > start { beyond.append(z) }
    }
    let expected = 80_000_000 * gsl_cdf_ugaussian_Q(start)
    #expect((Double(beyond.count) - expected).magnitude < 5 * expected.squareRoot())
    // Signs are a binomial: standard deviation of above - below is √n.
    let sum = beyond.reduce(0.0) { $0 + ($1 > 0 ? 1 : -1) }
    #expect(sum.magnitude < 5 * expected.squareRoot())
    let sizes = beyond.map(\.magnitude).sorted()
    let tail: (Double) -> Double = { 1 - gsl_cdf_ugaussian_Q($0) / gsl_cdf_ugaussian_Q(start) }
    #expect(KolmogorovSmirnov.statistic(sizes, tail) < KolmogorovSmirnov.limit)
    // An exponential tail with the right slope at its start is longer by the square's part.
    let exponential: (Double) -> Double = { gsl_cdf_exponential_P($0 - start, 1 / start) }
    #expect(KolmogorovSmirnov.statistic(sizes, exponential) > KolmogorovSmirnov.limit)
  }
}
