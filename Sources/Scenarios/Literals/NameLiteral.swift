/// Names that a scenario gives: of itself, its variants, user groups, calls and nodes.
///
/// They become names of folders and cells of tables, and a colon would end them in a threshold.
package enum NameLiteral {
  /// Whether the text starts with a letter or digit and holds only those, `-`, `_` and `.`.
  package static func isName(_ text: String) -> Bool {
    guard let first = text.first, isAlphanumeric(first), text.utf8.count <= 63 else { return false }
    return text.allSatisfy { isAlphanumeric($0) || "-_.".contains($0) }
  }

  /// What a name may hold, for messages.
  package static let inWords = "up to 63 letters, digits, '-', '_' and '.'"

  private static func isAlphanumeric(_ character: Character) -> Bool {
    ("a"..."z").contains(character) || ("A"..."Z").contains(character) || character.isASCIIDigit
  }
}
