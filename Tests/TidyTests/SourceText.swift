/// A file as the rules see it: its lines, and for Swift also its code without comments and
/// literals, so that a word in a sentence is not taken for a use of it.
struct SourceText: Sendable {
  var path: String
  var lines: [String]
  /// The same lines with comments and string literals blanked out; Swift files only.
  var code: [String]

  init(path: String, text: String) {
    self.path = path
    lines = Self.split(text)
    code = path.hasSuffix(".swift") ? Self.split(maskingCommentsAndLiterals(of: text)) : lines
  }

  /// The lines of `code` in which the pattern occurs.
  func findings<Output>(inCode pattern: Regex<Output>) -> [Finding] {
    findings(in: code, pattern)
  }

  /// The lines, comments and literals included, in which the pattern occurs.
  func findings<Output>(inText pattern: Regex<Output>) -> [Finding] {
    findings(in: lines, pattern)
  }

  private func findings<Output>(in rows: [String], _ pattern: Regex<Output>) -> [Finding] {
    rows.indices.filter { rows[$0].contains(pattern) }
      .map { Finding(line: $0 + 1, text: lines[$0]) }
  }

  private static func split(_ text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Replaces comments and string literals by spaces, keeping every line where it is.
func maskingCommentsAndLiterals(of text: String) -> String {
  var masker = Masker(bytes: Array(text.utf8))
  masker.run()
  return String(decoding: masker.bytes, as: UTF8.self)
}

/// A scanner over Swift source that knows just enough grammar.
///
/// Line and nested block comments, literals with one or three quotes, raw ones included. An
/// interpolation counts as part of its literal.
private struct Masker {
  var bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func run() {
    while position < bytes.count {
      if starts("//") {
        blank { $0.starts("\n") }
      } else if starts("/*") {
        blankBlockComment()
      } else if let pounds = poundsBeforeQuote() {
        blankLiteral(pounds: pounds)
      } else {
        position += 1
      }
    }
  }

  private func starts(_ token: StaticString, at offset: Int = 0) -> Bool {
    let start = position + offset
    guard start + token.utf8CodeUnitCount <= bytes.count else { return false }
    for index in 0..<token.utf8CodeUnitCount
    where bytes[start + index] != token.utf8Start[index] {
      return false
    }
    return true
  }

  private mutating func blankOne() {
    if bytes[position] != UInt8(ascii: "\n") { bytes[position] = UInt8(ascii: " ") }
    position += 1
  }

  private mutating func blank(count: Int) {
    for _ in 0..<count where position < bytes.count { blankOne() }
  }

  private mutating func blank(until isEnd: (Masker) -> Bool) {
    while position < bytes.count, !isEnd(self) { blankOne() }
  }

  private mutating func blankBlockComment() {
    var depth = 0
    repeat {
      if starts("/*") {
        depth += 1
        blank(count: 2)
      } else if starts("*/") {
        depth -= 1
        blank(count: 2)
      } else {
        blankOne()
      }
    } while depth > 0 && position < bytes.count
  }

  /// How many `#` stand before a quote that begins here, `nil` when no literal begins here.
  private func poundsBeforeQuote() -> Int? {
    var pounds = 0
    while starts("#", at: pounds) { pounds += 1 }
    return starts("\"", at: pounds) ? pounds : nil
  }

  private mutating func blankLiteral(pounds: Int) {
    blank(count: pounds)
    let quotes = starts("\"\"\"") ? 3 : 1
    blank(count: quotes)
    while position < bytes.count {
      if isEscape(pounds: pounds) {
        blank(count: 1 + pounds)
        if starts("(") { blankInterpolation() } else { blank(count: 1) }
      } else if isEnd(quotes: quotes, pounds: pounds) {
        return blank(count: quotes + pounds)
      } else if quotes == 1, starts("\n") {
        return
      } else {
        blankOne()
      }
    }
  }

  private func isEscape(pounds: Int) -> Bool {
    starts("\\") && (0..<pounds).allSatisfy { starts("#", at: 1 + $0) }
  }

  private func isEnd(quotes: Int, pounds: Int) -> Bool {
    (0..<quotes).allSatisfy { starts("\"", at: $0) }
      && (0..<pounds).allSatisfy { starts("#", at: quotes + $0) }
  }

  private mutating func blankInterpolation() {
    var depth = 0
    repeat {
      if let pounds = poundsBeforeQuote() {
        blankLiteral(pounds: pounds)
        continue
      }
      if starts("(") { depth += 1 }
      if starts(")") { depth -= 1 }
      blankOne()
    } while depth > 0 && position < bytes.count
  }
}
