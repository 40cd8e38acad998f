package import KubernetesManifests
package import Scenarios
package import SimKernel

/// Reads manifests and a scenario, and says what is wrong with them.
package enum Examination {
  /// All that was looked at.
  package struct Input: Sendable {
    package var inventory: Inventory
    /// Every line that was read, for showing the words that findings point at.
    package var files: [InputFileReader.File]
  }

  /// Reads the files; throws what cannot be read at all, with every place.
  ///
  /// What can be read and the API server would refuse is a finding and not thrown.
  package static func read(
    manifests paths: [String],
    scenario: String? = nil,
    cluster: ClusterFacts = ClusterFacts()
  ) throws(InvalidInput) -> Input {
    let reader = YAMLReader()
    var tree: YAMLValue?
    var files: [InputFileReader.File] = []
    if let scenario {
      guard let document = try ScenarioDocument.read(path: scenario, reader) else {
        throw InvalidInput(diagnostics: reader.diagnostics.all)
      }
      tree = document.tree
      let named = (document.tree["spec"]?["manifests"]?.elements ?? []).filter { $0.text != nil }
      // Named as the working folder sees them, like those of `-f`.
      files += try ManifestLoader.read(
        paths: named.map { join(folder(of: scenario), $0.text ?? "") },
        namedAt: named.map(\.mark),
        relativeTo: ""
      )
    }
    for file in try ManifestLoader.read(paths: paths, relativeTo: "")
    where !files.contains(where: { $0.path == file.path }) {
      files.append(file)
    }
    return try input(files, scenario: tree, cluster: cluster, reader)
  }

  /// Parses files that were read.
  package static func input(
    _ files: [InputFileReader.File],
    scenario: YAMLValue? = nil,
    cluster: ClusterFacts = ClusterFacts(),
    _ reader: YAMLReader = YAMLReader()
  ) throws(InvalidInput) -> Input {
    let documents = files.flatMap { file in
      YAMLParser.documents(in: file.bytes, file: file.path, into: &reader.diagnostics)
    }
    try reader.diagnostics.throwIfErrors()
    let inventory = inventory(documents, scenario: scenario, cluster: cluster)
    return Input(inventory: inventory, files: files)
  }

  /// The objects of a scenario's variant after what operators have done up to an instant.
  package static func inventory(
    of variant: Variant,
    at time: SimTime,
    cluster: ClusterFacts = ClusterFacts()
  ) -> Inventory {
    inventory(variant.documents(at: time), scenario: variant.scenarioTree, cluster: cluster)
  }

  private static func inventory(
    _ documents: [YAMLValue],
    scenario: YAMLValue?,
    cluster: ClusterFacts
  ) -> Inventory {
    var refusals = Diagnostics()
    let manifests = ManifestSet(reading: documents, into: &refusals)
    return Inventory(
      documents: documents,
      manifests: manifests,
      refusals: refusals.all.filter { $0.severity == .error },
      scenario: scenario.map { ScenarioView($0) } ?? ScenarioView(),
      cluster: cluster
    )
  }

  /// What every rule finds, file by file from the top down.
  package static func findings(in inventory: Inventory) -> [Finding] {
    sorted(rules.flatMap { $0.findings(in: inventory) }, in: inventory)
  }

  /// Findings file by file from the top down, those without a place at the end.
  package static func sorted(_ findings: [Finding], in inventory: Inventory) -> [Finding] {
    var rank: [String: Int] = [:]
    for (index, file) in inventory.files.enumerated() where rank[file] == nil {
      rank[file] = index
    }
    return findings.sorted { $0.precedes($1, rank: rank) }
  }

  private static func join(_ folder: String, _ path: String) -> String {
    folder.isEmpty || path.hasPrefix("/") ? path : folder + "/" + path
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }
}
