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
      With --from and --to it walks the way of one connection instead, up to the step that is \
      broken: name, Service, port, endpoints, pod port, readiness.

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

  @Option(
    help: ArgumentHelp(
      "Who calls: NAMESPACE/WORKLOAD, a namespace, or outside.",
      valueName: "client"
    )
  )
  var from: String?

  @Option(help: ArgumentHelp("Who is called: NAME[:PORT] or a URL.", valueName: "target"))
  var to: String?

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
    if (from == nil) != (to == nil) {
      throw ValidationError("--from and --to are given together or not at all")
    }
    let codes = rules.map { $0.code }
    for code in ignore where !codes.contains(code) {
      let hint = EditDistance.nearest(code, in: codes).map { "; did you mean '\($0)'?" } ?? ""
      throw ValidationError("there is no rule '\(code)'\(hint)")
    }
  }

  mutating func run() throws {
    let inventory = try read()
    if let from, let to { return try follow(from, to, inventory) }
    let findings = Examination.findings(in: inventory).filter { finding in
      !ignore.contains(finding.code) && (!quiet || finding.severity != .note)
    }
    try show(findings, objects: inventory.objects.count)
    let isBad = findings.contains { $0.severity == .error || (strict && $0.severity == .warning) }
    if isBad { throw ExitCode.findings }
  }

  /// Walks the way of one connection.
  private func follow(_ from: String, _ to: String, _ inventory: Inventory) throws {
    guard let client = Walker.client(from, in: inventory) else {
      let names = inventory.workloads.map { "\($0.object.namespace)/\($0.object.name)" }
      let hint = EditDistance.hint(for: from, in: names).map { "; \($0)" } ?? ""
      throw ValidationError("there is no workload and no namespace '\(from)'\(hint)")
    }
    guard var walker = Walker(inventory, from: from, client, to: to) else {
      throw ValidationError("--to wants NAME[:PORT] or a URL, not '\(to)'")
    }
    let walk = walker.run()
    switch format {
    case .json: try deliver(FindingsJSON.document(walk))
    case .text: try Console.standardOutput.deliver(printer.render(walk))
    }
    if walk.isBroken { throw ExitCode.findings }
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
    case .json: try deliver(FindingsJSON.document(findings, objects: objects))
    case .text:
      try Console.standardOutput.deliver(printer.render(findings, objects: objects))
    }
  }

  private func deliver(_ document: JSON) throws {
    try Console.standardOutput.deliver(String(decoding: document.bytes(), as: UTF8.self))
  }

  private var printer: FindingPrinter {
    FindingPrinter(
      printer: .files(near: scenario ?? "", useColor: color.isOn(for: .standardOutput)),
      width: min(Console.standardOutput.width, 100)
    )
  }
}
