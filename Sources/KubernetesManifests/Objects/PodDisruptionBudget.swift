/// A PodDisruptionBudget (policy/v1): how many pods an eviction may take.
package struct PodDisruptionBudget: Sendable {
  /// The one bound that is given.
  package enum Bound: Hashable, Sendable {
    case minAvailable(IntOrPercent)
    case maxUnavailable(IntOrPercent)
  }
  /// Which unready pods may be evicted whatever the budget says.
  package enum UnhealthyPodEvictionPolicy: String, CaseIterable, Sendable {
    case ifHealthyBudget = "IfHealthyBudget"
    case alwaysAllow = "AlwaysAllow"
  }
  package var metadata: ObjectMeta
  /// `nil` selects no pod, an empty one every pod of the namespace.
  package var selector: Located<LabelSelector>?
  package var bound: Bound?
  package var unhealthyPodEvictionPolicy: UnhealthyPodEvictionPolicy
  package var mark: SourceMark

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> PodDisruptionBudget? {
    let metadata = ObjectMeta.read(&object, name: .subdomain)
    object.accept(["status"])
    defer { object.finish() }
    var selector: Located<LabelSelector>?
    var bound: Bound?
    var policy = UnhealthyPodEvictionPolicy.ifHealthyBudget
    if var spec = object.mapping("spec") {
      let least = spec.intOrPercent("minAvailable", limit: 100)
      let most = spec.intOrPercent("maxUnavailable", limit: 100)
      if spec.has("minAvailable"), spec.has("maxUnavailable") {
        spec.invalid("", "minAvailable and maxUnavailable cannot be both set", field: "")
      }
      bound = least.map { .minAvailable($0) } ?? most.map { .maxUnavailable($0) }
      selector = LabelSelector.readOptional(&spec, "selector")
      let word = spec.word("unhealthyPodEvictionPolicy", as: UnhealthyPodEvictionPolicy.self)
      policy = word ?? policy
      spec.finish()
    }
    guard let metadata else { return nil }
    return PodDisruptionBudget(
      metadata: metadata,
      selector: selector,
      bound: bound,
      unhealthyPodEvictionPolicy: policy,
      mark: object.mark
    )
  }
}
