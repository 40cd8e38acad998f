/// A Node (v1), as `kubectl get nodes -o yaml` gives it.
package struct Node: Sendable {
  /// One of `spec.taints`.
  package struct Taint: Hashable, Sendable {
    package var key: String
    package var value: String
    package var effect: TaintEffect
  }
  package var metadata: ObjectMeta
  package var taints: [Taint]
  /// Whether it is cordoned.
  package var isUnschedulable: Bool
  package var podCIDRs: [String]
  /// What pods may take up, from `status.allocatable`; `nil` when not given.
  package var allocatableCPU: Quantity?
  package var allocatableMemory: Quantity?
  package var allocatablePods: Quantity?
  package var mark: SourceMark

  /// The value of the well-known label.
  package var zone: String? { metadata.labels["topology.kubernetes.io/zone"] }

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> Node? {
    let metadata = ObjectMeta.read(&object, name: .subdomain, isNamespaced: false)
    var taints: [Taint] = []
    var isUnschedulable = false
    var ranges: [String] = []
    if var spec = object.mapping("spec") {
      taints = readTaints(&spec)
      isUnschedulable = spec.bool("unschedulable", default: false)
      ranges = readRanges(&spec)
      spec.accept(["providerID", "configSource", "externalID"])
      spec.finish()
    }
    var allocatable: (cpu: Quantity?, memory: Quantity?, pods: Quantity?)
    if var status = object.mapping("status") {
      if var list = status.mapping("allocatable") {
        allocatable = (list.quantity("cpu"), list.quantity("memory"), list.quantity("pods"))
      }
    }
    object.finish()
    guard let metadata else { return nil }
    return Node(
      metadata: metadata,
      taints: taints,
      isUnschedulable: isUnschedulable,
      podCIDRs: ranges,
      allocatableCPU: allocatable.cpu,
      allocatableMemory: allocatable.memory,
      allocatablePods: allocatable.pods,
      mark: object.mark
    )
  }

  private static func readTaints(_ spec: inout FieldReader) -> [Taint] {
    var taints: [Taint] = []
    for var fields in spec.mappings("taints") {
      let key = fields.requiredString("key")
      if let key, let problem = DNSName.qualifiedNameProblem(key.value) {
        fields.invalid(key.value, problem, field: "key")
      }
      let value = fields.located("value", without: DNSName.labelValueProblem)?.value ?? ""
      if !fields.has("effect") { fields.required("'effect' must be given", field: "effect") }
      let effect = fields.word("effect", as: TaintEffect.self)
      fields.accept(["timeAdded"])
      fields.finish()
      guard let key, let effect else { continue }
      if taints.contains(where: { $0.key == key.value && $0.effect == effect }) {
        fields.duplicate("\(key.value):\(effect.rawValue)", field: "")
      }
      taints.append(Taint(key: key.value, value: value, effect: effect))
    }
    return taints
  }

  private static func readRanges(_ spec: inout FieldReader) -> [String] {
    let single = spec.located("podCIDR")
    let several = spec.strings("podCIDRs")
    for (index, range) in several.enumerated() {
      guard let problem = DNSName.rangeProblem(range.value) else { continue }
      spec.reader.invalid(range, problem, path: spec.path(of: "podCIDRs[\(index)]"))
    }
    if let single, several.isEmpty, let problem = DNSName.rangeProblem(single.value) {
      spec.invalid(single.value, problem, field: "podCIDR", reportedAs: "podCIDRs[0]")
    }
    return several.isEmpty ? single.map { [$0.value] } ?? [] : several.map(\.value)
  }
}
