import CGSL
import SimKernel
import Statistics
import Testing

struct InverseTableTests {
  private func table(_ law: Distribution) -> [Double] {
    guard case .inverseTable(let table) = law else { return [] }
    return table
  }

  @Test("a quantile function is tabulated at equally spaced probabilities")
  func identity() {
    #expect(table(InverseTable.fill(quantile: { 10 * $0 }, points: 5)) == [0, 2.5, 5, 7.5, 10])
  }

  @Test("an infinite quantile is taken half a step inside")
  func infiniteEnds() {
    let law = InverseTable.fill(quantile: { $0 == 1 ? .infinity : $0 }, points: 3)
    #expect(table(law) == [0, 0.5, 0.75])
  }

  @Test("beta(2, 5) has the quartiles SciPy's beta.ppf gives")
  func beta() throws {
    let quantiles = table(InverseTable.beta(alpha: 2, beta: 5, maximum: 10, points: 5))
    try #require(quantiles.count == 5)
    let expected = [0, 1.611_629_2, 2.644_499_8, 3.894_794_9, 10]
    for (quantile, truth) in zip(quantiles, expected) { #expect(abs(quantile - truth) < 1e-6) }
  }

  @Test("gumbel(1, 0.2) has its median at mode - scale·ln(ln 2) and is never negative")
  func gumbel() throws {
    let quantiles = table(InverseTable.gumbel(mode: 1, scale: 0.2, points: 3))
    try #require(quantiles.count == 3)
    #expect(abs(quantiles[1] - 1.073_302_6) < 1e-7)
    let early = table(InverseTable.gumbel(mode: 0, scale: 1))
    #expect(early.allSatisfy { $0 >= 0 && $0.isFinite })
    #expect(zip(early, early.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test("every shape that a scenario may give has a finite, rising table")
  func betaNeverFails() {
    for alpha in [0.5, 0.7, 1, 2, 5, 20] {
      for beta in [0.5, 0.7, 1, 2, 5, 20] {
        let quantiles = table(InverseTable.beta(alpha: alpha, beta: beta, maximum: 1))
        #expect(quantiles.allSatisfy { $0 >= 0 && $0 <= 1 }, "\(alpha) \(beta)")
        #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 }, "\(alpha) \(beta)")
      }
    }
  }
}

extension InverseTableTests {
  /// Shapes for which the quantile has a formula: uniform, both power laws and the arcsine law.
  @Test("beta quantiles agree with the laws that have a formula")
  func closedForms() throws {
    let laws: [(Double, Double, (Double) -> Double)] = [
      (1, 1, { $0 }),
      (20, 1, { PortableMath.pow($0, 1 / 20.0) }),
      (1, 7, { 1 - PortableMath.pow(1 - $0, 1 / 7.0) }),
      (2, 1, { $0.squareRoot() }),
    ]
    for (alpha, beta, formula) in laws {
      let quantiles = table(InverseTable.beta(alpha: alpha, beta: beta, maximum: 1))
      for (index, quantile) in quantiles.enumerated() {
        let truth = formula(Double(index) / 1_024)
        #expect(abs(quantile - truth) <= 1e-9, "\(alpha) \(beta) \(index)")
      }
    }
  }

  @Test("beta quantiles agree with GSL's to the nanosecond")
  func agreesWithGSL() throws {
    for alpha in [0.5, 0.7, 1.5, 2, 5, 20] {
      for beta in [0.5, 0.9, 3, 8, 20] {
        let quantiles = table(InverseTable.beta(alpha: alpha, beta: beta, maximum: 1))
        for index in 1..<1_024 {
          let truth = gsl_cdf_beta_Pinv(Double(index) / 1_024, alpha, beta)
          // Half a nanosecond is lost by rounding.
          #expect(abs(quantiles[index] - truth) <= 0.501e-9, "\(alpha) \(beta) \(index)")
        }
      }
    }
  }
}
