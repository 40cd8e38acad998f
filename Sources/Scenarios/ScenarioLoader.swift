package import KubernetesManifests

/// Reads a scenario file and its manifests, checks everything and lowers every variant.
package enum ScenarioLoader {
  /// The scenario of a file, or everything that is wrong with it.
  ///
  /// Overrides are `path=value`, as `--set` gives them; see `Override` for the paths. Reads the
  /// files anew and depends on nothing else, so a sweep may call it for every point.
  package static func load(
    path: String,
    overrides: [String] = []
  ) throws(InvalidInput) -> Scenario {
    let reader = YAMLReader()
    let document = try ScenarioDocument.read(path: path, reader)
    guard let document else { throw InvalidInput(diagnostics: reader.diagnostics.all) }
    try reader.diagnostics.throwIfErrors()
    let arguments = overrides.compactMap { Override(argument: $0, reader) }
    let assembly = ScenarioAssembly(
      document: document,
      folder: FilePath.folder(of: path),
      arguments: arguments,
      reader: reader
    )
    return try assembly.scenario()
  }
}
