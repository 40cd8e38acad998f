import Foundation
import TestSupport

/// What a request of one scenario may cost, as committed in Benchmarks/budget.json.
struct InstructionBudget: Codable, Sendable, CustomStringConvertible {
  /// Path of the scenario from the repository's root.
  var scenario: String
  /// Overrides in force.
  var settings: [String]
  /// Two lengths of the run; their difference leaves start-up and reports out.
  var durations: [String]
  /// Instructions of the whole program for one request of a user.
  var instructionsPerRequest: Double

  var description: String { scenario }

  static let path = "Benchmarks/budget.json"

  /// The committed budgets.
  static func all() throws -> [InstructionBudget] {
    try JSONDecoder().decode([Self].self, from: Data(contentsOf: Repository.url(path)))
  }

  /// Rewrites the committed budgets.
  static func write(_ budgets: [InstructionBudget]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try (encoder.encode(budgets) + Data("\n".utf8)).write(to: Repository.url(path))
  }
}

/// Counts instructions with callgrind: the same number on a busy machine as on an idle one.
struct InstructionCount {
  let program: URL
  let folder: URL

  struct Failed: Error {
    let message: String
  }

  static let isAvailable =
    (try? runCommand(named: "valgrind", ["--version"]))?.status == 0

  /// A copy without debugging information, which old versions of valgrind cannot read.
  init(in folder: URL) throws {
    self.folder = folder
    program = folder.appending(path: "stripped")
    let arguments = ["--strip-debug", "-o", program.path, Podstorm.binary.path]
    let strip = try runCommand(named: "strip", arguments)
    guard strip.status == 0 else { throw Failed(message: strip.summary) }
  }

  /// Instructions per request between the two lengths of the run.
  func perRequest(_ budget: InstructionBudget) throws -> Double {
    let short = try count(budget, budget.durations[0])
    let long = try count(budget, budget.durations[1])
    return Double(long.instructions - short.instructions) / Double(long.requests - short.requests)
  }

  private func count(
    _ budget: InstructionBudget,
    _ duration: String
  ) throws -> (instructions: Int, requests: Int) {
    let output = folder.appending(path: "out")
    let settings = (budget.settings + ["run.duration=\(duration)"]).flatMap { ["--set", $0] }
    let result = try runCommand(
      named: "valgrind",
      ["--tool=callgrind", "--callgrind-out-file=/dev/null", program.path, "run", budget.scenario]
        + settings + ["--replications", "1", "-j", "1", "--quiet", "--output", output.path],
      environment: ["SWIFT_DETERMINISTIC_HASHING": "1"],
      timeout: 300
    )
    let collected = result.errors.firstMatch(of: /Collected : (\d+)/).flatMap { Int($0.1) }
    let summary = try CSVTable(
      parsing: String(contentsOf: output.appending(path: "summary.csv"), encoding: .utf8)
    )
    let offered = summary.rows(where: ["metric": "offered_total"]).first?["mean"].flatMap(Int.init)
    guard let collected, let offered else { throw Failed(message: result.summary) }
    return (collected, offered)
  }
}
