/// The Kubernetes objects of all manifests, in file order.
package struct ManifestSet: Sendable {
  package var deployments: [Deployment] = []
  package var statefulSets: [StatefulSet] = []
  package var services: [Service] = []
  package var autoscalers: [HorizontalPodAutoscaler] = []
  package var namespaces: [Namespace] = []
  /// Objects of kinds that are not simulated yet, one remark per object.
  package var ignored: [Diagnostic] = []

  package init() {}

  /// Reads all objects of all files; `ignored` is also part of the diagnostics.
  package init(
    reading files: [InputFileReader.File],
    limits: YAMLLimits = YAMLLimits(),
    into diagnostics: inout Diagnostics
  ) {
    var documents: [YAMLValue] = []
    for file in files {
      documents += YAMLParser.documents(
        in: file.bytes,
        file: file.path,
        limits: limits,
        into: &diagnostics
      )
    }
    self.init(reading: documents, into: &diagnostics)
  }

  /// Reads objects that are already parsed, as overrides by path leave them.
  package init(reading documents: [YAMLValue], into diagnostics: inout Diagnostics) {
    var reader = ManifestSetReader()
    for document in documents { reader.read(document, path: "") }
    diagnostics.add(contentsOf: reader.reader.diagnostics.all)
    self = reader.set
  }

  /// Reads the objects of one text, for tests and generated input.
  package init(
    reading text: String,
    file: String = "manifest.yaml",
    into diagnostics: inout Diagnostics
  ) {
    let bytes = Array(text.utf8)
    let file = InputFileReader.File(path: file, bytes: bytes, sha256: "")
    self.init(reading: [file], into: &diagnostics)
  }
}

/// Sorts objects by kind and notices the same object given twice.
private struct ManifestSetReader {
  let reader = YAMLReader()
  var set = ManifestSet()
  private var seen: [String: SourceMark] = [:]

  /// Reads one document or list item.
  mutating func read(_ value: YAMLValue, path: String) {
    var object = reader.mapping(value, path: path)
    guard object.isValid else { return }
    guard let kind = object.requiredString("kind")?.value,
      let version = object.requiredString("apiVersion")?.value
    else { return }
    guard let known = ObjectKind(rawValue: kind), !ObjectKind.isForeignGroup(version) else {
      return ignore(object, kind: kind, apiVersion: version)
    }
    if version != known.apiVersion {
      let shown = YAMLScalar(text: version, style: .quoted).excerpt
      return reader.report(
        "no kind '\(kind)' is read from version '\(shown)'",
        at: object.mark(of: "apiVersion"),
        path: object.path(of: "apiVersion"),
        hint: "write apiVersion: \(known.apiVersion)"
      )
    }
    read(known, &object)
  }

  private mutating func read(_ kind: ObjectKind, _ object: inout FieldReader) {
    switch kind {
    case .list: readList(&object)
    case .deployment:
      if let read = Deployment.read(&object), isNew(kind, read.metadata, object) {
        set.deployments.append(read)
      }
    case .statefulSet:
      if let read = StatefulSet.read(&object), isNew(kind, read.metadata, object) {
        set.statefulSets.append(read)
      }
    case .service:
      if let read = Service.read(&object), isNew(kind, read.metadata, object) {
        set.services.append(read)
      }
    case .horizontalPodAutoscaler:
      if let read = HorizontalPodAutoscaler.read(&object), isNew(kind, read.metadata, object) {
        set.autoscalers.append(read)
      }
    case .namespace:
      guard let read = Namespace.read(&object) else { return }
      let meta = ObjectMeta(name: read.name, namespace: "", labels: read.labels)
      if isNew(kind, meta, object) { set.namespaces.append(read) }
    }
  }

  /// Unfolds a `List`; lists in lists are bounded by the depth limit of the parser.
  private mutating func readList(_ object: inout FieldReader) {
    let items = object.sequence("items")
    object.accept(["metadata"])
    object.finish()
    for item in items { read(item.value, path: item.path) }
  }

  private mutating func isNew(_ kind: ObjectKind, _ meta: ObjectMeta, _ object: FieldReader) -> Bool
  {
    let key = "\(kind.rawValue) \(meta.qualifiedName)"
    if let first = seen[key] {
      reader.report(
        "Duplicate value: \(kind.rawValue) '\(meta.name.value)' is already given at "
          + "\(first.file):\(first.line)",
        at: meta.name.mark,
        path: object.path(of: "metadata.name")
      )
      return false
    }
    seen[key] = meta.name.mark
    return true
  }

  private mutating func ignore(_ object: FieldReader, kind: String, apiVersion: String) {
    let shown = YAMLScalar(text: kind, style: .quoted).excerpt
    if let near = ObjectKind.correction(of: kind, apiVersion: apiVersion) {
      return reader.report(
        "no kind '\(shown)' in version '\(apiVersion)'",
        at: object.mark(of: "kind"),
        path: object.path(of: "kind"),
        hint: "did you mean '\(near)'?"
      )
    }
    let name = object.pairs.first { $0.key == "metadata" }?.value["name"]?.scalar?.excerpt
    let severity: Diagnostic.Severity = ObjectKind.influential.contains(kind) ? .warning : .note
    let remark = Diagnostic(
      severity,
      "not simulated yet: kind \(shown) name \(name ?? "(none)")",
      at: object.mark(of: "kind")
    )
    set.ignored.append(remark)
    reader.diagnostics.add(remark)
  }
}
