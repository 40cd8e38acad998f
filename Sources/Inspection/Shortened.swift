/// Lists as kubectl shortens them: the first three, and how many more there are.
enum Shortened {
  /// The items with commas, or a word for none.
  static func text(_ items: [String], none: String) -> String {
    if items.isEmpty { return none }
    let shown = items.prefix(3).joined(separator: ",")
    return items.count > 3 ? "\(shown) + \(items.count - 3) more..." : shown
  }
}
