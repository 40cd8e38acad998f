package import KubernetesManifests

/// What overrides may change: the scenario file's tree and those of the manifests.
package struct OverridableInput: Sendable {
  /// The whole document of the scenario file.
  package var document: YAMLValue
  /// One tree per object of the manifests, in file order.
  package var objects: [YAMLValue]

  package init(document: YAMLValue, objects: [YAMLValue]) {
    self.document = document
    self.objects = objects
  }

  /// Names that a path may start with besides the fields of `spec`.
  private static let shortcuts = ["hpa", "autoscalers"]

  /// Applies an override; what is wrong with its path is reported.
  package mutating func apply(_ override: Override, _ reader: YAMLReader) {
    do throws(InputProblem) {
      try apply(override)
    } catch {
      reader.report(
        "cannot set '\(override.text)': \(error.message)",
        at: override.mark,
        hint: error.hint
      )
    }
  }

  private mutating func apply(_ override: Override) throws(InputProblem) {
    var path = override.path[...]
    if path.first == .key("spec") { path = path.dropFirst() }
    guard case .key(let section)? = path.first else {
      throw InputProblem("it names no field of spec")
    }
    let rest = path.dropFirst()
    switch section {
    case "hpa":
      try change(try onlyAutoscaler(), [.key("spec")], rest, override.value)
    case "autoscalers":
      let index = try object(kind: "HorizontalPodAutoscaler", rest.first)
      try change(index, [.key("spec")], rest.dropFirst(), override.value)
    case "manifests" where !rest.isEmpty:
      guard case .key(let kind)? = rest.first, rest.count > 1 else {
        throw InputProblem("it names no object", hint: "write manifests.KIND.NAME.FIELD")
      }
      let index = try object(kind: kind, rest.dropFirst().first)
      try change(index, [], rest.dropFirst(2), override.value)
    case "metadata" where override.path.first != .key("spec"):
      document = try document.replacing(path, with: override.value)
    default:
      try changeSpec(section, rest, override.value)
    }
  }

  private mutating func changeSpec(
    _ section: String,
    _ rest: ArraySlice<PathComponent>,
    _ value: YAMLValue
  ) throws(InputProblem) {
    let names = ScenarioReference.spec.map(\.name)
    guard names.contains(section) else {
      throw InputProblem(
        "there is no '\(section)'",
        hint: EditDistance.hint(for: section, in: names + Self.shortcuts)
          ?? "a path starts with a field of spec, or with hpa, autoscalers.NAME or "
          + "manifests.KIND.NAME"
      )
    }
    var path: [PathComponent] = [.key("spec"), .key(section)] + rest
    if section == "workloads", case .key(let name)? = rest.first {
      let written = document["spec"]?[section]?.pairs?.map(\.key) ?? []
      path[2] = .key(try WorkloadName.match(name, in: written) ?? name)
    }
    document = try document.replacing(path[...], with: value)
  }

  /// Changes a field of an object, or removes the object.
  private mutating func change(
    _ index: Int,
    _ prefix: [PathComponent],
    _ rest: ArraySlice<PathComponent>,
    _ value: YAMLValue
  ) throws(InputProblem) {
    if rest.isEmpty, value.isNull {
      objects.remove(at: index)
    } else {
      let path = prefix + rest
      objects[index] = try objects[index].replacing(path[...], with: value)
    }
  }

  private func onlyAutoscaler() throws(InputProblem) -> Int {
    let indices = indices(ofKind: "hpa")
    if indices.count == 1 { return indices[0] }
    throw InputProblem(
      "the manifests hold \(indices.count) HorizontalPodAutoscalers, not one",
      hint: indices.isEmpty ? nil : "write autoscalers.NAME"
    )
  }

  /// The object of a kind by `name` or `namespace/name`.
  private func object(kind: String, _ step: PathComponent?) throws(InputProblem) -> Int {
    guard case .key(let name)? = step else {
      throw InputProblem("it names no \(kind)")
    }
    let candidates = indices(ofKind: kind)
    guard !candidates.isEmpty else {
      let kinds = objects.compactMap { $0["kind"]?.scalar?.text }
      throw InputProblem(
        "the manifests hold no \(kind)",
        hint: EditDistance.hint(for: kind, in: kinds)
      )
    }
    let found = candidates.filter { index in
      let full = Self.name(of: objects[index])
      return full == name || full.hasSuffix("/" + name)
    }
    if found.count == 1 { return found[0] }
    let names = (found.isEmpty ? candidates : found).map { Self.name(of: objects[$0]) }
    if found.isEmpty {
      throw InputProblem(
        "there is no \(kind) '\(name)'",
        hint: WorkloadName.hint(for: name, in: names)
      )
    }
    throw InputProblem("'\(name)' fits several: " + names.joined(separator: ", "))
  }

  /// The objects of a kind, whose name may be short as for `kubectl`.
  private func indices(ofKind kind: String) -> [Int] {
    let shortNames = [
      "deploy": "deployment", "sts": "statefulset", "svc": "service", "ns": "namespace",
      "hpa": "horizontalpodautoscaler",
    ]
    let lowered = kind.lowercased()
    let wanted = shortNames[lowered] ?? lowered
    return objects.indices.filter {
      objects[$0]["kind"]?.scalar?.text.lowercased() == wanted
    }
  }

  /// `namespace/name`.
  private static func name(of object: YAMLValue) -> String {
    let metadata = object["metadata"]
    let namespace = metadata?["namespace"]?.scalar?.text ?? "default"
    return namespace + "/" + (metadata?["name"]?.scalar?.text ?? "")
  }
}
