import ClusterState
import KubernetesManifests
import Reports

extension JSON {
  /// An object whose keys are in order, as kubectl prints them; those without a value are left out.
  static func fields(_ pairs: KeyValuePairs<String, JSON?>) -> JSON {
    .object(
      pairs.compactMap { pair in pair.value.map { (key: pair.key, value: $0) } }
        .sorted { $0.key < $1.key }
    )
  }

  /// Labels or annotations, even when there are none.
  static func map(_ labels: Labels) -> JSON {
    .object(labels.entries.map { (key: $0.key, value: .string($0.value)) })
  }
}

// Optional values and lists as fields; an empty list is no field, as `omitempty` has it.
extension JSON? {
  static func text(_ text: String?) -> JSON? { text.map { .string($0) } }
  static func count(_ number: Int?) -> JSON? { number.map { .integer($0) } }
  /// No field for zero, as `omitempty` has it.
  static func positive(_ number: Int) -> JSON? { number == 0 ? nil : .integer(number) }
  static func list(_ items: [JSON]) -> JSON? { items.isEmpty ? nil : .array(items) }
  static func texts(_ items: [String]) -> JSON? { list(items.map { .string($0) }) }
  static func flag(_ isSet: Bool) -> JSON? { isSet ? .bool(true) : nil }
  static func labels(_ labels: Labels) -> JSON? { labels.isEmpty ? nil : .map(labels) }

  /// A count or percentage: a number or a text.
  static func amount(_ amount: IntOrPercent?) -> JSON? {
    switch amount {
    case .count(let count): .integer(count)
    case .percent: .text(amount?.text)
    case nil: nil
    }
  }

  /// A port by number or name.
  static func port(_ port: PortReference?) -> JSON? {
    switch port {
    case .number(let number): .integer(number)
    case .name(let name): .string(name)
    case nil: nil
    }
  }

  /// A selector with expressions, as workloads have it.
  static func selector(_ selector: LabelSelector?) -> JSON? {
    selector.map { selector in
      .fields([
        "matchLabels": .labels(selector.matchLabels),
        "matchExpressions": .list(
          selector.matchExpressions.map { requirement in
            .fields([
              "key": .string(requirement.key), "operator": .string(requirement.operator.rawValue),
              "values": .texts(requirement.values),
            ])
          }
        ),
      ])
    }
  }
}
