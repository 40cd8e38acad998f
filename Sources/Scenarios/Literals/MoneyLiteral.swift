/// An amount of money: `4.60 USD`.
package struct MoneyLiteral: Hashable, Sendable {
  /// Millionths of the currency unit.
  package var micros: Int64
  /// ISO 4217 code.
  package var currency: String

  /// The largest amount one request may be worth, so that a day's sum fits in 64 bits.
  private static let largestUnits: Int64 = 1_000_000

  /// Reads an amount and a currency; `nil` when the text is not both, or is out of range.
  ///
  /// The amount is read digit by digit: 4.60 must not become 4.5999….
  package static func parse(_ text: String) -> MoneyLiteral? {
    let words = text.split(separator: " ")
    guard words.count == 2, words[1].count == 3,
      words[1].allSatisfy({ ("A"..."Z").contains($0) })
    else { return nil }
    let parts = words[0].split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }),
      let units = Int64(parts[0]), units < largestUnits
    else { return nil }
    let fraction = parts.count == 2 ? parts[1] : ""
    guard fraction.count <= 6 else { return nil }
    let padded = fraction + String(repeating: "0", count: 6 - fraction.count)
    guard let micros = Int64(padded) else { return nil }
    return MoneyLiteral(micros: units * 1_000_000 + micros, currency: String(words[1]))
  }

  /// The amount as it is read, with at least two decimals.
  package var text: String {
    var decimals = String(micros % 1_000_000)
    decimals = String(repeating: "0", count: 6 - decimals.count) + decimals
    while decimals.count > 2, decimals.hasSuffix("0") { decimals.removeLast() }
    return "\(micros / 1_000_000).\(decimals) \(currency)"
  }
}
