/// Text of the user's as it may stand in a message.
package enum PrintableText {
  /// Characters that a message may quote of one thing; the rest is cut off.
  package static let limit = 500

  /// The text without anything that moves a terminal's cursor or turns the direction of writing,
  /// cut where it gets too long.
  package static func of(_ text: String) -> String {
    if text.utf8.count <= limit, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
      return text
    }
    var result = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      if count == limit { return String(result) + "…" }
      result.append(isPrintable(scalar) ? scalar : " ")
      count += 1
    }
    return String(result)
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
    default: true
    }
  }
}
