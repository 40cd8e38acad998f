/// An IPv4 address as a number, for ranges and allocation.
package struct IPv4Address: Hashable, Comparable, Sendable, CustomStringConvertible {
  package var value: UInt32

  package init(_ value: UInt32) { self.value = value }

  /// Reads dotted decimal without leading zeros; `nil` for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var value: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.utf8.count),
        part.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        part == "0" || part.first != "0", let byte = UInt8(part)
      else { return nil }
      value = value << 8 | UInt32(byte)
    }
    self.value = value
  }

  /// Dotted decimal.
  package var description: String {
    [24, 16, 8, 0].map { String(value >> UInt32($0) & 255) }.joined(separator: ".")
  }

  package static func < (a: IPv4Address, b: IPv4Address) -> Bool { a.value < b.value }
}
