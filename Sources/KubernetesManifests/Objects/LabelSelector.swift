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
    let mark = spec.mark(of: "selector")
    guard var fields = spec.mapping("selector") else {
      spec.required("'selector' must be given", field: "selector")
      return nil
    }
    var selector = LabelSelector()
    selector.matchLabels = fields.labels("matchLabels")
    for element in fields.sequence("matchExpressions") {
      var item = fields.reader.mapping(element.value, path: element.path)
      if let requirement = readRequirement(&item) { selector.matchExpressions.append(requirement) }
      item.finish()
    }
    fields.finish()
    if selector.isEmpty, fields.isValid, fields.pairs.isEmpty {
      spec.invalid("{}", "an empty selector is not allowed here", field: "selector")
    }
    return Located(selector, at: mark)
  }

  private static func readRequirement(_ item: inout FieldReader) -> Requirement? {
    let key = item.requiredString("key")
    if !item.has("operator") { item.required("'operator' must be given", field: "operator") }
    let relation = item.word("operator", as: Operator.self)
    let values = item.sequence("values")
      .compactMap { item.reader.string($0.value, path: $0.path) }
    guard let key, let relation else { return nil }
    switch relation {
    case .isIn, .notIn:
      if values.isEmpty {
        item.required("must be given when `operator` is 'In' or 'NotIn'", field: "values")
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
