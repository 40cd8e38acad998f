package import Diagnosis
import KubernetesManifests
import Reports

/// Findings as text, grouped by file: place, object, the word, what is wrong, what comes of it, the
/// edit.
package struct FindingPrinter {
  package var printer: DiagnosticPrinter
  /// Columns of the terminal.
  package var width: Int

  package init(printer: DiagnosticPrinter, width: Int) {
    self.printer = printer
    self.width = width
  }

  /// All findings, a blank line between them, and a line that counts them.
  package func render(_ findings: [Finding], objects: Int) -> String {
    var said: Set<String> = []
    var text = findings.map { finding in
      // What was explained once is not explained again.
      render(finding, withEffect: said.insert(finding.effect).inserted) + "\n"
    }.joined()
    text += printer.bold(Self.summary(of: findings, objects: objects)) + "\n"
    return text
  }

  /// `1 error, 2 warnings and 3 notes in 12 objects`.
  package static func summary(of findings: [Finding], objects: Int) -> String {
    let place = "in " + counted(objects, "object")
    if findings.isEmpty { return "nothing wrong found " + place }
    let counts = Finding.Severity.allCases.compactMap { severity -> String? in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : counted(count, severity.rawValue)
    }
    let last = counts.count > 1 ? " and " + (counts.last ?? "") : ""
    let first = counts.count > 1 ? counts.dropLast().joined(separator: ", ") : counts[0]
    return "\(first)\(last) \(place)"
  }

  private static func counted(_ count: Int, _ word: String) -> String {
    "\(count) \(word)\(count == 1 ? "" : "s")"
  }

  /// A way of a connection: its steps, and what is wrong at the last.
  package func render(_ walk: ConnectionWalk) -> String {
    var text = printer.bold("\(walk.client) → \(walk.target)") + "\n\n"
    for name in ConnectionWalk.StepName.allCases {
      let steps = walk.steps.filter { $0.name == name }
      if steps.isEmpty { text += "  · \(name.rawValue)\n" }
      for step in steps { text += line(step) }
    }
    text += "\n" + printer.bold(walk.result) + "\n"
    guard let finding = walk.finding else { return text }
    return text + "\n" + render(finding, withEffect: true)
  }

  private func line(_ step: ConnectionWalk.Step) -> String {
    let isBroken = step.outcome == .broken
    let sign = printer.paint(isBroken ? "✗" : "✓", isBroken ? "31" : "32")
    let label = step.name.rawValue + String(repeating: " ", count: 11 - step.name.rawValue.count)
    let body = Self.wrapped(PrintableText.of(step.text), to: width - 15)
    let indent = "\n" + String(repeating: " ", count: 15)
    return "  \(sign) \(label)" + body.joined(separator: indent) + "\n"
  }

  private func render(_ finding: Finding, withEffect: Bool) -> String {
    let mark = finding.span.mark
    // What was asked for on the command line has no line worth showing.
    let isTyped = mark.file.hasPrefix("--")
    let place =
      isTyped ? mark.file + ":" : "\(PrintableText.of(mark.file)):\(mark.line):\(mark.column):"
    let kind = "\(finding.severity.rawValue) \(finding.code)"
    let isLong = place.count + kind.count + finding.object.count + 2 > width
    var text = printer.bold(place) + (isLong ? "\n  " : " ")
    text += printer.paint(kind, DiagnosticPrinter.color(of: finding.severity.diagnostic)) + " "
    text += printer.bold(finding.object) + "\n"
    if !isTyped { text += printer.excerpt(mark, length: finding.span.length) }
    text += paragraph(finding.message, label: "")
    if withEffect { text += paragraph(finding.effect, label: "effect: ") }
    return text + paragraph(finding.fix, label: "fix: ")
  }

  /// The text as a sentence, indented and broken into lines.
  private func paragraph(_ text: String, label: String) -> String {
    let lines = Self.wrapped(label + Self.sentence(text), to: width - 2)
    var body = lines.map { "  " + $0 + "\n" }.joined()
    if !label.isEmpty, let range = body.firstRange(of: label) {
      body.replaceSubrange(range, with: printer.bold(label))
    }
    return body
  }

  /// The words in lines of at most so many characters.
  private static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    return lines + [line]
  }

  /// With a capital letter, unless the first word is a name, and a full stop.
  static func sentence(_ text: String) -> String {
    let first = text.prefix { $0 != " " }
    let isWord = first.allSatisfy { ("a"..."z").contains($0) }
    let start = isWord ? text.prefix(1).uppercased() + text.dropFirst() : text
    return start + (start.hasSuffix(".") ? "" : ".")
  }
}

extension Finding.Severity {
  /// The same as a severity of input.
  var diagnostic: Diagnostic.Severity {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
