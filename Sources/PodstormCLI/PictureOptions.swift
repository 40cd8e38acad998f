import ArgumentParser
import Inspection
import KubernetesManifests
import Scenarios
import SimKernel

/// Where a picture of the cluster comes from: manifests, or a scenario at a time.
struct PictureOptions: ParsableArguments {
  @Option(
    name: [.customShort("f"), .customLong("filename")],
    parsing: .upToNextOption,
    help: ArgumentHelp("Manifests, or folders of them; repeatable.", valueName: "files"),
    completion: .file(extensions: ["yaml", "yml", "json"])
  )
  var files: [String] = []

  @Option(
    help: ArgumentHelp("A scenario instead of manifests.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"])
  )
  var scenario: String?

  @Option(help: ArgumentHelp("The time in the scenario, such as 10m.", valueName: "duration"))
  var at = "0s"

  @Option(help: "The scenario's variant; its first one when not given.")
  var variant: String?

  @Option(
    name: .customLong("set"),
    parsing: .singleValue,
    help: ArgumentHelp("Override a field of the scenario; repeatable.", valueName: "path=value")
  )
  var overrides: [String] = []

  @Option(help: "Nodes that manifests are settled on.")
  var nodes = 3

  @Option(help: "Seed of all draws, instead of the scenario's.")
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Colours: auto, always, never. NO_COLOR turns auto off.",
      valueName: "when"
    )
  )
  var color = ColorChoice.auto

  mutating func validate() throws {
    if files.isEmpty == (scenario == nil) {
      throw ValidationError("name manifests with -f or a scenario with --scenario")
    }
    if scenario == nil, at != "0s" || variant != nil || !overrides.isEmpty {
      throw ValidationError("--at, --variant and --set belong to a --scenario")
    }
    if (try? DurationSyntax.nanoseconds(at)) == nil {
      throw ValidationError("--at wants a duration such as 10m, not '\(PrintableText.of(at))'")
    }
    if !(1...5_000).contains(nodes) {
      throw ValidationError("--nodes wants a number from 1 to 5000, not \(nodes)")
    }
  }

  /// The picture, or what is wrong with its source and 65 or 66.
  ///
  /// What the API server would refuse of manifests is shown in the picture as far as it can be,
  /// unless it is to be refused here, too.
  func picture(refusingProblems: Bool = false) throws -> ClusterPicture {
    do throws(InvalidInput) {
      if let scenario { return try picture(ofScenario: scenario) }
      let loaded = try ManifestLoader.load(paths: files, relativeTo: "")
      // Nothing is simulated here, so that what is not simulated yet does not matter.
      let unsimulated = loaded.manifests.ignored
      show(loaded.remarks.filter { $0.severity == .warning && !unsimulated.contains($0) })
      let draws = StreamFactory(seed: seed ?? 1, replication: 0)
      let picture = ClusterPicture(of: loaded.manifests, nodes: nodes, draws: draws)
      if refusingProblems {
        if picture.problems.contains(where: { $0.severity == .error }) {
          throw InvalidInput(diagnostics: picture.problems)
        }
        show(picture.problems)
      }
      return picture
    } catch {
      show(error.diagnostics)
      throw error.isMissingInput ? ExitCode.noInput : ExitCode.invalidInput
    }
  }

  private func picture(ofScenario path: String) throws(InvalidInput) -> ClusterPicture {
    let all = overrides + (seed.map { ["run.seed=\($0)"] } ?? [])
    let scenario = try ScenarioLoader.load(path: path, overrides: all)
    let chosen = try scenario.variant(named: variant)
    let time = SimDuration(nanoseconds: (try? DurationSyntax.nanoseconds(at)) ?? 0)
    return ClusterPicture(of: chosen, at: .zero + time, seed: scenario.run.seed)
  }

  /// Says which of the names are not there, and ends with 2 when any is not.
  func demand(_ names: [String], among known: [String], of resource: String) throws {
    let missing = names.filter { !known.contains($0) }
    for name in missing {
      let hint = EditDistance.hint(for: name, in: known).map { "\n  hint: \($0)" } ?? ""
      Console.standardError.write(
        "podstorm: \(resource) '\(PrintableText.of(name))' not found\(hint)\n"
      )
    }
    if !missing.isEmpty { throw ExitCode.findings }
  }

  private func show(_ diagnostics: [Diagnostic]) {
    let printer = DiagnosticPrinter.files(
      near: scenario ?? "",
      useColor: color.isOn(for: .standardError)
    )
    Console.standardError.write(printer.render(diagnostics))
  }
}

extension Scenario {
  /// The variant of a name, the first one for none; or that there is none of that name.
  func variant(named name: String?) throws(InvalidInput) -> Variant {
    let names = variants.map(\.name)
    let wanted = name ?? names[0]
    if let found = variants.first(where: { $0.name == wanted }) { return found }
    let problem = Diagnostic(
      .error,
      "there is no variant '\(PrintableText.of(wanted))'",
      at: nil,
      hint: EditDistance.hint(for: wanted, in: names)
        ?? "one of: \(names.joined(separator: ", "))"
    )
    throw InvalidInput(diagnostics: [problem])
  }
}
