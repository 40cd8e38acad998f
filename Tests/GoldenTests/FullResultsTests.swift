import Foundation
import TestSupport
import Testing

/// The full campaigns: every scenario as its file has it, all replications and the whole day.
///
/// They take minutes and are run by `make golden-full`, which sets `PODSTORM_FULL`.
@Suite(.serialized) struct FullResultsTests {
  private static let names = Repository.folders(of: "Results")
  /// Those whose full results are committed; with UPDATE=1 `make golden-full` adds the others.
  private static let committed = names.filter { Repository.text(command($0)) != nil }
  static let isWanted = ProcessInfo.processInfo.environment["PODSTORM_FULL"] == "1"

  private static func command(_ name: String) -> String { "Results/\(name)/full/COMMAND" }

  /// What makes the full results of a scenario: nothing but the choice of tables is said.
  private static func arguments(_ name: String) -> [String] {
    ["run", "Scenarios/\(name)/scenario.yaml", "--tables", "summary,outages"]
  }

  @Test(.enabled(if: isWanted), arguments: names)
  func fullResultsAreReproduced(name: String) throws {
    if Golden.isUpdating {
      try FileManager.default.createDirectory(
        at: Repository.url("Results/\(name)/full"),
        withIntermediateDirectories: true
      )
    }
    let text = Self.arguments(name).joined(separator: " ") + "\n"
    try Golden.check(text, against: Self.command(name))
    let cores = ProcessInfo.processInfo.activeProcessorCount
    try ReferenceResults(folder: "Results/\(name)/full").check(threads: cores)
  }

  /// A command that says more would reduce what it makes.
  @Test(arguments: committed)
  func nothingIsReduced(name: String) throws {
    let arguments = try ReferenceResults(folder: "Results/\(name)/full").arguments()
    #expect(arguments == Self.arguments(name))
  }

  /// The interval of a full run is one of ten replications or more, in every row.
  @Test(arguments: committed)
  func tablesHaveAllReplications(name: String) throws {
    let text = try #require(Repository.text("Results/\(name)/full/summary.csv"))
    let table = try CSVTable(parsing: text)
    let column = try #require(table.header.firstIndex(of: "replications"))
    #expect(!table.rows.isEmpty)
    #expect(table.rows.allSatisfy { Int($0[column]) ?? 0 >= 10 })
  }
}
