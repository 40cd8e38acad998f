/// Text as a terminal shows it.
enum Display {
  /// How many cells of a terminal the text takes.
  static func width(_ text: String) -> Int { text.reduce(0) { $0 + width($1) } }

  /// At most so many cells of the text; an ellipsis stands for what is cut off.
  static func truncate(_ text: String, to limit: Int) -> String {
    guard width(text) > limit else { return text }
    guard limit > 0 else { return "" }
    var kept = ""
    var used = 0
    for character in text {
      let next = width(character)
      if used + next > limit - 1 { break }
      kept.append(character)
      used += next
    }
    return kept + "…"
  }

  /// The text with spaces up to a width; what is wider stays as it is.
  static func pad(_ text: String, to target: Int, alignsRight: Bool = false) -> String {
    let space = String(repeating: " ", count: max(target - width(text), 0))
    return alignsRight ? space + text : text + space
  }

  /// A name from a file, made safe: control and format characters, which could move the cursor
  /// or turn the direction of writing, become question marks.
  static func clean(_ text: String) -> String {
    var cleaned = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
        .unassigned:
        cleaned.append("?")
      default: cleaned.unicodeScalars.append(scalar)
      }
    }
    return cleaned
  }

  /// The sum over scalars: terminals that do not join an emoji show its parts side by side.
  private static func width(_ character: Character) -> Int {
    character.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    switch scalar.value {
    // East Asian wide blocks and emoji; what is doubtful counts as wide, so that lines fit.
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1B000...0x1B2FF,
      0x1F000...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }
}

/// Colours of a terminal, or none.
struct Style {
  var isColored: Bool

  func bold(_ text: String) -> String { paint(text, "1") }
  func dim(_ text: String) -> String { paint(text, "2") }
  func red(_ text: String) -> String { paint(text, "31") }
  func green(_ text: String) -> String { paint(text, "32") }
  func yellow(_ text: String) -> String { paint(text, "33") }

  private func paint(_ text: String, _ code: String) -> String {
    isColored && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
