package import Reports
import KubernetesManifests

/// A document as `-o yaml` prints it; it reads back as what `-o json` prints.
package enum KubectlYAML {
  /// The text, with a line end at its end.
  package static func text(_ document: JSON) -> String { YAMLEmitter.text(tree(document)) }

  private static let nowhere = SourceMark(file: "", line: 1, column: 1)

  private static func tree(_ value: JSON) -> YAMLValue {
    switch value {
    case .null: .plain("null", at: nowhere)
    case .bool(let flag): .plain(flag ? "true" : "false", at: nowhere)
    case .integer(let number): .plain(String(number), at: nowhere)
    case .number(let number): .plain(NumberFormat.significant(number) ?? "null", at: nowhere)
    case .string(let text): .quoted(text, at: nowhere)
    case .array(let items): YAMLValue(.sequence(items.map(tree)), at: nowhere)
    case .object(let members):
      YAMLValue(
        .mapping(
          members.map { YAMLPair(key: $0.key, keyMark: nowhere, value: tree($0.value)) }
        ),
        at: nowhere
      )
    }
  }
}
