/// `spec.behavior` of a HorizontalPodAutoscaler, defaults filled in.
package struct AutoscalerBehavior: Hashable, Sendable {
  /// Which policy counts when several allow different changes.
  package enum SelectPolicy: String, CaseIterable, Sendable {
    case max = "Max"
    case min = "Min"
    case disabled = "Disabled"
  }
  /// What the value of a policy counts.
  package enum PolicyType: String, CaseIterable, Sendable {
    case pods = "Pods"
    case percent = "Percent"
  }
  /// How much may change within a period.
  package struct Policy: Hashable, Sendable {
    package var type: PolicyType
    package var value: Int
    package var periodSeconds: Int

    package init(type: PolicyType, value: Int, periodSeconds: Int) {
      self.type = type
      self.value = value
      self.periodSeconds = periodSeconds
    }
  }
  /// One direction of scaling.
  package struct Rules: Hashable, Sendable {
    package var stabilizationWindowSeconds: Int
    package var selectPolicy: SelectPolicy
    package var policies: [Policy]
    /// `nil` means the controller's own, 0.1.
    package var tolerance: Quantity?
  }
  package var scaleUp: Rules
  package var scaleDown: Rules

  /// What the API server fills in for `scaleUp`.
  package static let defaultUp = Rules(
    stabilizationWindowSeconds: 0,
    selectPolicy: .max,
    policies: [
      Policy(type: .pods, value: 4, periodSeconds: 15),
      Policy(type: .percent, value: 100, periodSeconds: 15),
    ]
  )

  /// What the API server and the controller fill in for `scaleDown`.
  package static let defaultDown = Rules(
    stabilizationWindowSeconds: 300,
    selectPolicy: .max,
    policies: [Policy(type: .percent, value: 100, periodSeconds: 15)]
  )

  /// Reads `behavior` from the spec of an autoscaler.
  static func read(_ spec: inout FieldReader) -> AutoscalerBehavior? {
    guard var fields = spec.mapping("behavior") else { return nil }
    let up = readRules(&fields, "scaleUp", over: defaultUp)
    let down = readRules(&fields, "scaleDown", over: defaultDown)
    fields.finish()
    return AutoscalerBehavior(scaleUp: up, scaleDown: down)
  }

  private static func readRules(
    _ behavior: inout FieldReader,
    _ name: String,
    over defaults: Rules
  ) -> Rules {
    var rules = defaults
    guard var fields = behavior.mapping(name) else { return rules }
    if let window = fields.number("stabilizationWindowSeconds", in: 0...3_600) {
      rules.stabilizationWindowSeconds = window
    }
    if let select = fields.word("selectPolicy", as: SelectPolicy.self) {
      rules.selectPolicy = select
    }
    rules.tolerance = fields.quantity("tolerance")
    let elements = fields.sequence("policies")
    if fields.isEmptyList("policies") {
      fields.required("must specify at least one Policy", field: "policies")
    }
    let policies = elements.compactMap { readPolicy($0, fields.reader) }
    if !elements.isEmpty { rules.policies = policies }
    fields.finish()
    return rules
  }

  private static func readPolicy(_ element: YAMLElement, _ reader: YAMLReader) -> Policy? {
    var fields = reader.mapping(element.value, path: element.path)
    if !fields.has("type") {
      fields.unsupported("", of: PolicyType.allCases.map(\.rawValue), field: "type")
    }
    let type = fields.word("type", as: PolicyType.self)
    let reason = "must be greater than zero"
    let value = fields.number("value", in: 1...Int(Int32.max), zeroElse: reason)
    let period = fields.number("periodSeconds", in: 1...1_800, zeroElse: reason)
    fields.finish()
    guard let type, let value, let period else { return nil }
    return Policy(type: type, value: value, periodSeconds: period)
  }
}
