import ArgumentParser
import Experiments
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
    try OutputFolder.prepare(folder)
    let count = scenario.sweep.reduce(1) { $0 * $1.values.count }
    options.remark(
      "podstorm \(podstormVersion): sweep of \(scenario.name), seed \(scenario.run.seed),"
        + " \(count) points, \(scenario.run.replications) replications each"
    )
    Interruption.shared.install()
    var table = SweepTable(axes: scenario.sweep)
    let progress = Progress(isShown: !options.quiet, points: count)
    progress.begin(total: scenario.variants.count * scenario.run.replications)
    let isWhole = try sweep(over: scenario.sweep, progress: progress).run { table.append($0) }
    progress.clear()
    let path = folder + (isWhole ? "/sweep.csv" : "/sweep.partial.csv")
    try OutputFolder.write(table.csv.bytes, to: path)
    try Console.standardOutput.deliver(path + "\n")
    var command = ReproductionCommand(
      "sweep",
      options,
      seed: scenario.run.seed,
      replications: scenario.run.replications
    )
    command.append("--output", folder)
    if !isWhole {
      Console.standardError.write(
        "podstorm: warning: stopped early after \(table.points) of \(count) points\n"
      )
    }
    options.remark("again:  \(command.text)")
    if !isWhole { throw Interruption.shared.exitCode }
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
