import KubernetesManifests

/// A use of an environment variable that Kubernetes makes from a Service, such as
/// `$(BACKEND_SERVICE_HOST)`.
struct ServiceVariable {
  /// `BACKEND`.
  var prefix: String
  /// `BACKEND_SERVICE_HOST`.
  var name: String
  var span: SourceSpan
  var workload: WorkloadView

  private static let endings = ["_SERVICE_HOST", "_SERVICE_PORT", "_PORT"]

  /// Every use in variables and words of a workload's containers, unless the container defines a
  /// variable of that name itself.
  static func all(in workload: WorkloadView) -> [ServiceVariable] {
    (workload.containers + workload.initContainers).flatMap { container -> [ServiceVariable] in
      let own = container.variables.map(\.name)
      let values = container.variables.compactMap(\.value) + container.words
      return values.flatMap { uses(in: $0, workload) }.filter { !own.contains($0.name) }
    }
  }

  /// `$(NAME)` as Kubernetes expands it, and `$NAME` and `${NAME}` as shells do.
  private static func uses(in value: YAMLValue, _ workload: WorkloadView) -> [ServiceVariable] {
    guard let text = value.text, text.utf8.count <= 10_000 else { return [] }
    let characters = Array(text)
    var found: [ServiceVariable] = []
    for start in characters.indices where characters[start] == "$" {
      let rest = characters[(start + 1)...]
      let inner = rest.first == "(" || rest.first == "{" ? rest.dropFirst() : rest
      let word = inner.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      let name = String(word)
      guard let ending = endings.first(where: name.hasSuffix), name != ending else { continue }
      found.append(
        ServiceVariable(
          prefix: String(name.dropLast(ending.count)),
          name: name,
          span: value.span(ofCharacters: word.startIndex..<word.endIndex),
          workload: workload
        )
      )
    }
    return found
  }
}
