import Foundation
import Statistics
import TestSupport
import Testing

/// A queue whose mean sojourn time has a formula, as a shipped scenario.
struct TheoryCase: CustomTestStringConvertible, Sendable {
  /// Folder under Scenarios/.
  let scenario: String
  /// Mean time in the system in milliseconds, by the formula.
  let sojourn: Double
  /// The override that makes the servers 3 % slower.
  let slower: String
  var testDescription: String { scenario }

  /// M/G/1 at 70/s with a mean service time of 10 ms (Pollaczek–Khinchine).
  private static func pollaczekKhinchine(squaredVariation: Double) -> Double {
    let (rate, service) = (0.07, 10.0)
    let load = rate * service
    return service + load * service * (1 + squaredVariation) / (2 * (1 - load))
  }

  /// P(wait) of M/M/c by Erlang's formula, summed as it stands in the textbooks.
  private static func erlangC(servers: Int, load: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    for k in 1..<servers {
      term *= load / Double(k)
      sum += term
    }
    let last = term * load / Double(servers) * Double(servers) / (Double(servers) - load)
    return last / (sum + last)
  }

  static let all: [TheoryCase] = [
    // 1/(μ − λ) with μ = 100/s and λ = 70/s.
    TheoryCase(
      scenario: "theory-mm1",
      sojourn: 1000.0 / 30,
      slower: "workloads.server.serviceTime.exponential.mean=10.3ms"
    ),
    // 1/μ + C(c, a)/(cμ − λ) with c = 8, μ = 10/s, λ = 56/s.
    TheoryCase(
      scenario: "theory-mmc",
      sojourn: 100 + erlangC(servers: 8, load: 5.6) * 1000 / 24,
      slower: "workloads.server.serviceTime.exponential.mean=103ms"
    ),
    TheoryCase(
      scenario: "theory-mg1-deterministic",
      sojourn: pollaczekKhinchine(squaredVariation: 0),
      slower: "workloads.server.serviceTime.deterministic=10.3ms"
    ),
    // The squared coefficient of variation of a lognormal law is exp(σ²) − 1.
    TheoryCase(
      scenario: "theory-mg1-lognormal",
      sojourn: pollaczekKhinchine(squaredVariation: Foundation.exp(0.36) - 1),
      slower: "workloads.server.serviceTime.lognormal.mean=10.3ms"
    ),
    // A random split of a Poisson stream is a Poisson stream: five M/M/1 queues at 70/s each.
    TheoryCase(
      scenario: "theory-random-split",
      sojourn: 1000.0 / 30,
      slower: "workloads.server.serviceTime.exponential.mean=10.3ms"
    ),
  ]
}

/// Scenario file in, CSV out, textbook in between.
@Suite(.serialized) struct QueueingTheoryTests {
  struct Estimate {
    let mean: Double
    let low: Double
    let high: Double
    let confidence: Double
    func holds(_ value: Double) -> Bool { low <= value && value <= high }
  }

  /// Runs a scenario and reads the mean latency of successes from its summary.csv.
  private func estimate(_ scenario: String, overrides: [String] = []) throws -> Estimate {
    try withTemporaryDirectory { folder in
      let output = folder.appending(path: "out").path
      let sets = overrides.flatMap { ["--set", $0] }
      let run = try Podstorm.run(
        ["run", "Scenarios/\(scenario)/scenario.yaml", "--output", output, "--quiet"] + sets
      )
      #expect(run.status == 0, "\(run.summary)")
      let text = try String(
        contentsOf: folder.appending(path: "out/summary.csv"),
        encoding: .utf8
      )
      let row = try #require(
        try CSVTable(parsing: text).rows(where: ["metric": "latency_mean_ms"]).first
      )
      func number(_ column: String) throws -> Double {
        try #require(row[column].flatMap(Double.init))
      }
      return Estimate(
        mean: try number("mean"),
        low: try number("ci_low"),
        high: try number("ci_high"),
        confidence: try number("confidence_ratio")
      )
    }
  }

  @Test(arguments: TheoryCase.all)
  func theoryLiesInsideANarrowInterval(_ theory: TheoryCase) throws {
    let estimate = try estimate(theory.scenario)
    #expect(estimate.confidence == 0.999)
    #expect(
      estimate.holds(theory.sojourn),
      "theory \(theory.sojourn) ms, simulated \(estimate.low) … \(estimate.high) ms"
    )
    let halfWidth = (estimate.high - estimate.low) / 2 / estimate.mean
    #expect(halfWidth <= 0.01, "relative half-width \(halfWidth)")
  }

  /// The test above can fail: with servers 3 % slower theory lies outside.
  @Test(arguments: TheoryCase.all)
  func aServerThreePercentSlowerIsFound(_ theory: TheoryCase) throws {
    let estimate = try estimate(theory.scenario, overrides: [theory.slower])
    #expect(!estimate.holds(theory.sojourn))
  }
}
