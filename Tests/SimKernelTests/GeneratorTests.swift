import CGSL
import SimKernel
import Testing

/// What is made of 64 random bits.
@Suite struct GeneratorTests {
  struct Vector {
    /// Of the 64 bits, the upper 53 as a number.
    let upper: Double
    /// n and ⌊n · bits / 2^64⌋.
    let below: [UInt32: UInt32]
  }

  /// The first three numbers for the seed 1234567, shifted, multiplied and divided in Python, whose
  /// whole numbers have no limit: `x >> 11` and `x * n >> 64`.
  static let vectors = [
    Vector(
      upper: 3_153_236_189_995_295,
      below: [1: 0, 2: 0, 3: 1, 10: 3, 1_000: 350, 1 << 31: 751_790_091, .max: 1_503_580_183]
    ),
    Vector(
      upper: 1_564_046_978_124_417,
      below: [1: 0, 2: 0, 3: 0, 10: 1, 1_000: 173, 1 << 31: 372_897_858, .max: 745_795_716]
    ),
    Vector(
      upper: 4_793_697_232_518_735,
      below: [1: 0, 2: 1, 3: 1, 10: 5, 1_000: 532, 1 << 31: 1_142_906_482, .max: 2_285_812_965]
    ),
  ]

  @Test(arguments: vectors.indices)
  func resultsAreThoseOfTheFormulas(_ index: Int) {
    var start = Generator(state: 1_234_567)
    for _ in 0..<index { _ = start.next() }
    var (a, b) = (start, start)
    #expect(a.uniform() == Self.vectors[index].upper / 9_007_199_254_740_992)
    #expect(b.uniformPositive() == (Self.vectors[index].upper + 1) / 9_007_199_254_740_992)
    for (n, drawn) in Self.vectors[index].below {
      var generator = start
      #expect(generator.below(n) == drawn)
    }
  }

  /// With all bits zero the results are at the lower ends of their ranges.
  @Test func allZeros() {
    // State 0 - golden ratio is followed by state 0, whose output is 0.
    let beforeZero = Generator(state: 0 &- 0x9E37_79B9_7F4A_7C15)
    var (a, b, c, d) = (beforeZero, beforeZero, beforeZero, beforeZero)
    #expect(a.next() == 0)
    #expect(b.uniform() == 0)
    #expect(c.uniformPositive() == 0x1p-53)
    #expect(d.below(1_000) == 0)
  }

  /// With all bits one they are at the upper ends; the state before that comes from the inverse of
  /// the output function, worked out with modular inverses of its multipliers.
  @Test func allOnes() {
    let beforeOnes = Generator(state: 0x3162_8AF6_7B21_31AB)
    var (a, b, c) = (beforeOnes, beforeOnes, beforeOnes)
    #expect(a.next() == .max)
    #expect(b.uniform() == 1 - 0x1p-53)
    #expect(c.uniformPositive() == 1)
    for n in [1, 2, 3, 1_000, .max] as [UInt32] {
      var generator = beforeOnes
      #expect(generator.below(n) == n - 1)
    }
    var none = beforeOnes
    #expect(none.below(0) == 0)
  }

  /// Each of the 53 bits of a uniform number is set in half of the draws, and none is below them.
  @Test func uniformsHave53Bits() {
    let stream = RandomStream(key: 12)
    let draws = 200_000
    var ones = [Int](repeating: 0, count: 53)
    for ordinal in 0..<UInt64(draws) {
      var generator = stream.generator(0, ordinal)
      let scaled = generator.uniform() * 9_007_199_254_740_992
      #expect(scaled >= 0 && scaled < 9_007_199_254_740_992 && scaled == scaled.rounded())
      let bits = UInt64(scaled)
      for bit in 0..<53 where bits >> UInt64(bit) & 1 == 1 { ones[bit] += 1 }
    }
    // Standard deviation ½ √n; five of them.
    for (bit, count) in ones.enumerated() {
      #expect((Double(count) - 100_000).magnitude < 5 * 223.7, "bit \(bit)")
    }
  }

  @Test(arguments: [2, 3, 7, 10, 100, 1 << 31, .max] as [UInt32])
  func belowIsUniform(n: UInt32) {
    let cells = min(n, 100)
    var counts = [Double](repeating: 0, count: Int(cells))
    for ordinal in 0..<100_000 as Range<UInt64> {
      var generator = RandomStreamTests.stream.generator(9, ordinal)
      let drawn = generator.below(n)
      #expect(drawn < n)
      counts[Int(UInt64(drawn) * UInt64(cells) / UInt64(n))] += 1
    }
    let expected = 100_000 / Double(cells)
    let statistic = counts.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
    #expect(statistic < gsl_cdf_chisq_Qinv(1e-5, Double(cells - 1)))
  }
}
