/// What docs/DIAGNOSTICS.md says of a kind of finding.
package protocol FindingWords: Sendable {
  /// Stable for ever, such as `PS1101`; never given to another rule.
  static var code: String { get }
  /// How bad it is as a rule.
  static var severity: Finding.Severity { get }
  /// A few words, such as `selector matches no pod`.
  static var title: String { get }
  /// When the rule fires.
  static var cause: String { get }
  /// What happens in production.
  static var effect: String { get }
  /// How it is repaired as a rule.
  static var fix: String { get }
}

/// Something that goes wrong between a client and a pod, found by looking at manifests.
///
/// A rule is a file in `Rules/`, a line in `rules` and a fixture with its name in
/// `Tests/DiagnosisTests/Fixtures/Rules`.
package protocol Rule: FindingWords {
  /// All places where it fires.
  static func findings(in inventory: Inventory) -> [Finding]
}

extension Rule {
  /// A finding of this rule, with the rule's own words for what is not given.
  static func finding(
    _ object: ManifestObject,
    at span: SourceSpan,
    _ message: String,
    severity: Finding.Severity? = nil,
    effect: String? = nil,
    fix: String
  ) -> Finding {
    Finding(
      code: code,
      severity: severity ?? Self.severity,
      object: object.title,
      span: span,
      message: message,
      effect: effect ?? Self.effect,
      fix: fix
    )
  }
}
