/// An IPv4 range: `10.244.0.0/16`.
package struct CIDRLiteral: Hashable, Sendable {
  /// The first address as a 32-bit number.
  package var base: UInt32
  /// Leading bits that all addresses share.
  package var prefixLength: Int

  /// Reads a range; `nil` when malformed or when the address has bits behind the prefix.
  package static func parse(_ text: String) -> CIDRLiteral? {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, let prefix = decimal(halves[1]), (8...30).contains(prefix) else {
      return nil
    }
    let bytes = halves[0].split(separator: ".", omittingEmptySubsequences: false)
      .compactMap(decimal)
    guard bytes.count == 4, bytes.allSatisfy({ $0 <= 255 }) else { return nil }
    guard halves[0].filter({ $0 == "." }).count == 3 else { return nil }
    let base = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard base & ~(UInt32.max << UInt32(32 - prefix)) == 0 else { return nil }
    return CIDRLiteral(base: base, prefixLength: prefix)
  }

  /// Up to three digits without sign or leading zero.
  private static func decimal(_ text: Substring) -> Int? {
    guard (1...3).contains(text.count), text.allSatisfy(\.isASCIIDigit),
      text == "0" || text.first != "0"
    else { return nil }
    return Int(text)
  }

  /// The range as it is read.
  package var text: String {
    let bytes = [24, 16, 8, 0].map { String(base >> UInt32($0) & 255) }
    return bytes.joined(separator: ".") + "/\(prefixLength)"
  }
}
