import TestSupport
import Testing

/// What the exit code says when thresholds end differently.
@Suite struct ExitCodeTests {
  /// Far too few workers keep no promise.
  private static let broken = "cramped: availability >= 99%"
  /// Without an outage there is no end of one to judge.
  private static let undecided = "roomy: outage_end <= 1h"
  private static let kept = "roomy: availability >= 50%"

  @Test(
    "a broken threshold outranks one that is undecided, in whatever order they stand",
    arguments: [
      ([kept], 0), ([undecided], 98), ([broken], 99), ([undecided, broken], 99),
      ([broken, undecided], 99), ([kept, undecided], 98), ([kept, undecided, broken], 99),
    ] as [([String], Int32)]
  )
  func precedence(thresholds: [String], expected: Int32) throws {
    try withFixtures { folder in
      let list = thresholds.map { "\"\($0)\"" }.joined(separator: ", ")
      let result = try Podstorm.run(
        ["run", "small/scenario.yaml", "--quiet", "--set", "thresholds=[\(list)]"],
        in: folder
      )
      #expect(result.status == expected, "\(result.summary)")
    }
  }
}
