import ClusterSimulator
import Experiments
import Scenarios
import Statistics
import Testing

/// Differences between variants when a metric has no value in some replication.
@Suite struct PairingTests {
  /// The difference of availability between variants whose replications failed so many of 100
  /// requests; in one with `nil` nobody came, so it has no availability.
  private func difference(_ base: [Int?], _ other: [Int?]) throws -> (mean: Double, count: Int)? {
    let runs = [base, other].map { failures in
      failures.enumerated().map { index, failed in
        var run = HandMade.run(replication: index + 1, failed: failed ?? 0)
        if failed == nil { run.clients = [HandMade.client([])] }
        return run
      }
    }
    let variants = HandMade.scenario(variants: ["a", "b"], replications: base.count).variants
    let results = Comparison(confidence: 0.95).results(of: variants, runs: runs)
    let estimate = results[1].estimates.first { $0.metric == "availability_ratio" }
    return try #require(estimate).difference.map { ($0.mean, $0.count) }
  }

  /// Only replications with a value on both sides make a pair: 0.97 − 0.98 and 0.94 − 0.96.
  @Test(
    arguments: [
      ([nil, 2, 4], [10, 3, 6]), ([10, 2, 4], [nil, 3, 6]), ([2, nil, 4], [3, 10, 6]),
      ([2, 10, 4], [3, nil, 6]), ([2, 4, nil], [3, 6, 10]), ([nil, 2, 50, 4], [10, 3, nil, 6]),
    ] as [([Int?], [Int?])]
  )
  func pairsAreOfOneReplication(base: [Int?], other: [Int?]) throws {
    let difference = try #require(try difference(base, other))
    #expect(difference.count == 2)
    #expect(abs(difference.mean + 0.015) < 1e-12)
  }

  @Test func withoutAPairThereIsNoDifference() throws {
    #expect(try difference([2, nil], [nil, 3]) == nil)
  }
}
