import KubernetesManifests

/// A label, or a label that a selector asks for, with the places of its key and its value.
package struct LocatedLabel: Hashable, Sendable {
  package var key: String
  package var keySpan: SourceSpan
  package var value: String
  package var valueSpan: SourceSpan

  /// `tier: backend`, as it is written.
  package var text: String { "\(key): \(value)" }

  /// The entries of a mapping in file order; values that are no text are left out.
  static func all(in mapping: YAMLValue?) -> [LocatedLabel] {
    (mapping?.pairs ?? []).compactMap { pair in
      guard let value = pair.value.scalar?.text, !pair.value.isNull else { return nil }
      return LocatedLabel(
        key: pair.key,
        keySpan: pair.keySpan,
        value: value,
        valueSpan: pair.value.span
      )
    }
  }
}

extension [LocatedLabel] {
  /// The value of a key.
  func value(of key: String) -> String? { first { $0.key == key }?.value }

  /// Whether each of these labels is among the others with the same value.
  func areContained(in others: [LocatedLabel]) -> Bool {
    allSatisfy { others.value(of: $0.key) == $0.value }
  }

  /// `app: checkout, tier: backend`.
  var text: String { map(\.text).joined(separator: ", ") }
}

/// `matchLabels` and `matchExpressions` of a workload or a PodDisruptionBudget.
package struct SelectorView: Sendable {
  package var labels: [LocatedLabel]
  private var expressions: [(key: String, relation: String, values: [String])]

  init(_ tree: YAMLValue?) {
    labels = LocatedLabel.all(in: tree?["matchLabels"])
    expressions = (tree?["matchExpressions"]?.elements ?? []).compactMap { element in
      guard let key = element["key"]?.text, let relation = element["operator"]?.text else {
        return nil
      }
      return (key, relation, (element["values"]?.elements ?? []).compactMap(\.text))
    }
  }

  var isEmpty: Bool { labels.isEmpty && expressions.isEmpty }

  /// Whether pods with these labels are selected; an empty selector selects every pod.
  func matches(_ pod: [LocatedLabel]) -> Bool {
    labels.areContained(in: pod)
      && expressions.allSatisfy { key, relation, values in
        let value = pod.value(of: key)
        return switch relation {
        case "In": value.map(values.contains) ?? false
        case "NotIn": value.map { !values.contains($0) } ?? true
        case "Exists": value != nil
        case "DoesNotExist": value == nil
        default: false
        }
      }
  }
}
