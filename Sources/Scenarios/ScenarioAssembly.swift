import ClusterSimulator
import KubernetesManifests

/// Puts a scenario together: overrides, manifests, the base arm, the variants.
struct ScenarioAssembly {
  let document: ScenarioDocument
  /// Where the scenario file stands.
  let folder: String
  /// From the command line.
  let arguments: [Override]
  let reader: YAMLReader

  /// One arm: its settings, how it was lowered and the plan that came out.
  private struct Arm {
    var top: Setting
    var lowering: Lowering
    var plan: SimulationPlan
    var manifests: ManifestSet
    var input: OverridableInput
    /// Files that operations apply.
    var applied: [InputFileReader.File]
    var changes: [Variant.Change]
    var diagnostics: [Diagnostic]

    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
  }

  func scenario() throws(InvalidInput) -> Scenario {
    checkSections()
    try reader.diagnostics.throwIfErrors()
    let files = try manifestFiles()
    if files.isEmpty {
      // Without objects every name would be reported as unknown; the cause is enough.
      _ = SettingReader(reader).read(
        document.tree,
        as: .group(ScenarioReference.fields),
        path: ""
      )
      try reader.diagnostics.throwIfErrors()
    }
    var input = OverridableInput(document: document.tree, objects: objects(files))
    checkCounts(input)
    try reader.diagnostics.throwIfErrors()
    // Overrides that the command line changes must be changed before they are applied.
    for override in arguments where override.changesOverrides { input.apply(override, reader) }
    let own = overrides(in: input.document["spec"]?["overrides"])
    for override in own { input.apply(override, reader) }
    // Axes are held against the file and not the command line: `--set hpa=null` is no fault of
    // an axis that sets the autoscaler's size, and only a sweep would have to refuse it.
    let asWritten = input
    for override in arguments where !override.changesOverrides { input.apply(override, reader) }
    let base = self.arm(input, files.map(\.path))
    reader.diagnostics.add(contentsOf: base.diagnostics)
    let variants = self.variants(input, files.map(\.path), base)
    let spec = base.top["spec"]
    let thresholds = self.thresholds(spec, variants, base.plan)
    let sweep = self.sweep(spec, asWritten)
    checkEstimate(variants, spec)
    try reader.diagnostics.throwIfErrors()
    let resolved = ResolvedScenario(
      top: base.top,
      lowering: base.lowering,
      manifestOverrides: (own + arguments).filter(\.reachesIntoManifests)
    )
    return Scenario(
      name: base.plan.name,
      run: run(spec),
      variants: variants,
      thresholds: thresholds,
      sweep: sweep,
      tables: spec["output"]["tables"].items.compactMap(\.text),
      inputs: (document.files + files + base.applied).map {
        InputFile(path: $0.path, sha256: $0.sha256)
      },
      resolved: resolved.text,
      remarks: reader.diagnostics.all
    )
  }

  // MARK: Input

  /// Each of these costs time for each of the others, so that many would take for ever.
  private func checkSections() {
    let spec = document.tree["spec"]
    let limits = [("workloads", 1_000), ("overrides", 1_000), ("variants", 100), ("sweep", 1_000)]
    for (name, limit) in limits {
      let entries = name == "sweep" ? "axes of the sweep" : name
      refuse(spec?[name]?.pairs?.count ?? 0, entries, above: limit, spec?[name], "spec.\(name)")
    }
  }

  /// The manifest files that `spec.manifests`, overridden or not, names.
  private func manifestFiles() throws(InvalidInput) -> [InputFileReader.File] {
    var tree = document.tree
    for override in arguments where override.path == [.key("manifests")] {
      let path: [PathComponent] = [.key("spec"), .key("manifests")]
      tree = (try? tree.replacing(path[...], with: override.value)) ?? tree
    }
    let paths = tree["spec"]?["manifests"]?.elements ?? []
    let named = paths.compactMap { path in path.scalar.map { ($0.text, path.mark) } }
    return try ManifestLoader.read(
      paths: named.map(\.0),
      namedAt: named.map(\.1),
      relativeTo: folder
    )
  }

  /// The objects of all files, lists unfolded so that overrides reach into them.
  private func objects(_ files: [InputFileReader.File]) -> [YAMLValue] {
    Self.unfolded(
      files.flatMap { file in
        YAMLParser.documents(in: file.bytes, file: file.path, into: &reader.diagnostics)
      }
    )
  }

  /// The same of files whose faults were reported when their objects were read.
  private static func objects(_ files: [InputFileReader.File]) -> [YAMLValue] {
    var ignored = Diagnostics()
    return unfolded(
      files.flatMap { YAMLParser.documents(in: $0.bytes, file: $0.path, into: &ignored) }
    )
  }

  private static func unfolded(_ documents: [YAMLValue]) -> [YAMLValue] {
    documents.flatMap { document in
      let isList = document["kind"]?.scalar?.text == "List"
      return isList ? document["items"]?.elements ?? [document] : [document]
    }
  }

