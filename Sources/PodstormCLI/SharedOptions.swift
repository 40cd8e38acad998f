import ArgumentParser
import Foundation
import KubernetesManifests
import Scenarios

/// What every command that runs a scenario takes.
struct SharedOptions: ParsableArguments {
  @Argument(help: "The scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String

  @Option(
    name: .customLong("set"),
    parsing: .singleValue,
    help: ArgumentHelp("Override a field of the scenario; repeatable.", valueName: "path=value")
  )
  var overrides: [String] = []

  @Option(help: "Seed of all random draws, instead of the scenario's.")
  var seed: UInt64?

  @Option(help: "Runs per variant, instead of the scenario's number.")
  var replications: Int?

  @Option(name: .shortAndLong, help: "Threads to use. (default: one per core)")
  var jobs: Int?

  @Flag(name: .shortAndLong, help: "No progress and no remarks; warnings and errors stay.")
  var quiet = false

  @Option(
    help: ArgumentHelp(
      "Colours: auto, always, never. NO_COLOR turns auto off.",
      valueName: "when"
    )
  )
  var color = ColorChoice.auto

  mutating func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1, not \(jobs)") }
    if let replications, replications < 1 {
      throw ValidationError("--replications must be at least 1, not \(replications)")
    }
    for override in overrides where !override.contains("=") || override.hasPrefix("=") {
      throw ValidationError("--set wants path=value, not '\(override)'")
    }
  }

  /// Threads to use.
  var threads: Int { jobs ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// `--set` and the options that are shorthands for it; those come last and win.
  var allOverrides: [String] {
    overrides + (seed.map { ["run.seed=\($0)"] } ?? [])
      + (replications.map { ["run.replications=\($0)"] } ?? [])
  }

  /// Prints diagnostics to standard error, without notes when it was asked to be quiet.
  func printDiagnostics(_ diagnostics: [Diagnostic]) {
    let printer = DiagnosticPrinter.files(
      near: scenario,
      useColor: color.isOn(for: .standardError)
    )
    Console.standardError.write(
      printer.render(diagnostics.filter { !quiet || $0.severity != .note })
    )
  }

  /// Reads the scenario, or prints everything that is wrong with it and ends with 65 or 66.
  func load() throws(ExitCode) -> Scenario {
    do {
      let scenario = try ScenarioLoader.load(path: self.scenario, overrides: allOverrides)
      printDiagnostics(scenario.remarks)
      return scenario
    } catch {
      throw exitCode(printing: error)
    }
  }

  /// Prints what is wrong, with a count when it is much.
  func exitCode(printing error: InvalidInput) -> ExitCode {
    printDiagnostics(error.diagnostics)
    let count = error.diagnostics.count { $0.severity == .error }
    if count > 1 { Console.standardError.write("podstorm: \(count) errors\n") }
    return error.isMissingInput ? .noInput : .invalidInput
  }

  /// Writes a remark to standard error unless it was asked not to.
  func remark(_ text: String) {
    if !quiet { Console.standardError.write(text + "\n") }
  }
}

extension ColorChoice: ExpressibleByArgument {}
