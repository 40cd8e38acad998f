/// Prints a tree as block YAML that reads back as the same tree.
package enum YAMLEmitter {
  /// The text, ending in a newline; keys keep their order, quotes appear only where needed.
  package static func text(_ value: YAMLValue) -> String {
    var output = ""
    write(value, indent: 0, into: &output, isInline: false)
    return output
  }

  /// Writes a node whose line is already begun when `isInline` is set (after `- `).
  private static func write(
    _ value: YAMLValue,
    indent: Int,
    into output: inout String,
    isInline: Bool
  ) {
    switch value.content {
    case .scalar(let scalar):
      output += scalarText(scalar) + "\n"
    case .sequence(let elements):
      if elements.isEmpty { return output += "[]\n" }
      for (index, element) in elements.enumerated() {
        if index > 0 || !isInline { output += spaces(indent) }
        output += "- "
        write(element, indent: indent + 2, into: &output, isInline: true)
      }
    case .mapping(let pairs):
      if pairs.isEmpty { return output += "{}\n" }
      for (index, pair) in pairs.enumerated() {
        if index > 0 || !isInline { output += spaces(indent) }
        output += keyText(pair.key) + ":"
        let isLeaf = pair.value.scalar != nil || pair.value.isEmptyCollection
        output += isLeaf ? " " : "\n"
        write(pair.value, indent: indent + 2, into: &output, isInline: isLeaf)
      }
    }
  }

  private static func keyText(_ key: String) -> String {
    // A key that looks like a number or boolean is text all the same; `<<` would merge.
    key == "<<" || key.isEmpty || !isPlainSafe(key) ? quoted(key) : key
  }

  private static func scalarText(_ scalar: YAMLScalar) -> String {
    if scalar.isNull { return "null" }
    let asPlain = YAMLScalar(text: scalar.text, style: .plain)
    let keepsType = scalar.style == .plain || asPlain.resolved == .text
    return keepsType && isPlainSafe(scalar.text) ? scalar.text : quoted(scalar.text)
  }

  /// Whether a plain scalar with this text reads back as this text in block context.
  private static func isPlainSafe(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else {
      return false
    }
    if first == " " || last == " " || last == ":" { return false }
    if "!&*#|>@`%\"'{}[],?".unicodeScalars.contains(first) { return false }
    if first == "-" || first == ":" {
      let second = text.unicodeScalars.dropFirst().first
      if second == nil || second == " " { return false }
    }
    if text.hasPrefix("---") || text.hasPrefix("...") { return false }
    if text.contains(": ") || text.contains(" #") { return false }
    return text.unicodeScalars.allSatisfy(isPrintable)
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        if isPrintable(scalar) {
          result.unicodeScalars.append(scalar)
        } else {
          result += escape(scalar.value)
        }
      }
    }
    return result + "\""
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
    default: false
    }
  }

  private static func escape(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    let width = value > 0xFFFF ? 8 : value > 0xFF ? 4 : 2
    let letter = value > 0xFFFF ? "U" : value > 0xFF ? "u" : "x"
    return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}

extension YAMLValue {
  fileprivate var isEmptyCollection: Bool {
    elements?.isEmpty ?? false || pairs?.isEmpty ?? false
  }
}
