import ArgumentParser
import Diagnosis
import Inspection
import KubernetesManifests
import Reports
import Scenarios
import SimKernel

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

      With --at it also looks at the cluster of the scenario's first replication at that time, \
      and manifests are taken as operators have left them by then.

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
      "Look at the running cluster at this time of the scenario, such as 4m.",
      valueName: "duration"
    )
  )
  var at: String?

  @Option(help: "The scenario's variant; its first one when not given.")
  var variant: String?

  @Option(
    name: .customLong("set"),
    parsing: .singleValue,
    help: ArgumentHelp("Override a field of the scenario; repeatable.", valueName: "path=value")
  )
  var overrides: [String] = []

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
    if at == nil, variant != nil || !overrides.isEmpty {
      throw ValidationError("--variant and --set belong to --at")
    }
    if at != nil, scenario == nil || !files.isEmpty {
      throw ValidationError("--at belongs to a --scenario, without -f")
    }
    if let at, (try? DurationSyntax.nanoseconds(at)) == nil {
      throw ValidationError("--at wants a duration such as 10m, not '\(PrintableText.of(at))'")
    }
    let codes = rules.map { $0.code } + observations.map { $0.code }
    for code in ignore where !codes.contains(code) {
      let hint = EditDistance.nearest(code, in: codes).map { "; did you mean '\($0)'?" } ?? ""
      throw ValidationError("there is no rule '\(code)'\(hint)")
    }
  }

  mutating func run() throws {
    let (inventory, observed) = try read()
    if let from, let to { return try follow(from, to, inventory) }
    let all = Examination.findings(in: inventory) + observed
    let findings = Examination.sorted(all, in: inventory).filter { finding in
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

  /// The objects and what is seen of them running, or 65 and 66 for files that cannot be read.
  private func read() throws -> (Inventory, observed: [Finding]) {
    let facts = ClusterFacts(hasLoadBalancers: bareMetal ? false : nil)
    do throws(InvalidInput) {
      if let scenario, let at { return try observe(scenario, at, facts) }
      let input = try Examination.read(manifests: files, scenario: scenario, cluster: facts)
      return (input.inventory, [])
    } catch {
      let isColored = color.isOn(for: .standardError)
      let printer = DiagnosticPrinter.files(near: scenario ?? "", useColor: isColored)
      Console.standardError.write(printer.render(error.diagnostics))
      throw error.isMissingInput ? ExitCode.noInput : ExitCode.invalidInput
    }
  }

  private func observe(
    _ path: String,
    _ at: String,
    _ facts: ClusterFacts
  ) throws(InvalidInput) -> (Inventory, observed: [Finding]) {
    let scenario = try ScenarioLoader.load(path: path, overrides: overrides)
    let variant = try scenario.variant(named: variant)
    let time = SimTime.zero + SimDuration(nanoseconds: (try? DurationSyntax.nanoseconds(at)) ?? 0)
    let picture = ClusterPicture(
      of: variant,
      at: time,
      seed: scenario.run.seed,
      recordingBeliefs: true
    )
    let inventory = Examination.inventory(of: variant, at: time, cluster: facts)
    return (inventory, observations.flatMap { $0.findings(in: picture) })
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
