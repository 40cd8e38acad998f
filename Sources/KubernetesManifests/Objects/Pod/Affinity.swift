/// `affinity`: near which nodes and pods a pod must or would rather run.
package struct Affinity: Sendable {
  /// A wish and how much it counts, from 1 to 100.
  package struct Weighted<Term: Sendable>: Sendable {
    package var weight: Int
    package var term: Term
  }
  /// The nodes must fit one of these; `nil` when any node will do.
  package var requiredNodes: [NodeSelectorTerm]?
  package var preferredNodes: [Weighted<NodeSelectorTerm>] = []
  package var requiredPods: [PodAffinityTerm] = []
  package var preferredPods: [Weighted<PodAffinityTerm>] = []
  package var requiredAntiPods: [PodAffinityTerm] = []
  package var preferredAntiPods: [Weighted<PodAffinityTerm>] = []

  package init() {}

  /// Whether nothing is required or preferred.
  package var isEmpty: Bool {
    requiredNodes == nil && preferredNodes.isEmpty && requiredPods.isEmpty && preferredPods.isEmpty
      && requiredAntiPods.isEmpty && preferredAntiPods.isEmpty
  }

  /// Reads `affinity` from the spec of a pod.
  static func read(_ pod: inout FieldReader) -> Affinity {
    var affinity = Affinity()
    guard var fields = pod.mapping("affinity") else { return affinity }
    if var nodes = fields.mapping("nodeAffinity") {
      if var required = nodes.mapping(requiredName) {
        affinity.requiredNodes = readTerms(&required)
        required.finish()
      }
      affinity.preferredNodes = readPreferred(&nodes, "preference", NodeSelectorTerm.read)
      nodes.finish()
    }
    if var pods = fields.mapping("podAffinity") {
      (affinity.requiredPods, affinity.preferredPods) = readPods(&pods)
    }
    if var pods = fields.mapping("podAntiAffinity") {
      (affinity.requiredAntiPods, affinity.preferredAntiPods) = readPods(&pods)
    }
    fields.finish()
    return affinity
  }

  private static let requiredName = "requiredDuringSchedulingIgnoredDuringExecution"
  private static let preferredName = "preferredDuringSchedulingIgnoredDuringExecution"

  private static func readTerms(_ required: inout FieldReader) -> [NodeSelectorTerm] {
    let terms = required.mappings("nodeSelectorTerms")
    if terms.isEmpty {
      required.required("must have at least one node selector term", field: "nodeSelectorTerms")
    }
    return terms.compactMap(NodeSelectorTerm.read)
  }

  private static func readPods(
    _ fields: inout FieldReader
  ) -> ([PodAffinityTerm], [Weighted<PodAffinityTerm>]) {
    let required = fields.mappings(requiredName).compactMap(PodAffinityTerm.read)
    let preferred = readPreferred(&fields, "podAffinityTerm", PodAffinityTerm.read)
    fields.finish()
    return (required, preferred)
  }

  private static func readPreferred<Term>(
    _ fields: inout FieldReader,
    _ name: String,
    _ read: (FieldReader) -> Term?
  ) -> [Weighted<Term>] {
    fields.mappings(preferredName)
      .compactMap { element in
        var wish = element
        let weight = wish.number("weight", in: 1...100, required: true)
        let term = wish.mapping(name)
        if term == nil { wish.required("'\(name)' must be given", field: name) }
        wish.finish()
        guard let term = term.flatMap(read), let weight else { return nil }
        return Weighted(weight: weight, term: term)
      }
  }
}

/// Requirements on a node, all of which must hold.
package struct NodeSelectorTerm: Hashable, Sendable {
  /// How a requirement compares; the last two compare whole numbers.
  package enum Operator: String, CaseIterable, Sendable {
    case isIn = "In"
    case notIn = "NotIn"
    case exists = "Exists"
    case doesNotExist = "DoesNotExist"
    case greater = "Gt"
    case less = "Lt"
  }
  /// One of them.
  package struct Requirement: Hashable, Sendable {
    package var key: String
    package var `operator`: Operator
    package var values: [String]
  }
  package var matchExpressions: [Requirement]
  package var matchFields: [Requirement]

  static func read(_ element: FieldReader) -> NodeSelectorTerm? {
    var term = element
    let expressions = term.mappings("matchExpressions").compactMap(readRequirement)
    let fields = term.mappings("matchFields").compactMap(readRequirement)
    term.finish()
    return NodeSelectorTerm(matchExpressions: expressions, matchFields: fields)
  }

  private static func readRequirement(_ element: FieldReader) -> Requirement? {
    var item = element
    let key = item.requiredString("key")
    if let key, let problem = DNSName.qualifiedNameProblem(key.value) {
      item.invalid(key.value, problem, field: "key")
    }
    if !item.has("operator") { item.required("'operator' must be given", field: "operator") }
    let relation = item.word(
      "operator",
      as: Operator.self,
      elseInvalid: "not a valid selector operator"
    )
    let values = item.strings("values").map(\.value)
    item.finish()
    guard let key, let relation else { return nil }
    switch relation {
    case .isIn, .notIn:
      if values.isEmpty {
        item.required("must be specified when `operator` is 'In' or 'NotIn'", field: "values")
      }
    case .exists, .doesNotExist:
      if !values.isEmpty {
        item.forbidden(
          "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
          field: "values"
        )
      }
    case .greater, .less:
      if values.count != 1 {
        item.required(
          "must be specified single value when `operator` is 'Lt' or 'Gt'",
          field: "values"
        )
      }
    }
    return Requirement(key: key.value, operator: relation, values: values)
  }
}

/// Other pods and the kind of place that is shared with them.
package struct PodAffinityTerm: Hashable, Sendable {
  /// `nil` selects no pod.
  package var labelSelector: LabelSelector?
  package var topologyKey: String
  /// Empty without a selector means the pod's own.
  package var namespaces: [String]
  package var namespaceSelector: LabelSelector?

  static func read(_ element: FieldReader) -> PodAffinityTerm? {
    var term = element
    let selector = LabelSelector.readOptional(&term, "labelSelector")
    let key = term.requiredString("topologyKey")
    if let key, let problem = DNSName.qualifiedNameProblem(key.value) {
      term.invalid(key.value, problem, field: "topologyKey")
    }
    let namespaces = term.strings("namespaces")
    for namespace in namespaces {
      guard let problem = DNSName.labelProblem(namespace.value) else { continue }
      term.reader.invalid(namespace, problem, path: term.path(of: "namespace"))
    }
    let namespaceSelector = LabelSelector.readOptional(&term, "namespaceSelector")
    term.accept(["matchLabelKeys", "mismatchLabelKeys"])
    term.finish()
    guard let key else { return nil }
    return PodAffinityTerm(
      labelSelector: selector?.value,
      topologyKey: key.value,
      namespaces: namespaces.map(\.value),
      namespaceSelector: namespaceSelector?.value
    )
  }
}
