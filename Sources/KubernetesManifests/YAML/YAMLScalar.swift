/// The text of a scalar and whether quotes made it a string.
package struct YAMLScalar: Hashable, Sendable {
  /// How the scalar was written.
  package enum Style: Hashable, Sendable {
    /// Without quotes: the text decides the type.
    case plain
    /// Single or double quotes, a block scalar, or tagged `!!str`: always a string.
    case quoted
  }
  /// What a plain scalar means under the rules of this program.
  package enum Resolved: Hashable, Sendable {
    case null, boolean, number, text
    /// Text that YAML 1.1 readers, Kubernetes' among them, turn into something else:
    /// `yes`, `off`, `010`, `0x1F`, `1_000`, `1:30`, `.nan`, `.inf`.
    case legacy
  }
  package var text: String
  package var style: Style

  package init(text: String, style: Style) {
    self.text = text
    self.style = style
  }

  package var isNull: Bool { resolved == .null }

  /// The type that the text stands for.
  package var resolved: Resolved {
    if style == .quoted { return .text }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE", "false", "False", "FALSE": return .boolean
    default: break
    }
    if DecimalSyntax.isNumber(text) { return .number }
    return LegacyYAML.meaning(of: text) == nil ? .text : .legacy
  }

  /// The text cut to a length fit for a message, control characters replaced.
  package var excerpt: String { excerpt(upTo: 60) }

  /// The same with another length.
  package func excerpt(upTo limit: Int) -> String {
    var result = ""
    for (count, character) in text.unicodeScalars.enumerated() {
      if count == limit { return result + "…" }
      result.unicodeScalars.append(
        character.value < 0x20 || character.value == 0x7F ? " " : character
      )
    }
    return result
  }
}

/// Spellings that YAML 1.1 gives a surprising meaning.
package enum LegacyYAML {
  /// What a YAML 1.1 reader would make of the text, in words, or `nil` when there is no surprise.
  package static func meaning(of text: String) -> String? {
    let lower = text.lowercased()
    switch lower {
    case "yes", "on", "y": return "true"
    case "no", "off", "n": return "false"
    case ".nan": return "not a number"
    case ".inf", "+.inf", "-.inf": return "infinity"
    default: break
    }
    var digits = Substring(lower)
    if let sign = digits.first, sign == "-" || sign == "+" { digits.removeFirst() }
    guard let first = digits.utf8.first, isDigit(first) else { return nil }
    if digits.utf8.allSatisfy(isDigit) {
      if lower.hasPrefix("+") { return "the number \(digits)" }
      return digits.count > 1 && first == UInt8(ascii: "0") ? "an octal number" : nil
    }
    if digits.hasPrefix("0x"), digits.count > 2, digits.dropFirst(2).allSatisfy(\.isHexDigit) {
      return "a hexadecimal number"
    }
    if digits.hasPrefix("0o") || digits.hasPrefix("0b"), digits.count > 2,
      digits.dropFirst(2).utf8.allSatisfy(isDigit)
    {
      return "a number in another base"
    }
    if digits.utf8.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") }) {
      return "the number \(digits.filter { $0 != "_" })"
    }
    return isBaseSixty(digits) ? "a number in base 60" : nil
  }

  private static func isBaseSixty(_ text: Substring) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return false }
    return parts.dropFirst().allSatisfy { part in
      (1...2).contains(part.utf8.count) && part.utf8.allSatisfy(isDigit)
        && (part.utf8.count == 1 || (part.utf8.first ?? 0) <= UInt8(ascii: "5"))
    } && (parts.first?.utf8.allSatisfy(isDigit) ?? false)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}

/// Decimal numbers as JSON writes them.
package enum DecimalSyntax {
  /// Whether the text is `-?digits`, without a leading zero.
  package static func isInteger(_ text: String) -> Bool {
    var rest = Substring(text).utf8
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    return takeInteger(&rest) && rest.isEmpty
  }

  /// Whether the text is a number with an optional fraction and exponent.
  package static func isNumber(_ text: String) -> Bool {
    var rest = Substring(text).utf8
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    guard takeInteger(&rest) else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard takeDigits(&rest) > 0 else { return false }
    }
    if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
      rest.removeFirst()
      if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        rest.removeFirst()
      }
      guard takeDigits(&rest) > 0 else { return false }
    }
    return rest.isEmpty
  }

  private static func takeInteger(_ rest: inout Substring.UTF8View) -> Bool {
    let startsWithZero = rest.first == UInt8(ascii: "0")
    let count = takeDigits(&rest)
    return count == 1 || (count > 1 && !startsWithZero)
  }

  /// Drops leading digits and says how many there were.
  private static func takeDigits(_ rest: inout Substring.UTF8View) -> Int {
    var count = 0
    while let byte = rest.first, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      rest.removeFirst()
      count += 1
    }
    return count
  }
}
