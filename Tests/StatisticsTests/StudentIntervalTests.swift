import Statistics
import Testing

/// Against the t table printed in every textbook, and against hand calculation.
struct StudentIntervalTests {
  @Test(
    "two-sided factors are those of the printed table",
    arguments: [
      (1, 0.95, 12.7062), (2, 0.95, 4.3027), (4, 0.95, 2.7764), (9, 0.95, 2.2622),
      (9, 0.90, 1.8331), (9, 0.99, 3.2498), (9, 0.999, 4.7809), (29, 0.95, 2.0452),
      (120, 0.95, 1.9799),
    ]
  )
  func printedTable(degreesOfFreedom: Int, confidence: Double, expected: Double) {
    let factor = StudentT.twoSidedFactor(
      degreesOfFreedom: degreesOfFreedom,
      confidence: confidence
    )
    #expect(abs(factor - expected) < 0.000_05)
  }

  @Test("the factor is the same when it comes from the cache")
  func cached() {
    let first = StudentT.twoSidedFactor(degreesOfFreedom: 17, confidence: 0.975)
    let second = StudentT.twoSidedFactor(degreesOfFreedom: 17, confidence: 0.975)
    #expect(first == second)
  }

  @Test("mean, deviation and bounds of five values, by hand")
  func byHand() {
    // mean 3, squared deviations 4+1+0+1+4 = 10, variance 10/4, standard error sqrt(2.5/5).
    let interval = ConfidenceInterval.student([1, 2, 3, 4, 5], confidence: 0.95)
    #expect(interval.mean == 3)
    #expect(abs(interval.standardDeviation - 1.581_139) < 1e-6)
    #expect(abs(interval.halfWidth - 2.776_445 * 0.707_107) < 1e-5)
    #expect(interval.count == 5)
    #expect(interval.contains(1.1) && !interval.contains(1.0))
  }

  @Test("one value has no interval and no value has no mean")
  func tooFew() {
    let one = ConfidenceInterval.student([7], confidence: 0.95)
    #expect(one.low == 7 && one.mean == 7 && one.high == 7 && one.count == 1)
    let none = ConfidenceInterval.student([], confidence: 0.95)
    #expect(none.mean.isNaN && none.low.isNaN && none.high.isNaN && none.count == 0)
  }

  @Test("pairing takes out what both sides share")
  func paired() {
    // The differences are 1, 2, 3: mean 2, deviation 1, factor 4.3027 with 2 degrees of freedom.
    let interval = ConfidenceInterval.pairedDifference(
      [101, 202, 303],
      [100, 200, 300],
      confidence: 0.95
    )
    #expect(interval.mean == 2)
    #expect(abs(interval.low - (2 - 4.302_653 / 1.732_051)) < 1e-5)
    #expect(abs(interval.high - (2 + 4.302_653 / 1.732_051)) < 1e-5)
  }

  @Test("a large common offset does not eat the variance")
  func welfordIsStable() {
    // Sums of squares would lose all digits at 1e9; the variance of 4, 7, 13, 16 is 30.
    let moments = Welford([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])
    #expect(moments.sampleVariance == 30)
    #expect(moments.populationVariance == 22.5)
    #expect(moments.mean == 1e9 + 10)
  }
}
