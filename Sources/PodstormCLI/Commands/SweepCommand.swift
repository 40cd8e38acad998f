import ArgumentParser
import Experiments
import Foundation
import KubernetesManifests
import Reports
import Scenarios

/// `podstorm sweep`: the grid of the scenario's `sweep:` axes, into one tidy table.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Run every point of the scenario's grid into sweep.csv."
  )

  @OptionGroup var options: SharedOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Folder for sweep.csv. (default: results/<name>)", valueName: "folder")
  )
  var output: String?

  @Flag(help: "Print the points of the grid and stop.")
  var dryRun = false

  mutating func run() throws {
    let scenario = try options.load()
    guard !scenario.sweep.isEmpty else {
      Console.standardError.write(
        "podstorm: error: \(options.scenario) has no 'sweep'\n"
          + "  hint: add  sweep: {path.of.field: [value, value]}  to its spec\n"
      )
      throw ExitCode.invalidInput
    }
    let sweep = sweep(over: scenario.sweep, progress: nil)
    do {
      try sweep.check()
    } catch let error as InvalidInput {
      throw options.exitCode(printing: error)
    }
    if dryRun {
      for point in sweep.points {
        let line = sweep.overrides(for: point).joined(separator: " ")
        try Console.standardOutput.deliver(line + "\n")
      }
      return
    }
    try run(scenario)
  }

  private func run(_ scenario: Scenario) throws {
    let folder = output ?? "results/\(scenario.name)"
    let count = scenario.sweep.reduce(1) { $0 * $1.values.count }
    let table = try writeTable(of: scenario, to: folder, points: count)
    let isWhole = table.points == count
    try Console.standardOutput.deliver(Self.path(in: folder, isWhole: isWhole) + "\n")
    if !isWhole {
      Console.standardError.write(
        "podstorm: warning: stopped early after \(table.points) of \(count) points\n"
      )
    }
    var command = ReproductionCommand(
      "sweep",
      options,
      seed: scenario.run.seed,
      replications: scenario.run.replications
    )
    command.append("--output", folder)
    options.remark("again:  \(command.text)")
    if let code = Interruption.shared.exitCode { throw code }
  }

  /// Runs the grid and writes its table; a signal meanwhile leads to the points that are
  /// finished, or to nothing at all.
  private func writeTable(
    of scenario: Scenario,
    to folder: String,
    points count: Int
  ) throws -> SweepTable {
    Interruption.shared.begin()
    defer { Interruption.shared.end() }
    let output = try OutputFolder(preparing: folder)
    defer { output.removeIfEmpty() }
    options.remark(
      "podstorm \(podstormVersion): sweep of \(scenario.name), seed \(scenario.run.seed),"
        + " \(count) points, \(scenario.run.replications) replications each"
    )
    var table = SweepTable(axes: scenario.sweep)
    let progress = Progress(isShown: !options.quiet, points: count)
    progress.begin(total: scenario.variants.count * scenario.run.replications)
    let isWhole = try sweep(over: scenario.sweep, progress: progress).run { table.append($0) }
    progress.clear()
    guard table.points > 0 else {
      Console.standardError.write("podstorm: stopped before any point had finished\n")
      throw Interruption.shared.exitCode ?? .internalError
    }
    try OutputFolder.write(table.csv.bytes, to: Self.path(in: folder, isWhole: isWhole))
    // The part that an earlier sweep may have left is not one of this whole.
    if isWhole { unlink(Self.path(in: folder, isWhole: false)) }
    return table
  }

  private static func path(in folder: String, isWhole: Bool) -> String {
    folder + (isWhole ? "/sweep.csv" : "/sweep.partial.csv")
  }

  private func sweep(over axes: [SweepAxis], progress: Progress?) -> Sweep {
    let path = options.scenario
    let overrides = options.allOverrides
    let runner = ReplicationRunner(threads: options.threads, stop: Interruption.shared.stop) {
      progress?.report($0)
    }
    return Sweep(axes: axes, experiment: Experiment(runner: runner)) {
      try ScenarioLoader.load(path: path, overrides: overrides + $0)
    }
  }
}