  /// The overrides in a mapping from paths to values.
  private func overrides(in mapping: YAMLValue?) -> [Override] {
    (mapping?.pairs ?? []).compactMap {
      Override($0.key, value: $0.value, at: $0.keyMark, reader)
    }
  }

  /// Refuses more of what is tried one by one than any honest file has.
  private func checkCounts(_ input: OverridableInput) {
    let spec = input.document["spec"]
    let variants = spec?["variants"]?.pairs ?? []
    let values = (spec?["sweep"]?.pairs ?? []).reduce(0) { $0 + ($1.value.elements?.count ?? 0) }
    refuse(values, "values to sweep over", above: 10_000, spec?["sweep"])
    for variant in variants {
      refuse(variant.value.pairs?.count ?? 0, "overrides", above: 1_000, variant.value)
    }
    refuse(input.objects.count, "objects", above: 50_000, spec?["manifests"])
  }

  private func refuse(
    _ count: Int,
    _ what: String,
    above limit: Int,
    _ value: YAMLValue?,
    _ path: String = ""
  ) {
    guard count > limit else { return }
    reader.report(
      "\(count) \(what) are too many",
      at: value?.mark,
      path: path,
      hint: "at most \(limit)"
    )
  }

  // MARK: Arms

  private func arm(_ input: OverridableInput, _ files: [String]) -> Arm {
    let own = YAMLReader()
    var top = SettingReader(own).read(
      input.document,
      as: .group(ScenarioReference.fields),
      path: ""
    )
    top.update("spec", DerivedDefaults.fill)
    let manifests = ManifestSet(reading: input.objects, into: &own.diagnostics)
    let facts = ManifestFacts(manifests, files: files)
    let applied = appliedManifests(top["spec"], own)
    let lowering = Lowering(
      spec: top["spec"],
      facts: facts,
      applied: applied.mapValues(\.manifests),
      reader: own
    )
    let plan = lowering.plan(name: top["metadata"]["name"].text ?? "")
    return Arm(
      top: top,
      lowering: lowering,
      plan: plan,
      manifests: manifests,
      input: input,
      applied: applied.sorted { $0.key < $1.key }.flatMap(\.value.files),
      changes: changes(top["spec"], applied),
      diagnostics: own.diagnostics.all
    )
  }

  /// What the `apply` operations bring, by their place among the operations.
  private func appliedManifests(
    _ spec: Setting,
    _ own: YAMLReader
  ) -> [Int: (manifests: ManifestSet, files: [InputFileReader.File])] {
    var applied: [Int: (manifests: ManifestSet, files: [InputFileReader.File])] = [:]
    for (index, operation) in spec["operations"].items.enumerated() {
      let paths = operation["apply"]["manifests"].items
      let named = paths.compactMap { path in path.text.map { ($0, path.mark) } }
      guard !named.isEmpty else { continue }
      do throws(InvalidInput) {
        let files = try ManifestLoader.read(
          paths: named.map(\.0),
          namedAt: named.map(\.1),
          relativeTo: folder
        )
        let manifests = ManifestSet(reading: files, into: &own.diagnostics)
        applied[index] = (manifests, files)
      } catch {
        own.diagnostics.add(contentsOf: error.diagnostics)
      }
    }
    return applied
  }

  /// What operations do to objects, for those who ask how things stand at a time.
  private func changes(
    _ spec: Setting,
    _ applied: [Int: (manifests: ManifestSet, files: [InputFileReader.File])]
  ) -> [Variant.Change] {
    spec["operations"].items.enumerated().compactMap { index, operation in
      guard let at = operation["at"].duration else { return nil }
      let deleted = operation["delete"]["service"].text
      if applied[index] == nil && deleted == nil { return nil }
      return Variant.Change(
        at: at,
        applied: applied[index]?.manifests ?? ManifestSet(),
        deletedService: deleted,
        documents: Self.objects(applied[index]?.files ?? [])
      )
    }
  }

  private func variants(
    _ input: OverridableInput,
    _ files: [String],
    _ base: Arm
  ) -> [Variant] {
    let entries = input.document["spec"]?["variants"]?.pairs ?? []
    if entries.isEmpty {
      return [variant("default", base)]
    }
    return entries.map { entry in
      var changed = input
      for override in overrides(in: entry.value) {
        if override.changesTheExperiment {
          reader.report(
            "a variant cannot set '\(override.text)', which all variants share",
            at: override.mark,
            path: "spec.variants.\(entry.key)",
            hint: "write it in spec itself"
          )
        } else {
          changed.apply(override, reader)
        }
      }
      let arm = self.arm(changed, files)
      // What is wrong with all arms alike was said of the base; as long as that is not right,
      // what differs in an arm is mostly the same fault in another place.
      if !base.hasErrors { report(arm, beyond: base, named: entry.key) }
      return variant(entry.key, arm)
    }
  }

