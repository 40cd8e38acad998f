package import KubernetesManifests

/// The scenario file as a tree, with what it takes over from its `base`.
package struct ScenarioDocument: Sendable {
  package var tree: YAMLValue
  /// Files read, the scenario's own first, paths as the scenario's folder sees them.
  package var files: [InputFileReader.File]

  /// How many files may stand behind each other through `base`.
  private static let depthLimit = 5

  /// Reads the file and those it is based on.
  package static func read(
    path: String,
    _ reader: YAMLReader
  ) throws(InvalidInput) -> ScenarioDocument? {
    let folder = FilePath.folder(of: path)
    return try read(FilePath.name(of: path), in: folder, shownAs: path, depth: 1, reader)
  }

  /// Reads one file, named relative to the scenario's folder, and `shown` in messages.
  private static func read(
    _ name: String,
    in folder: String,
    shownAs shown: String,
    depth: Int,
    _ reader: YAMLReader
  ) throws(InvalidInput) -> ScenarioDocument? {
    let file = try InputFileReader.read(FilePath.join(folder, name), shownAs: shown)
    let documents = YAMLParser.documents(in: file.bytes, file: shown, into: &reader.diagnostics)
    let start = SourceMark(file: shown, line: 1, column: 1)
    guard documents.count == 1, let tree = documents.first else {
      if !reader.diagnostics.hasErrors {
        reader.report(
          "expected one document, found \(documents.count)",
          at: documents.last?.mark ?? start,
          hint: "a scenario file holds one Scenario, which names manifests in spec.manifests"
        )
      }
      return nil
    }
    var own = file
    own.path = name
    let document = ScenarioDocument(tree: tree, files: [own])
    guard let base = tree["spec"]?["base"], !base.isNull else { return document }
    guard let basePath = reader.string(base, path: "spec.base") else { return nil }
    guard depth < depthLimit else {
      reader.report(
        "files are based on each other more than \(depthLimit) deep",
        at: base.mark,
        path: "spec.base",
        hint: "does a file lead back to itself?"
      )
      return nil
    }
    let inner = FilePath.join(FilePath.folder(of: name), basePath)
    do throws(InvalidInput) {
      let below = try read(
        inner,
        in: folder,
        shownAs: FilePath.join(folder, inner),
        depth: depth + 1,
        reader
      )
      return below.map { document.based(on: $0, at: FilePath.folder(of: inner)) }
    } catch {
      var placed = error
      placed.diagnostics = error.diagnostics.map { $0.placed(at: base.mark) }
      throw placed
    }
  }

  /// This document over another: sections that it does not write are the other's.
  private func based(on below: ScenarioDocument, at folder: String) -> ScenarioDocument {
    var spec = tree["spec"]?.pairs?.filter { $0.key != "base" } ?? []
    let written = Set(spec.map(\.key))
    for pair in below.tree["spec"]?.pairs ?? [] {
      if pair.key == "overrides" {
        spec = Self.joinOverrides(pair, spec)
      } else if !written.contains(pair.key) {
        spec.append(pair.key == "manifests" ? Self.moved(pair, to: folder) : pair)
      }
    }
    var result = self
    result.files += below.files
    guard var top = tree.pairs, let index = top.firstIndex(where: { $0.key == "spec" }) else {
      return result
    }
    top[index].value.content = .mapping(spec)
    result.tree.content = .mapping(top)
    return result
  }

  /// Overrides of both files, the base's first.
  private static func joinOverrides(_ below: YAMLPair, _ spec: [YAMLPair]) -> [YAMLPair] {
    guard let index = spec.firstIndex(where: { $0.key == "overrides" }),
      let own = spec[index].value.pairs, let inherited = below.value.pairs
    else { return spec + [below] }
    var joined = spec
    let keys = Set(own.map(\.key))
    let kept = inherited.filter { !keys.contains($0.key) }
    joined[index].value.content = .mapping(kept + own)
    return joined
  }

  /// Paths of manifests as seen from the folder of the file that takes them over.
  private static func moved(_ manifests: YAMLPair, to folder: String) -> YAMLPair {
    guard let paths = manifests.value.elements else { return manifests }
    var moved = manifests
    moved.value.content = .sequence(
      paths.map { path in
        guard let text = path.scalar?.text else { return path }
        return .quoted(FilePath.join(folder, text), at: path.mark)
      }
    )
    return moved
  }
}

/// Paths as text; nothing here touches the disk.
enum FilePath {
  /// All up to the last slash; empty for a bare name.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// All behind the last slash.
  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// A path seen from a folder, `..` steps taken where they can be.
  static func join(_ folder: String, _ path: String) -> String {
    if path.hasPrefix("/") || folder.isEmpty { return path }
    var parts = folder.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    for part in path.split(separator: "/", omittingEmptySubsequences: false).map(String.init) {
      if part == "..", let last = parts.last, last != "..", last != ".", !last.isEmpty {
        parts.removeLast()
      } else if part != "." {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}
