import KubernetesManifests

/// Names of workloads as a scenario writes them: `namespace/kind/name` or a shorter tail.
enum WorkloadName {
  /// The one full name that a given name is a tail of, or the other way round; `nil` for none.
  static func match(_ name: String, in names: [String]) throws(InputProblem) -> String? {
    if names.contains(name) { return name }
    let fitting = names.filter { isTail(name, of: $0) || isTail($0, of: name) }
    guard fitting.count > 1 else { return fitting.first }
    throw InputProblem(
      "'\(name)' fits several: " + fitting.joined(separator: ", "),
      hint: "write it as namespace/kind/name"
    )
  }

  /// Whether a name is the end of a full one, whole components only.
  static func isTail(_ name: String, of full: String) -> Bool {
    full == name || full.hasSuffix("/" + name)
  }

  /// The nearest full name, compared by whole names and by their last components.
  static func hint(for name: String, in names: [String]) -> String? {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    let lasts = names.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    if let near = EditDistance.nearest(last, in: lasts), let index = lasts.firstIndex(of: near) {
      return "did you mean '\(names[index])'?"
    }
    return EditDistance.hint(for: name, in: names)
  }
}
