import KubernetesManifests

/// `docs/DIAGNOSTICS.md`, written from the rules' own words.
package enum DiagnosticsReference {
  /// The page; `fixture` gives for a code a manifest in which its rule fires, `observed` are the
  /// kinds of finding that need a running cluster.
  package static func markdown(
    observed: [any FindingWords.Type],
    fixture: (String) -> String?
  ) -> String {
    var text = """
      # Diagnostics

      <!-- Generated from Sources/Diagnosis; do not edit. -->

      What `podstorm diagnose` looks for: faults that the API server accepts (most of them), and \
      what it refuses. An **error** breaks requests or is refused; a **warning** does so on a bad \
      day; a **note** is worth knowing. Errors end the command with 2, with `--strict` warnings, \
      too; `--ignore CODE` leaves a rule out. Codes never change their meaning. Those from PS2001 \
      on speak of a scenario at a time, `--at`, and are there or not as the run goes.

      | code | severity | finding |
      |---|---|---|

      """
    for rule in (rules as [any FindingWords.Type]) + observed {
      text += "| [\(rule.code)](#\(rule.code.lowercased())) | \(rule.severity.rawValue) | "
      text += "\(rule.title) |\n"
    }
    for rule in rules {
      text += section(rule)
      if let fixture = fixture(rule.code), let example = example(of: rule, in: fixture) {
        text += example
      }
    }
    return text + observed.map(section).joined()
  }

  private static func section(_ rule: any FindingWords.Type) -> String {
    var text = "\n## \(rule.code)\n\n"
    text += "**\(rule.title)** (\(rule.severity.rawValue))\n\n"
    text += "- **Cause.** \(rule.cause)\n"
    text += "- **In production.** \(rule.effect)\n"
    return text + "- **Fix.** \(rule.fix)\n"
  }

  /// A few lines with the word marked, and what is said about it.
  private static func example(of rule: any Rule.Type, in fixture: String) -> String? {
    let file = InputFileReader.File(path: "fixture", bytes: Array(fixture.utf8), sha256: "")
    guard let input = try? Examination.input([file]),
      let finding = rule.findings(in: input.inventory).first
    else { return nil }
    let lines = fixture.split(separator: "\n", omittingEmptySubsequences: false)
    let mark = finding.span.mark
    guard lines.indices.contains(mark.line - 1) else { return nil }
    let above = lines[..<mark.line].filter { !$0.contains("^ PS") }
    var shown = above.suffix(4).map(String.init)
    if let start = shown.lastIndex(of: "---") { shown.removeFirst(start + 1) }
    let caret = String(repeating: "^", count: finding.span.length)
    let padding = String(repeating: " ", count: max(0, mark.column - 2))
    shown.append("#" + padding + caret)
    return "\n```yaml\n\(shown.joined(separator: "\n"))\n```\n\n"
      + "> \(quoted(finding.message)). Fix: \(quoted(finding.fix)).\n"
  }

  /// Angle brackets would be taken for HTML.
  private static func quoted(_ text: String) -> String {
    text.map { $0 == "<" ? "\\<" : String($0) }.joined()
  }
}
