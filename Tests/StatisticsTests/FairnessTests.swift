import Statistics
import Testing

struct FairnessTests {
  @Test(
    "Jain's index: n equal loads give 1, k of n loaded equally give k/n",
    arguments: [
      ([5.0, 5, 5, 5], 1.0), ([9.0, 0, 0], 1.0 / 3), ([2.0, 2, 0, 0, 0], 0.4),
      // (1+2+3)² / (3·14)
      ([1.0, 2, 3], 36.0 / 42),
    ]
  )
  func jain(loads: [Double], expected: Double) throws {
    #expect(abs(try #require(Fairness.jainIndex(loads)) - expected) < 1e-12)
  }

  @Test("coefficient of variation and hottest over mean, by hand")
  func spread() throws {
    // mean 5, population variance (9+1+1+9)/4 = 5.
    let loads = [2.0, 4, 6, 8]
    #expect(abs(try #require(Fairness.coefficientOfVariation(loads)) - 0.447_213_6) < 1e-7)
    #expect(Fairness.hottestToMean(loads) == 1.6)
  }

  @Test("no load, no verdict", arguments: [[Double](), [0, 0, 0]])
  func nothing(loads: [Double]) {
    #expect(Fairness.jainIndex(loads) == nil)
    #expect(Fairness.coefficientOfVariation(loads) == nil)
    #expect(Fairness.hottestToMean(loads) == nil)
  }
}
