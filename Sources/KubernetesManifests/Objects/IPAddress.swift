/// An IPv4 or IPv6 address, read as strictly as the API server reads new objects.
package struct IPAddress: Hashable, Sendable {
  /// Four or sixteen bytes, the most significant first.
  package let bytes: [UInt8]

  package var isIPv4: Bool { bytes.count == 4 }

  /// Reads dotted decimal without leading zeros, or IPv6 with at most one `::`.
  package init?(_ text: String) {
    guard text.utf8.count <= 45, text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    let read = text.utf8.contains(UInt8(ascii: ":")) ? Self.six(text) : Self.four(text)
    guard let read else { return nil }
    bytes = read
  }

  /// Why the address cannot be that of an endpoint, or `nil` when it can.
  package var endpointProblem: String? {
    if bytes.allSatisfy({ $0 == 0 }) { return "may not be unspecified (0.0.0.0 or ::)" }
    if isIPv4 {
      if bytes[0] == 127 { return "may not be in the loopback range (127.0.0.0/8, ::1/128)" }
      if bytes[0] == 169, bytes[1] == 254 { return Self.linkLocal }
      if bytes[0] == 224, bytes[1] == 0, bytes[2] == 0 { return Self.linkLocalMulticast }
      return nil
    }
    if bytes.dropLast().allSatisfy({ $0 == 0 }), bytes[15] == 1 {
      return "may not be in the loopback range (127.0.0.0/8, ::1/128)"
    }
    if bytes[0] == 0xFE, bytes[1] & 0xC0 == 0x80 { return Self.linkLocal }
    return bytes[0] == 0xFF && bytes[1] & 0x0F == 2 ? Self.linkLocalMulticast : nil
  }

  private static let linkLocal = "may not be in the link-local range (169.254.0.0/16, fe80::/10)"
  private static let linkLocalMulticast =
    "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"

  private static func four(_ text: String) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy(isDigit),
        part.utf8.count == 1 || part.utf8.first != UInt8(ascii: "0"), let byte = UInt8(part)
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private static func six(_ text: String) -> [UInt8]? {
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return nil }
    guard let head = groups(halves[0], mayEndInFour: halves.count == 1) else { return nil }
    if halves.count == 1 { return head.count == 16 ? head : nil }
    guard let tail = groups(halves[1], mayEndInFour: true) else { return nil }
    let missing = 16 - head.count - tail.count
    return missing >= 2 ? head + Array(repeating: 0, count: missing) + tail : nil
  }

  /// The bytes of `a:b:c`; the last group may be an IPv4 address.
  private static func groups(_ text: Substring, mayEndInFour: Bool) -> [UInt8]? {
    if text.isEmpty { return [] }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 8 else { return nil }
    var bytes: [UInt8] = []
    for (index, part) in parts.enumerated() {
      if part.contains(".") {
        guard mayEndInFour, index == parts.count - 1, let four = four(String(part)) else {
          return nil
        }
        bytes += four
      } else {
        guard (1...4).contains(part.utf8.count), part.allSatisfy(\.isHexDigit),
          let group = UInt16(part, radix: 16)
        else { return nil }
        bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
      }
    }
    return bytes
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

/// A range of addresses such as `10.96.0.0/12`.
package struct AddressRange: Hashable, Sendable {
  /// All host bits are zero.
  package let base: IPAddress
  package let prefixLength: Int
  /// As it was written.
  package let text: String

  /// Reads `address/length`; bits beyond the length must be zero, as for new API objects.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let base = IPAddress(String(parts[0])),
      parts[1].utf8.count <= 3, DecimalSyntax.isInteger(String(parts[1])),
      let length = Int(parts[1]), (0...base.bytes.count * 8).contains(length)
    else { return nil }
    self.base = base
    prefixLength = length
    self.text = text
    if base.bytes.indices.contains(where: { base.bytes[$0] & ~mask($0) != 0 }) { return nil }
  }

  /// Whether the address is of the same family and within the range.
  package func contains(_ address: IPAddress) -> Bool {
    address.bytes.count == base.bytes.count
      && base.bytes.indices.allSatisfy { address.bytes[$0] & mask($0) == base.bytes[$0] }
  }

  /// Whether a Service may have the address: neither the first of the range nor, with IPv4, the
  /// last.
  package func mayAllocate(_ address: IPAddress) -> Bool {
    guard contains(address), address != base else { return false }
    return !address.isIPv4
      || address.bytes.indices.contains { address.bytes[$0] | mask($0) != 0xFF }
  }

  /// The network's part of one byte.
  private func mask(_ index: Int) -> UInt8 {
    let bits = min(max(prefixLength - 8 * index, 0), 8)
    return bits == 0 ? 0 : 0xFF << UInt8(8 - bits)
  }

  /// `base + offset`, or `nil` beyond 64 thousand addresses or the range.
  package func address(at offset: UInt16) -> IPAddress? {
    var bytes = base.bytes
    var carry = UInt32(offset)
    for index in bytes.indices.reversed() where carry > 0 {
      let sum = UInt32(bytes[index]) + carry
      bytes[index] = UInt8(sum & 0xFF)
      carry = sum >> 8
    }
    let address = IPAddress(bytes: bytes)
    return carry == 0 && contains(address) ? address : nil
  }
}

extension IPAddress {
  fileprivate init(bytes: [UInt8]) { self.bytes = bytes }
}
