/// A range of addresses such as `10.96.0.0/12`.
package struct IPv4Range: Hashable, Sendable, CustomStringConvertible {
  package let base: IPv4Address
  package let prefixLength: Int

  /// A range of 4 to 16,777,216 addresses; `nil` for other lengths and for bits behind the prefix.
  package init?(_ base: IPv4Address, prefixLength: Int) {
    guard (8...30).contains(prefixLength) else { return nil }
    guard base.value & ~(UInt32.max << UInt32(32 - prefixLength)) == 0 else { return nil }
    self.base = base
    self.prefixLength = prefixLength
  }

  /// Reads `address/length`.
  package init?(_ text: String) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, let base = IPv4Address(String(halves[0])),
      let length = Int(halves[1]), halves[1] == String(length)
    else { return nil }
    self.init(base, prefixLength: length)
  }

  private init(known value: UInt32, prefixLength: Int) {
    base = IPv4Address(value)
    self.prefixLength = prefixLength
  }

  /// What kubeadm gives to Services: `10.96.0.0/12`.
  package static let services = IPv4Range(known: 10 << 24 | 96 << 16, prefixLength: 12)

  /// All addresses, network and broadcast address included.
  package var size: Int { 1 << (32 - prefixLength) }

  /// Addresses that can be handed out: all but the first and the last.
  package var usableCount: Int { size - 2 }

  /// An address that can be handed out, counted from 0.
  package func usable(_ index: Int) -> IPv4Address {
    IPv4Address(base.value &+ 1 &+ UInt32(truncatingIfNeeded: index))
  }

  /// The count of a usable address, `nil` for one outside.
  package func index(of address: IPv4Address) -> Int? {
    let index = Int(address.value) - Int(base.value) - 1
    return (0..<usableCount).contains(index) ? index : nil
  }

  /// Whether the address lies in the range, first and last included.
  package func contains(_ address: IPv4Address) -> Bool {
    (0..<size).contains(Int(address.value) - Int(base.value))
  }

  /// As it is read.
  package var description: String { "\(base)/\(prefixLength)" }
}
