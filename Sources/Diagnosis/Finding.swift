import KubernetesManifests

/// One thing that is wrong, or soon will be: what, where, what users feel, what to edit.
package struct Finding: Hashable, Sendable {
  /// How sure and how bad: an error breaks requests or is refused, a warning does so on a bad day,
  /// a note is worth knowing.
  package enum Severity: String, CaseIterable, Sendable {
    case error, warning, note
  }
  /// Stable for ever, such as `PS1101`.
  package var code: String
  package var severity: Severity
  /// The object to blame, such as `Service default/checkout-service`.
  package var object: String
  package var span: SourceSpan
  /// What is wrong, with the exact values, in one sentence.
  package var message: String
  /// What happens in production because of it.
  package var effect: String
  /// The edit that repairs it.
  package var fix: String

  package init(
    code: String,
    severity: Severity,
    object: String,
    span: SourceSpan,
    message: String,
    effect: String,
    fix: String
  ) {
    self.code = code
    self.severity = severity
    self.object = PrintableText.of(object)
    self.span = span
    self.message = PrintableText.of(message)
    self.effect = PrintableText.of(effect)
    self.fix = PrintableText.of(fix)
  }

  /// File order is the caller's; inside a file from the top down, then by code.
  func precedes(_ other: Finding, rank: [String: Int]) -> Bool {
    let own = [rank[span.mark.file] ?? .max, span.mark.line, span.mark.column]
    let others = [rank[other.span.mark.file] ?? .max, other.span.mark.line, other.span.mark.column]
    if own != others { return own.lexicographicallyPrecedes(others) }
    return (code, message) < (other.code, other.message)
  }
}
