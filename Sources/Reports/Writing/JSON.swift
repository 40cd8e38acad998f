/// A JSON document whose keys keep the order they were given in.
package indirect enum JSON: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// Printed with the significant digits of `NumberFormat`; NaN and infinities become null.
  case number(Double)
  case string(String)
  case array([JSON])
  case object([(key: String, value: JSON)])

  /// A string, or null when there is none.
  package static func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }

  /// The document, indented by two spaces, with a line feed at its end.
  package func bytes() -> [UInt8] {
    var text = ""
    write(to: &text, indent: 0)
    text += "\n"
    return Array(text.utf8)
  }

  private func write(to text: inout String, indent: Int) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += NumberFormat.significant(value) ?? "null"
    case .string(let value): Self.quote(value, to: &text)
    case .array(let values):
      Self.writeList(values, brackets: ("[", "]"), to: &text, indent: indent) { value, text in
        value.write(to: &text, indent: indent + 1)
      }
    case .object(let members):
      Self.writeList(members, brackets: ("{", "}"), to: &text, indent: indent) { member, text in
        Self.quote(member.key, to: &text)
        text += ": "
        member.value.write(to: &text, indent: indent + 1)
      }
    }
  }

  private static func writeList<Item>(
    _ items: [Item],
    brackets: (String, String),
    to text: inout String,
    indent: Int,
    item write: (Item, inout String) -> Void
  ) {
    text += brackets.0
    for (index, item) in items.enumerated() {
      text += index == 0 ? "\n" : ",\n"
      text += String(repeating: "  ", count: indent + 1)
      write(item, &text)
    }
    if !items.isEmpty { text += "\n" + String(repeating: "  ", count: indent) }
    text += brackets.1
  }

  /// Escapes what RFC 8259 demands, and DEL and the two line separators that trip JavaScript.
  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{00}"..<"\u{20}", "\u{7F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
