package import KubernetesManifests

extension LabelSelector {
  /// As kubectl prints it: `app=web,tier in (a,b),!canary`; nothing for everything.
  var text: String {
    let labels = matchLabels.entries.map { (key: $0.key, text: "\($0.key)=\($0.value)") }
    let rules = matchExpressions.map { rule in
      let values = "(" + rule.values.sorted().joined(separator: ",") + ")"
      let text =
        switch rule.operator {
        case .isIn: "\(rule.key) in \(values)"
        case .notIn: "\(rule.key) notin \(values)"
        case .exists: rule.key
        case .doesNotExist: "!\(rule.key)"
        }
      return (key: rule.key, text: text)
    }
    return (labels + rules).sorted { $0.key < $1.key }.map(\.text).joined(separator: ",")
  }

  /// Reads what `-l` takes: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a` and `!a`, with commas
  /// between them; `nil` when it is none of these.
  package init?(parsing text: String) {
    self.init()
    for part in Self.parts(of: text) {
      guard let requirement = Self.requirement(part) else { return nil }
      matchExpressions.append(requirement)
    }
  }

  /// Splits at the commas that stand outside of parentheses.
  private static func parts(of text: String) -> [Substring] {
    var depth = 0
    return text.split(omittingEmptySubsequences: false) { character in
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      return character == "," && depth == 0
    }
  }

  private static func requirement(_ part: Substring) -> Requirement? {
    let text = trimmed(part)
    for (sign, relation) in [("!=", Operator.notIn), ("==", .isIn), ("=", .isIn)] {
      guard let range = text.firstRange(of: sign) else { continue }
      let key = trimmed(text[..<range.lowerBound])
      return checked(key, relation, [trimmed(text[range.upperBound...])])
    }
    for (word, relation) in [(" in ", Operator.isIn), (" notin ", .notIn)] {
      let spaced = text.replacing("(", with: " (")
      guard let range = spaced.firstRange(of: word) else { continue }
      let list = trimmed(spaced[range.upperBound...])
      guard list.first == "(", list.last == ")", list.count > 2 else { return nil }
      let values = list.dropFirst().dropLast().split(separator: ",").map(trimmed)
      return checked(trimmed(spaced[..<range.lowerBound]), relation, values)
    }
    return text.first == "!"
      ? checked(trimmed(text.dropFirst()), .doesNotExist, []) : checked(text, .exists, [])
  }

  private static func checked(
    _ key: String,
    _ relation: Operator,
    _ values: [String]
  ) -> Requirement? {
    guard DNSName.qualifiedNameProblem(key) == nil,
      values.allSatisfy({ DNSName.labelValueProblem($0) == nil })
    else { return nil }
    return Requirement(key: key, operator: relation, values: values)
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.firstIndex { $0 != " " } ?? text.endIndex
    let end = text.lastIndex { $0 != " " }.map { text.index(after: $0) } ?? start
    return start < end ? String(text[start..<end]) : ""
  }
}
