/// Finds and reads the files named under `spec.manifests`.
package enum ManifestLoader {
  /// What the files hold.
  package struct Loaded: Sendable {
    package var manifests: ManifestSet
    /// Every file in reading order, paths relative to the scenario's folder.
    package var files: [InputFileReader.File]
    /// Warnings and notes; errors are thrown instead.
    package var remarks: [Diagnostic]
  }

  /// Reads files and folders and the objects in them, or throws all that is wrong with them.
  ///
  /// A folder stands for its `.yaml`, `.yml` and `.json` files in byte order of name, not for
  /// those in folders below it.
  package static func load(
    paths: [String],
    relativeTo folder: String,
    limits: YAMLLimits = YAMLLimits()
  ) throws(InvalidInput) -> Loaded {
    let files = try read(paths: paths, relativeTo: folder, limits: limits)
    var diagnostics = Diagnostics()
    let manifests = ManifestSet(reading: files, limits: limits, into: &diagnostics)
    try diagnostics.throwIfErrors()
    return Loaded(manifests: manifests, files: files, remarks: diagnostics.all)
  }

  /// Reads the bytes of every file; throws one error listing each that cannot be read.
  ///
  /// With `marks`, one for each path, an error tells where the path was written.
  package static func read(
    paths: [String],
    namedAt marks: [SourceMark] = [],
    relativeTo folder: String,
    limits: YAMLLimits = YAMLLimits()
  ) throws(InvalidInput) -> [InputFileReader.File] {
    var files: [InputFileReader.File] = []
    var refused: [Diagnostic] = []
    var isMissing = false
    var seen: Set<String> = []
    for (index, path) in paths.enumerated() {
      do throws(InvalidInput) {
        for (name, location) in try expand(path, relativeTo: folder)
        where seen.insert(name).inserted {
          files.append(try InputFileReader.read(location, shownAs: name, limits: limits))
        }
      } catch {
        let mark = marks.indices.contains(index) ? marks[index] : nil
        refused += error.diagnostics.map { $0.placed(at: mark) }
        isMissing = isMissing || error.isMissingInput
      }
    }
    if !refused.isEmpty { throw InvalidInput(diagnostics: refused, isMissingInput: isMissing) }
    return files
  }

  /// The files behind one path: the name to show and the place to open.
  private static func expand(
    _ path: String,
    relativeTo folder: String
  ) throws(InvalidInput) -> [(name: String, location: String)] {
    if path.isEmpty { throw InputFileReader.refusal(path, "the path is empty") }
    let location = join(folder, path)
    guard let isFolder = InputFileReader.isFolder(location) else {
      // Opening it tells the reason.
      _ = try InputFileReader.read(location, shownAs: path)
      throw InputFileReader.refusal(path, "no such file or folder")
    }
    try refuseEscape(location, shownAs: path, from: root(of: path, relativeTo: folder))
    guard isFolder else { return [(path, location)] }
    var found: [(name: String, location: String)] = []
    for name in try InputFileReader.names(inFolder: location) where isManifestName(name) {
      let shown = path.hasSuffix("/") ? path + name : path + "/" + name
      let inner = join(location, name)
      // A folder called x.yaml is not recursed into and not an error either.
      if InputFileReader.isFolder(inner) == true { continue }
      try refuseEscape(inner, shownAs: shown, from: root(of: path, relativeTo: folder))
      found.append((shown, inner))
    }
    if found.isEmpty {
      throw InputFileReader.refusal(path, "the folder holds no .yaml, .yml or .json file")
    }
    return found
  }

  /// The folder that links may not lead out of: the scenario's, or, for a path that openly leaves
  /// it (`../deploy` or `/deploy`), the one holding what it names.
  private static func root(of path: String, relativeTo folder: String) -> String {
    var depth = 0
    var leaves = path.hasPrefix("/")
    for part in path.split(separator: "/") where part != "." {
      depth += part == ".." ? -1 : 1
      leaves = leaves || depth < 0
    }
    guard leaves else { return folder.isEmpty ? "." : folder }
    let location = join(folder, path)
    if InputFileReader.isFolder(location) == true { return location }
    return location.lastIndex(of: "/").map { String(location[...$0]) } ?? "."
  }

  private static func refuseEscape(
    _ location: String,
    shownAs name: String,
    from root: String
  ) throws(InvalidInput) {
    guard let target = InputFileReader.realPath(location), let base = InputFileReader.realPath(root)
    else { return }
    if target == base || target.hasPrefix(base == "/" ? base : base + "/") { return }
    throw InputFileReader.refusal(
      name,
      "it is a symbolic link leading out of the scenario's folder",
      hint: "copy the file or name its own path"
    )
  }

  private static func join(_ folder: String, _ path: String) -> String {
    if path.hasPrefix("/") || folder.isEmpty { return path }
    return folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }

  private static func isManifestName(_ name: String) -> Bool {
    name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name.hasSuffix(".json")
  }
}
