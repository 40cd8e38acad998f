import ArgumentParser
import Experiments
import KubernetesManifests
import Reports
import Scenarios

/// `podstorm run`: every variant of a scenario, its tables and the verdict.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a scenario, write its tables and print the verdict."
  )

  @OptionGroup var options: SharedOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Folder for the tables. (default: results/<name>)", valueName: "folder")
  )
  var output: String?

  @Option(help: ArgumentHelp("Tables to write, separated by commas.", valueName: "names"))
  var tables: String?

  @Option(
    help: ArgumentHelp("Run only this replication, with its details.", valueName: "number")
  )
  var replication: Int?

  @Option(help: ArgumentHelp("Write how long things took, as JSON.", valueName: "file"))
  var timings: String?

  @Flag(help: "Print the scenario with every default and override applied, and stop.")
  var dryRun = false

  mutating func validate() throws {
    if let replication, replication < 1 {
      throw ValidationError("--replication must be at least 1, not \(replication)")
    }
    if let tables { _ = try names(of: tables) }
  }

  mutating func run() throws {
    var scenario = try options.load()
    // One replication is looked at, not judged.
    if replication != nil { scenario.thresholds = [] }
    if let tables { scenario.tables = try names(of: tables) }
    if dryRun {
      try Console.standardOutput.deliver(scenario.resolved)
      return
    }
    let folder = output ?? "results/\(scenario.name)"
    let result = try writeResult(of: scenario, to: folder)
    try show(result, folder: folder)
    throw exitCode(for: result)
  }

  /// Simulates and writes; a signal meanwhile leads to what is finished, or to nothing at all.
  private func writeResult(
    of scenario: Scenario,
    to folder: String
  ) throws -> ExperimentResult {
    Interruption.shared.begin()
    defer { Interruption.shared.end() }
    let output = try OutputFolder(preparing: folder)
    defer { output.removeIfEmpty() }
    if let timings { try OutputFolder.prepare(file: timings) }
    options.remark(header(scenario))
    let clock = Timings(variants: scenario.variants.map(\.name))
    let result = try simulate(scenario, clock)
    guard result.variants.contains(where: { !$0.runs.isEmpty }) else {
      Console.standardError.write("podstorm: stopped before any run had finished\n")
      throw Interruption.shared.exitCode ?? .internalError
    }
    let times = try clock.json(threads: options.threads)
    try write(result, to: folder)
    if let timings { try OutputFolder.write(times, to: timings) }
    return result
  }

  /// The names in `--tables`, all of which must exist.
  private func names(of list: String) throws -> [String] {
    let known = Reports.tables.map { $0.name }
    return try list.split(separator: ",").map { name in
      let name = String(name)
      guard known.contains(name) else {
        let hint = EditDistance.nearest(name, in: known).map { "did you mean '\($0)'?" }
        throw ValidationError(
          "no table '\(name)'; \(hint ?? "there are \(known.joined(separator: ", "))")"
        )
      }
      return name
    }
  }

  /// Version, seed and size, before anything takes time.
  private func header(_ scenario: Scenario) -> String {
    let names = scenario.variants.map(\.name).joined(separator: ", ")
    let runs =
      replication.map { "replication \($0)" }
      ?? Self.count(scenario.run.replications, "replication")
    return "podstorm \(podstormVersion): \(scenario.name), seed \(scenario.run.seed), \(runs) of"
      + " \(names)"
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private func simulate(_ scenario: Scenario, _ clock: Timings) throws -> ExperimentResult {
    let progress = Progress(isShown: !options.quiet)
    var runner = ReplicationRunner(threads: options.threads, stop: Interruption.shared.stop) {
      progress.report($0)
      clock.report($0)
    }
    // Only these tables show details, whose rows are many: pods × minutes, and every rule change.
    if scenario.tables.contains(where: { [PodsTable.name, ViewsTable.name].contains($0) }) {
      runner.detailedReplication = replication ?? 1
    }
    let experiment = Experiment(runner: runner, replications: replication.map { [$0] })
    progress.begin(total: experiment.jobs(for: scenario).count)
    let result = try experiment.run(scenario)
    progress.clear()
    return result
  }

  private func write(_ result: ExperimentResult, to folder: String) throws {
    do {
      try ResultFolder.write(result, to: folder, version: podstormVersion)
    } catch {
      throw OutputFolder.cannotWrite(error.path, error.reason)
    }
  }

  /// The verdict to standard output, everything else to standard error.
  private func show(_ result: ExperimentResult, folder: String) throws {
    try Console.standardOutput.deliver(
      TerminalSummary.render(
        result,
        width: min(Console.standardOutput.width, 100),
        color: options.color.isOn(for: .standardOutput)
      )
    )
    if let line = Advice.line(for: result) { Console.standardError.write("podstorm: \(line)\n") }
    options.remark("tables: \(folder)")
    options.remark("again:  \(reproduction(result.scenario, folder: folder))")
  }

  private func reproduction(_ scenario: Scenario, folder: String) -> String {
    var command = ReproductionCommand(
      "run",
      options,
      seed: scenario.run.seed,
      replications: scenario.run.replications
    )
    if let tables { command.append("--tables", tables) }
    if let replication { command.append("--replication", String(replication)) }
    command.append("--output", folder)
    return command.text
  }

  /// A signal first, then broken thresholds, then those that could not be decided.
  private func exitCode(for result: ExperimentResult) -> ExitCode {
    if let code = Interruption.shared.exitCode { return code }
    if result.verdicts.contains(where: { $0.result == .fail }) { return .thresholdsCrossed }
    if result.verdicts.contains(where: { $0.result == .notEnoughRuns }) { return .inconclusive }
    return .success
  }
}
