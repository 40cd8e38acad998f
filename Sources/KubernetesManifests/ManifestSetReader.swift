/// Sorts objects by kind and notices the same object given twice.
struct ManifestSetReader {
  let reader = YAMLReader()
  var set = ManifestSet()
  private var seen: [String: SourceMark] = [:]

  init() {}

  /// Reads one document or list item; items of a typed list need not say their `kind`.
  mutating func read(_ value: YAMLValue, path: String, itemOf list: ObjectKind? = nil) {
    var object = reader.mapping(value, path: path)
    guard object.isValid else { return }
    if let list, !object.has("kind"), !object.has("apiVersion") {
      object.accept(["kind", "apiVersion"])
      return read(list, &object)
    }
    guard let kind = object.requiredString("kind")?.value,
      let version = object.requiredString("apiVersion")?.value
    else { return }
    if let item = ObjectKind(ofList: kind), !item.isForeign(version) {
      if isRight(version, for: item, kind: kind, object) { readItems(&object, of: item) }
      return
    }
    guard let known = ObjectKind(rawValue: kind), !known.isForeign(version) else {
      return ignore(object, kind: kind, apiVersion: version)
    }
    if let list, known != list {
      return reader.report(
        "a list of kind '\(list.rawValue)List' holds an object of kind '\(kind)'",
        at: object.mark(of: "kind"),
        path: object.path(of: "kind"),
        hint: "write kind: List around objects of several kinds"
      )
    }
    if isRight(version, for: known, kind: kind, object) { read(known, &object) }
  }

  private func isRight(
    _ version: String,
    for known: ObjectKind,
    kind: String,
    _ object: FieldReader
  ) -> Bool {
    if version == known.apiVersion { return true }
    let shown = YAMLScalar(text: version, style: .quoted).excerpt
    reader.report(
      "no kind '\(kind)' is read from version '\(shown)'",
      at: object.mark(of: "apiVersion"),
      path: object.path(of: "apiVersion"),
      hint: "write apiVersion: \(known.apiVersion)"
    )
    return false
  }

  private mutating func read(_ kind: ObjectKind, _ object: inout FieldReader) {
    let remark = ObjectKind.notSimulated.first { $0.kind == kind }
    reader.isReadingUnsimulatedKind = remark != nil
    defer { reader.isReadingUnsimulatedKind = false }
    switch kind {
    case .list: readItems(&object, of: nil)
    case .deployment: add(Deployment.read(&object), to: \.deployments, kind, object)
    case .statefulSet: add(StatefulSet.read(&object), to: \.statefulSets, kind, object)
    case .service: add(Service.read(&object), to: \.services, kind, object)
    case .horizontalPodAutoscaler:
      add(HorizontalPodAutoscaler.read(&object), to: \.autoscalers, kind, object)
    case .namespace: add(Namespace.read(&object), to: \.namespaces, kind, object)
    case .replicaSet: add(ReplicaSet.read(&object), to: \.replicaSets, kind, object)
    case .daemonSet: add(DaemonSet.read(&object), to: \.daemonSets, kind, object)
    case .job: add(Job.read(&object), to: \.jobs, kind, object)
    case .cronJob: add(CronJob.read(&object), to: \.cronJobs, kind, object)
    case .pod: add(Pod.read(&object), to: \.pods, kind, object)
    case .endpoints: add(Endpoints.read(&object), to: \.endpoints, kind, object)
    case .endpointSlice: add(EndpointSlice.read(&object), to: \.endpointSlices, kind, object)
    case .ingress: add(Ingress.read(&object), to: \.ingresses, kind, object)
    case .podDisruptionBudget:
      add(PodDisruptionBudget.read(&object), to: \.podDisruptionBudgets, kind, object)
    case .configMap: add(ConfigMap.read(&object), to: \.configMaps, kind, object)
    case .secret: add(Secret.read(&object), to: \.secrets, kind, object)
    case .node: add(Node.read(&object), to: \.nodes, kind, object)
    }
    if let remark { remarkIgnored(object, kind: kind.rawValue, remark.severity) }
  }

  /// Unfolds a list; lists in lists are bounded by the depth limit of the parser.
  private mutating func readItems(_ object: inout FieldReader, of kind: ObjectKind?) {
    let items = object.sequence("items")
    object.accept(["metadata"])
    object.finish()
    for item in items { read(item.value, path: item.path, itemOf: kind) }
  }

  private mutating func add<Object: NamedObject>(
    _ read: Object?,
    to list: WritableKeyPath<ManifestSet, [Object]>,
    _ kind: ObjectKind,
    _ object: FieldReader
  ) {
    guard let read else { return }
    let meta = read.metadata
    let key = "\(kind.rawValue) \(meta.qualifiedName)"
    if let first = seen[key] {
      return reader.report(
        "Duplicate value: \(kind.rawValue) '\(meta.name.value)' is already given at "
          + "\(first.file):\(first.line)",
        at: meta.name.mark,
        path: object.path(of: "metadata.name")
      )
    }
    seen[key] = meta.name.mark
    set[keyPath: list].append(read)
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
    remarkIgnored(
      object,
      kind: shown,
      ObjectKind.influential.contains(kind) ? .warning : .note
    )
  }

  private mutating func remarkIgnored(
    _ object: FieldReader,
    kind: String,
    _ severity: Diagnostic.Severity
  ) {
    let name = object.pairs.first { $0.key == "metadata" }?.value["name"]?.scalar?.excerpt
    let remark = Diagnostic(
      severity,
      "not simulated yet: kind \(kind) name \(name ?? "(none)")",
      at: object.mark(of: "kind")
    )
    set.ignored.append(remark)
    reader.diagnostics.add(remark)
  }
}

/// An object that is known by its kind, namespace and name.
protocol NamedObject {
  var metadata: ObjectMeta { get }
}

extension Deployment: NamedObject {}
extension StatefulSet: NamedObject {}
extension Service: NamedObject {}
extension HorizontalPodAutoscaler: NamedObject {}
extension Namespace: NamedObject {}
extension ReplicaSet: NamedObject {}
extension DaemonSet: NamedObject {}
extension Job: NamedObject {}
extension CronJob: NamedObject {}
extension Pod: NamedObject {}
extension Endpoints: NamedObject {}
extension EndpointSlice: NamedObject {}
extension Ingress: NamedObject {}
extension PodDisruptionBudget: NamedObject {}
extension ConfigMap: NamedObject {}
extension Secret: NamedObject {}
extension Node: NamedObject {}