  private func variant(_ name: String, _ arm: Arm) -> Variant {
    var variant = Variant(
      name: name,
      plan: arm.plan,
      manifests: arm.manifests,
      changes: arm.changes
    )
    variant.documents = arm.input.objects
    variant.scenarioTree = arm.input.document
    return variant
  }

  private func report(_ arm: Arm, beyond base: Arm, named name: String) {
    for diagnostic in arm.diagnostics where !base.diagnostics.contains(diagnostic) {
      var own = diagnostic
      own.message += " (in variant '\(name)')"
      reader.diagnostics.add(own)
    }
  }

  // MARK: The rest of spec

  private func run(_ spec: Setting) -> RunSettings {
    var run = RunSettings()
    run.seed = UInt64(spec["run"]["seed"].integer ?? 1)
    run.replications = spec["run"]["replications"].integer ?? run.replications
    run.confidence = spec["run"]["confidence"].number ?? run.confidence
    return run
  }

  private func thresholds(
    _ spec: Setting,
    _ variants: [Variant],
    _ plan: SimulationPlan
  ) -> [Threshold] {
    let thresholds = ThresholdReader(
      variants: variants.map(\.name),
      clients: plan.clients.map(\.name),
      currencies: Set(variants.flatMap(\.plan.clients).map(\.currency)),
      reader: reader
    )
    return spec["thresholds"].items.compactMap(thresholds.threshold)
  }

  /// The axes; every value is tried on its own, so that a typo is not found after hours.
  private func sweep(_ spec: Setting, _ input: OverridableInput) -> [SweepAxis] {
    spec["sweep"].entries.map { axis in
      let values = axis.setting.items.compactMap { item -> YAMLValue? in
        if case .raw(let value) = item.value { value } else { nil }
      }
      for value in values {
        var changed = input
        guard let override = Override(axis.key, value: value, at: axis.mark, reader) else { break }
        let before = reader.diagnostics.all.count
        changed.apply(override, reader)
        if reader.diagnostics.all.count > before { break }
      }
      return SweepAxis(path: axis.key, values: values.map(Self.argument))
    }
  }

  /// A value as `--set` would say it.
  private static func argument(_ value: YAMLValue) -> String {
    switch value.content {
    case .scalar(let scalar):
      let isText =
        scalar.style == .quoted
        && YAMLScalar(text: scalar.text, style: .plain).resolved != .text
      return isText ? "\"\(scalar.text)\"" : scalar.text
    case .sequence(let elements):
      return "[" + elements.map(argument).joined(separator: ", ") + "]"
    case .mapping(let pairs):
      return "{" + pairs.map { "\($0.key): \(argument($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  private func checkEstimate(_ variants: [Variant], _ spec: Setting) {
    guard !reader.diagnostics.hasErrors else { return }
    let replications = Double(spec["run"]["replications"].integer ?? 1)
    let everywhere = "at most 1e10 over all variants and replications: lower "
    let attempts = variants.reduce(0) { $0 + LoadEstimate.attempts(in: $1.plan) } * replications
    let rounds = variants.reduce(0) { $0 + LoadEstimate.rounds(in: $1.plan) } * replications
    let crowd = variants.map { LoadEstimate.crowd(in: $0.plan) }.max() ?? 0
    if attempts > LoadEstimate.limit {
      reader.report(
        "about \(NumberLiteral.rounded(attempts)) attempts are too many",
        at: spec["traffic"].mark,
        path: "spec.traffic",
        hint: everywhere + "rates, run.duration, run.replications or retries"
      )
    } else if rounds > LoadEstimate.limit {
      reader.report(
        "about \(NumberLiteral.rounded(rounds)) probes and rounds of controllers are too many",
        at: spec["run"].mark,
        path: "spec.run",
        hint: everywhere + "run.duration or run.replications, or raise periods"
      )
    } else if crowd > LoadEstimate.largestCrowd {
      reader.report(
        "about \(NumberLiteral.rounded(crowd)) users at a time are too many",
        at: spec["traffic"].mark,
        path: "spec.traffic",
        hint: "at most 2e7: lower rates, timeouts or retries"
      )
    }
  }
}

extension Override {
  /// Whether the path leads into a manifest and not into the scenario file.
  var reachesIntoManifests: Bool {
    switch path.first == .key("spec") ? path.dropFirst().first : path.first {
    case .key("hpa"), .key("autoscalers"): true
    case .key("manifests"): path.count > 2
    default: false
    }
  }

  /// Whether the path leads into `spec.overrides`.
  var changesOverrides: Bool {
    (path.first == .key("spec") ? path.dropFirst().first : path.first) == .key("overrides")
  }

  /// Whether the path leads to something that no single variant can have for itself.
  var changesTheExperiment: Bool {
    let section = path.first == .key("spec") ? path.dropFirst().first : path.first
    let shared = ["metadata", "run", "variants", "thresholds", "sweep", "output", "overrides"]
    guard case .key(let name)? = section else { return false }
    return shared.contains(name) || (name == "manifests" && !reachesIntoManifests)
  }
}
