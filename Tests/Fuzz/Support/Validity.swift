package import KubernetesManifests

/// What every diagnostic must be, whatever the input was.
package enum Validity {
  /// No message may be longer, so that hostile input cannot flood a terminal.
  package static let longest = 1_000

  /// What is wrong with the diagnostics, in words; `files` are the inputs by the names of marks.
  package static func problems(
    _ diagnostics: [Diagnostic],
    in files: [String: [UInt8]]
  ) -> [String] {
    var problems: [String] = []
    // One warning and one error limit, and the line that says there are more.
    if diagnostics.count > 2 * (Diagnostics.errorLimit + 1) {
      problems.append("\(diagnostics.count) diagnostics")
    }
    let shapes = files.mapValues(lineLengths)
    for diagnostic in diagnostics {
      if let problem = problem(diagnostic, shapes) {
        problems.append("\(problem): \(diagnostic)")
      }
    }
    return problems
  }

  private static func problem(_ diagnostic: Diagnostic, _ files: [String: [Int]]) -> String? {
    let texts = [diagnostic.message, diagnostic.field, diagnostic.hint ?? ""]
    if diagnostic.message.isEmpty { return "no message" }
    if texts.contains(where: { $0.utf8.count > 4 * longest }) { return "too long" }
    if !texts.allSatisfy(isPrintable) { return "not printable" }
    guard let mark = diagnostic.mark else { return nil }
    if !isPrintable(mark.file) { return "file name not printable" }
    if mark.line < 1 || mark.column < 1 { return "no place" }
    let name = mark.file.split(separator: "/").last.map(String.init) ?? ""
    guard let lengths = files[name] else {
      return mark.file.hasPrefix("--set") || mark.file.contains("/") ? nil : "no such file"
    }
    guard mark.line <= lengths.count else { return "no such line" }
    return mark.column <= lengths[mark.line - 1] + 1 ? nil : "no such column"
  }

  /// Whether a terminal shows the text as it is: nothing that moves the cursor or turns the
  /// direction of writing.
  private static func isPrintable(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
      default: true
      }
    }
  }

  /// Characters of each line, where lines end as YAML says.
  static func lineLengths(of bytes: [UInt8]) -> [Int] {
    var lengths = [0]
    var last: Unicode.Scalar = " "
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\n" where last == "\r": break
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": lengths.append(0)
      default: lengths[lengths.count - 1] += 1
      }
      last = scalar
    }
    return lengths
  }
}

extension Validity {
  /// What is wrong with one message at one place of a text, to test the test.
  package static func complaints(
    line: Int,
    column: Int,
    message: String,
    text: String
  ) -> [String] {
    let mark = SourceMark(file: "f", line: line, column: column)
    var diagnostic = Diagnostic(.error, "", at: mark)
    // Set afterwards: a message that is given at first is made printable.
    diagnostic.message = message
    return problems([diagnostic], in: ["f": Array(text.utf8)])
  }
}
