/// On which nodes a pod may run.
package struct PodScheduling: Sendable {
  /// The node, when the manifest chooses it and no scheduler is asked.
  package var nodeName: Located<String>?
  package var nodeSelector = Labels()
  package var tolerations: [Toleration] = []
  package var affinity = Affinity()
  package var topologySpreadConstraints: [TopologySpreadConstraint] = []
  package var priorityClassName: String?
  package var priority: Int?

  /// Whether any node is as good as any other.
  package var isIndifferent: Bool {
    nodeName == nil && nodeSelector.isEmpty && tolerations.isEmpty && affinity.isEmpty
      && topologySpreadConstraints.isEmpty
  }

  /// Reads the fields from the spec of a pod.
  static func read(_ pod: inout FieldReader) -> PodScheduling {
    var scheduling = PodScheduling()
    scheduling.nodeName = pod.located("nodeName", without: DNSName.subdomainProblem)
    scheduling.nodeSelector = pod.labels("nodeSelector")
    scheduling.tolerations = pod.mappings("tolerations").compactMap(Toleration.read)
    scheduling.affinity = Affinity.read(&pod)
    scheduling.topologySpreadConstraints = TopologySpreadConstraint.readAll(&pod)
    let priorityClass = pod.located("priorityClassName", without: DNSName.subdomainProblem)
    scheduling.priorityClassName = priorityClass?.value
    scheduling.priority = pod.int("priority", in: Int(Int32.min)...Int(Int32.max))
    return scheduling
  }
}

/// What a taint does to pods that do not tolerate it.
package enum TaintEffect: String, CaseIterable, Sendable {
  case noSchedule = "NoSchedule"
  case preferNoSchedule = "PreferNoSchedule"
  case noExecute = "NoExecute"
}

/// A taint that a pod puts up with.
package struct Toleration: Hashable, Sendable {
  /// How the value is compared.
  package enum Operator: String, CaseIterable, Sendable {
    case equal = "Equal"
    case exists = "Exists"
  }
  /// Empty stands for all keys.
  package var key: String
  package var `operator`: Operator
  package var value: String
  /// `nil` stands for all effects.
  package var effect: TaintEffect?
  /// How long after a `NoExecute` taint; `nil` is for ever.
  package var tolerationSeconds: Int?

  static func read(_ element: FieldReader) -> Toleration? {
    var fields = element
    let key = fields.located("key", without: DNSName.qualifiedNameProblem)
    let word = fields.word("operator", as: Operator.self)
    let isReadable = word != nil || !fields.has("operator")
    let relation = word ?? .equal
    let value = fields.string("value") ?? ""
    let effect = fields.word("effect", as: TaintEffect.self)
    let seconds = fields.int("tolerationSeconds", in: -(1 << 53)...(1 << 53))
    fields.finish()
    if key == nil, isReadable, relation == .equal {
      fields.invalid(word?.rawValue ?? "", "must be Exists when `key` is empty", field: "operator")
    }
    if seconds != nil, effect != .noExecute, !fields.has("effect") || effect != nil {
      fields.invalid(
        effect?.rawValue ?? "",
        "must be 'NoExecute' when `tolerationSeconds` is set",
        field: "effect"
      )
    }
    if relation == .exists, !value.isEmpty {
      fields.invalid(value, "value must be empty when `operator` is 'Exists'", field: "operator")
    } else if relation == .equal, let problem = DNSName.labelValueProblem(value) {
      fields.invalid(value, problem, field: "operator")
    }
    return Toleration(
      key: key?.value ?? "",
      operator: relation,
      value: value,
      effect: effect,
      tolerationSeconds: seconds
    )
  }
}

/// How evenly pods must lie over zones or nodes.
package struct TopologySpreadConstraint: Hashable, Sendable {
  /// What to do when they cannot.
  package enum Unsatisfiable: String, CaseIterable, Sendable {
    case doNotSchedule = "DoNotSchedule"
    case scheduleAnyway = "ScheduleAnyway"
  }
  /// Whether nodes that the pod may not use count.
  package enum InclusionPolicy: String, CaseIterable, Sendable {
    case honor = "Honor"
    case ignore = "Ignore"
  }
  package var maxSkew: Int
  package var topologyKey: String
  package var whenUnsatisfiable: Unsatisfiable
  /// `nil` counts no pod at all.
  package var labelSelector: LabelSelector?
  package var minDomains: Int?
  package var nodeAffinityPolicy = InclusionPolicy.honor
  package var nodeTaintsPolicy = InclusionPolicy.ignore
  package var mark: SourceMark

  static func readAll(_ pod: inout FieldReader) -> [TopologySpreadConstraint] {
    var all: [TopologySpreadConstraint] = []
    for var fields in pod.mappings("topologySpreadConstraints") {
      guard let constraint = read(&fields) else { continue }
      let isTwice = all.contains {
        $0.topologyKey == constraint.topologyKey
          && $0.whenUnsatisfiable == constraint.whenUnsatisfiable
      }
      if isTwice {
        fields.duplicate(
          "{\(constraint.topologyKey), \(constraint.whenUnsatisfiable.rawValue)}",
          field: "",
          reportedAs: "{topologyKey, whenUnsatisfiable}"
        )
      }
      all.append(constraint)
    }
    return all
  }

  private static func read(_ fields: inout FieldReader) -> TopologySpreadConstraint? {
    let skew = fields.number("maxSkew", in: 1...Int(Int32.max), required: true)
    let key = fields.requiredString("topologyKey")
    if let key, let problem = DNSName.qualifiedNameProblem(key.value) {
      fields.invalid(key.value, problem, field: "topologyKey")
    }
    if !fields.has("whenUnsatisfiable") {
      fields.required("'whenUnsatisfiable' must be given", field: "whenUnsatisfiable")
    }
    let otherwise = fields.word("whenUnsatisfiable", as: Unsatisfiable.self)
    let selector = LabelSelector.readOptional(&fields, "labelSelector")
    let domains = fields.number("minDomains", in: 1...Int(Int32.max))
    if let domains, otherwise == .scheduleAnyway {
      fields.invalid(
        String(domains),
        "can only be used when `whenUnsatisfiable` is 'DoNotSchedule'",
        field: "minDomains"
      )
    }
    let affinity = fields.word("nodeAffinityPolicy", as: InclusionPolicy.self) ?? .honor
    let taints = fields.word("nodeTaintsPolicy", as: InclusionPolicy.self) ?? .ignore
    fields.accept(["matchLabelKeys"])
    fields.finish()
    guard let skew, let key, let otherwise else { return nil }
    return TopologySpreadConstraint(
      maxSkew: skew,
      topologyKey: key.value,
      whenUnsatisfiable: otherwise,
      labelSelector: selector?.value,
      minDomains: domains,
      nodeAffinityPolicy: affinity,
      nodeTaintsPolicy: taints,
      mark: fields.mark
    )
  }
}
