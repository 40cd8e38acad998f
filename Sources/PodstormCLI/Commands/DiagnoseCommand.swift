import ArgumentParser
import Diagnosis
import KubernetesManifests
import Reports

/// `podstorm diagnose`: what is wrong between clients and pods, found by looking at manifests.
struct DiagnoseCommand: ParsableCommand {
  /// How findings are written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }
  static let configuration = CommandConfiguration(
    commandName: "diagnose",
    abstract: "Say what is wrong with manifests, what comes of it and what to edit.",
    discussion: """
      Findings go to standard output; docs/DIAGNOSTICS.md explains their codes. Ends with 2 when \
      any of them is an error, or with --strict a warning.
      """
  )

  @Option(
    name: [.customShort("f"), .customLong("filename")],
    parsing: .upToNextOption,
    help: ArgumentHelp("Manifests, or folders of them; repeatable.", valueName: "files"),
    completion: .file(extensions: ["yaml", "yml", "json"])
  )
  var files: [String] = []

  @Option(
    help: ArgumentHelp("A scenario, whose manifests and calls are looked at.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"])
  )
  var scenario: String?

  @Option(name: [.customShort("o"), .customLong("output")], help: "How to write findings.")
  var format = Format.text

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Codes of findings to leave out, such as PS1506.", valueName: "codes")
  )
  var ignore: [String] = []

  @Flag(help: "Warnings count as errors.")
  var strict = false

  @Flag(help: "The cluster has no provider of load balancers.")
  var bareMetal = false

  @Flag(name: .shortAndLong, help: "No notes.")
  var quiet = false

  @Option(
    help: ArgumentHelp(
      "Colours: auto, always, never. NO_COLOR turns auto off.",
      valueName: "when"
    )
  )
  var color = ColorChoice.auto

  mutating func validate() throws {
    if files.isEmpty, scenario == nil {
      throw ValidationError("name manifests with -f, or a scenario with --scenario")
    }
    let codes = rules.map { $0.code }
    for code in ignore where !codes.contains(code) {
      let hint = EditDistance.nearest(code, in: codes).map { "; did you mean '\($0)'?" } ?? ""
      throw ValidationError("there is no rule '\(code)'\(hint)")
    }
  }

  mutating func run() throws {
    let inventory = try read()
    let findings = Examination.findings(in: inventory).filter { finding in
      !ignore.contains(finding.code) && (!quiet || finding.severity != .note)
    }
    try show(findings, objects: inventory.objects.count)
    let isBad = findings.contains { $0.severity == .error || (strict && $0.severity == .warning) }
    if isBad { throw ExitCode.findings }
  }

  /// The objects, or 65 and 66 for files that cannot be read.
  private func read() throws -> Inventory {
    do throws(InvalidInput) {
      return try Examination.read(
        manifests: files,
        scenario: scenario,
        cluster: ClusterFacts(hasLoadBalancers: bareMetal ? false : nil)
      ).inventory
    } catch {
      let isColored = color.isOn(for: .standardError)
      let printer = DiagnosticPrinter.files(near: scenario ?? "", useColor: isColored)
      Console.standardError.write(printer.render(error.diagnostics))
      throw error.isMissingInput ? ExitCode.noInput : ExitCode.invalidInput
    }
  }

  private func show(_ findings: [Finding], objects: Int) throws {
    switch format {
    case .json:
      let bytes = FindingsJSON.document(findings, objects: objects).bytes()
      try Console.standardOutput.deliver(String(decoding: bytes, as: UTF8.self))
    case .text:
      let printer = DiagnosticPrinter.files(
        near: scenario ?? "",
        useColor: color.isOn(for: .standardOutput)
      )
      let width = min(Console.standardOutput.width, 100)
      try Console.standardOutput.deliver(
        FindingPrinter(printer: printer, width: width).render(findings, objects: objects)
      )
    }
  }
}
