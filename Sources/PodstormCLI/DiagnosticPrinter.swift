import Foundation
package import KubernetesManifests

/// Diagnostics as compilers print them: place, severity, cause, the line with a caret, the hint.
package struct DiagnosticPrinter {
  package var useColor: Bool
  /// The lines of a file, `nil` when it cannot be read.
  package var lines: (String) -> [Substring]?

  package init(useColor: Bool, lines: @escaping (String) -> [Substring]?) {
    self.useColor = useColor
    self.lines = lines
  }

  /// Reads files as named, or else relative to the scenario's folder.
  package static func files(near scenario: String, useColor: Bool) -> DiagnosticPrinter {
    let folder = URL(fileURLWithPath: scenario).deletingLastPathComponent().path
    return DiagnosticPrinter(useColor: useColor) { file in
      for path in [file, folder + "/" + file] {
        if let text = try? String(contentsOfFile: path, encoding: .utf8) {
          return text.split(separator: "\n", omittingEmptySubsequences: false)
        }
      }
      return nil
    }
  }

  /// The text of all of them, each ending in a newline.
  package func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map(render).joined()
  }

  private func render(_ diagnostic: Diagnostic) -> String {
    var text = ""
    if let mark = diagnostic.mark {
      text += bold(place(mark) + ": ")
    } else {
      text += bold("podstorm: ")
    }
    text += severity(diagnostic.severity) + " " + bold(diagnostic.message)
    text += (diagnostic.field.isEmpty ? "" : " (\(diagnostic.field))") + "\n"
    if let mark = diagnostic.mark { text += excerpt(mark) }
    if let hint = diagnostic.hint { text += "  hint: \(hint)\n" }
    return text
  }

  /// A value of `--set` is not in a file, so that it has no line worth showing.
  private func place(_ mark: SourceMark) -> String {
    mark.file.hasPrefix("--set") ? mark.file : "\(mark.file):\(mark.line):\(mark.column)"
  }

  /// The line and a caret under the column; tabs are kept, so that the caret stays below.
  private func excerpt(_ mark: SourceMark) -> String {
    guard let lines = lines(mark.file), lines.indices.contains(mark.line - 1), mark.column > 0
    else { return "" }
    let line = lines[mark.line - 1]
    let gutter = String(mark.line)
    let padding = line.prefix(mark.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
    let blank = String(repeating: " ", count: gutter.count)
    return "  \(gutter) | \(line)\n  \(blank) | \(padding)\(paint("^", "32"))\n"
  }

  private func severity(_ severity: Diagnostic.Severity) -> String {
    switch severity {
    case .error: paint("error:", "1;31")
    case .warning: paint("warning:", "1;35")
    case .note: paint("note:", "1;36")
    }
  }

  private func bold(_ text: String) -> String { paint(text, "1") }

  private func paint(_ text: String, _ code: String) -> String {
    useColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
