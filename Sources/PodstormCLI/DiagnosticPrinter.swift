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
    // A hundred thousand errors in a file do not read it a hundred thousand times.
    var cache: [String: [Substring]?] = [:]
    return DiagnosticPrinter(useColor: useColor) { file in
      if let lines = cache[file] { return lines }
      let lines = read(file, near: folder)
      cache[file] = .some(lines)
      return lines
    }
  }

  private static func read(_ file: String, near folder: String) -> [Substring]? {
    for path in [file, folder + "/" + file] {
      // A file that was refused for its size is not read to show a line of it.
      let size = try? URL(fileURLWithPath: path).resourceValues(forKeys: [.fileSizeKey]).fileSize
      guard size ?? 0 <= YAMLLimits().fileSize else { return nil }
      if let text = try? String(contentsOfFile: path, encoding: .utf8) {
        return text.split(omittingEmptySubsequences: false, whereSeparator: endsLine)
      }
    }
    return nil
  }

  /// Where YAML ends lines; CR and LF together are one character here.
  private static func endsLine(_ character: Character) -> Bool {
    ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(character)
  }

  /// The text of all of them, each ending in a newline; those of one file from its top down.
  package func render(_ diagnostics: [Diagnostic]) -> String {
    var rank: [String: Int] = [:]
    for diagnostic in diagnostics {
      let file = diagnostic.mark?.file ?? ""
      rank[file] = rank[file] ?? rank.count
    }
    // The index keeps the order of what has the same place.
    return diagnostics.enumerated().map { index, diagnostic in
      let mark = diagnostic.mark
      let place = [rank[mark?.file ?? ""] ?? 0, mark?.line ?? 0, mark?.column ?? 0, index]
      return (place: place, diagnostic: diagnostic)
    }
    .sorted { $0.place.lexicographicallyPrecedes($1.place) }
    .map { render($0.diagnostic) }
    .joined()
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
    // A note says what it is about; there may be one for each object of a chart.
    if let mark = diagnostic.mark, diagnostic.severity != .note { text += excerpt(mark) }
    if let hint = diagnostic.hint { text += "  hint: \(hint)\n" }
    return text
  }

  /// A value of `--set` is not in a file, so that it has no line worth showing.
  private func place(_ mark: SourceMark) -> String {
    let file = PrintableText.of(mark.file)
    return file.hasPrefix("--set") ? file : "\(file):\(mark.line):\(mark.column)"
  }

  /// How many characters of a long line are shown around the caret.
  private static let room = 100

  /// The line and carets under a word of it; tabs are kept, so that the carets stay below.
  package func excerpt(_ mark: SourceMark, length: Int = 1) -> String {
    guard let lines = lines(mark.file), lines.indices.contains(mark.line - 1), mark.column > 0
    else { return "" }
    let start = mark.column <= Self.room ? 0 : mark.column - Self.room / 2
    let rest = lines[mark.line - 1].dropFirst(start)
    let shown = String(rest.prefix(Self.room).map(Self.printable))
    let line = (start > 0 ? "…" : "") + shown + (shown.count < rest.count ? "…" : "")
    let gutter = String(mark.line)
    let before = line.prefix(mark.column - 1 - start + (start > 0 ? 1 : 0))
    let padding = before.map { $0 == "\t" ? "\t" : " " }.joined()
    let blank = String(repeating: " ", count: gutter.count)
    let carets = String(repeating: "^", count: max(1, min(length, line.count - before.count)))
    return "  \(gutter) | \(line)\n  \(blank) | \(padding)\(paint(carets, "32"))\n"
  }

  /// What could move the cursor or turn the direction of writing becomes a question mark.
  private static func printable(_ character: Character) -> Character {
    let isSafe = character.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: scalar == "\t"
      default: true
      }
    }
    return isSafe ? character : "?"
  }

  private func severity(_ severity: Diagnostic.Severity) -> String {
    paint(severity.rawValue + ":", Self.color(of: severity))
  }

  /// The terminal's code for a severity.
  static func color(of severity: Diagnostic.Severity) -> String {
    switch severity {
    case .error: "1;31"
    case .warning: "1;35"
    case .note: "1;36"
    }
  }

  /// The text in bold, where there are colours.
  func bold(_ text: String) -> String { paint(text, "1") }

  /// The text in a colour, where there are colours.
  func paint(_ text: String, _ code: String) -> String {
    useColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
