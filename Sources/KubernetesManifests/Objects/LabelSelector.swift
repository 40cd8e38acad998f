/// `matchLabels` and `matchExpressions`, all of which must hold.
package struct LabelSelector: Hashable, Sendable {
  /// How a requirement compares.
  package enum Operator: String, CaseIterable, Sendable {
    case isIn = "In"
    case notIn = "NotIn"
    case exists = "Exists"
    case doesNotExist = "DoesNotExist"
  }
  /// One of `matchExpressions`.
  package struct Requirement: Hashable, Sendable {
    package var key: String
    package var `operator`: Operator
    package var values: [String]

    package init(key: String, operator relation: Operator, values: [String]) {
      self.key = key
      self.operator = relation
      self.values = values
    }
  }
  package var matchLabels = Labels()
  package var matchExpressions: [Requirement] = []

  package init() {}

  package var isEmpty: Bool { matchLabels.isEmpty && matchExpressions.isEmpty }

  /// Whether an object with these labels is selected; an empty selector selects everything.
  package func matches(_ labels: Labels) -> Bool {
    matchLabels.areContained(in: labels)
      && matchExpressions.allSatisfy { requirement in
        let value = labels[requirement.key]
        return switch requirement.operator {
        case .isIn: value.map(requirement.values.contains) ?? false
        case .notIn: value.map { !requirement.values.contains($0) } ?? true
        case .exists: value != nil
        case .doesNotExist: value == nil
        }
      }
  }

  /// Reads the selector of a workload, which must be given and not empty.
  static func read(_ spec: inout FieldReader) -> Located<LabelSelector>? {
    guard let selector = readOptional(&spec, "selector") else {
      spec.required("'selector' must be given", field: "selector")
      return nil
    }
    if let pairs = spec.value("selector")?.pairs, isEmpty(pairs) {
      spec.invalid("{}", "an empty selector is not allowed here", field: "selector")
    }
    return selector
  }

  /// Reads a selector that need not be given; an empty one selects everything.
  static func readOptional(
    _ spec: inout FieldReader,
    _ name: String
  ) -> Located<LabelSelector>? {
    let mark = spec.mark(of: name)
    guard var fields = spec.mapping(name) else { return nil }
    var selector = LabelSelector()
    selector.matchLabels = fields.labels("matchLabels")
    for var item in fields.mappings("matchExpressions") {
      if let requirement = readRequirement(&item) { selector.matchExpressions.append(requirement) }
      item.finish()
    }
    fields.finish()
    return Located(selector, at: mark)
  }

  /// Whether nothing is asked; a faulty selector has been reported and asks something.
  private static func isEmpty(_ pairs: [YAMLPair]) -> Bool {
    pairs.allSatisfy { pair in
      guard ["matchLabels", "matchExpressions"].contains(pair.key) else { return false }
      return pair.value.isNull || pair.value.pairs?.isEmpty ?? false
        || pair.value.elements?.isEmpty ?? false
    }
  }

  private static func readRequirement(_ item: inout FieldReader) -> Requirement? {
    let key = item.requiredString("key")
    if !item.has("operator") { item.required("'operator' must be given", field: "operator") }
    let relation = item.word(
      "operator",
      as: Operator.self,
      elseInvalid: "not a valid label selector operator"
    )
    let texts = item.strings("values")
    for (index, text) in texts.enumerated() {
      guard let problem = DNSName.labelValueProblem(text.value) else { continue }
      item.reader.invalid(text, problem, path: item.path(of: "values[\(index)]"))
    }
    let values = texts.map(\.value)
    if let key, let problem = DNSName.qualifiedNameProblem(key.value) {
      item.invalid(key.value, problem, field: "key")
    }
    guard let key, let relation else { return nil }
    switch relation {
    case .isIn, .notIn:
      if values.isEmpty {
        item.required("must be given when `operator` is 'In' or 'NotIn'", field: "values")
        return nil
      }
    case .exists, .doesNotExist:
      if !values.isEmpty {
        item.forbidden(
          "may not be given when `operator` is 'Exists' or 'DoesNotExist'",
          field: "values"
        )
      }
    }
    return Requirement(key: key.value, operator: relation, values: values)
  }
}
