/// Where a client wants to go: `http://backend.shop:8080/orders`, or just `backend`.
package struct TargetURL: Hashable, Sendable {
  package var scheme: String?
  /// A name or an address, as written.
  package var host: String
  /// As written, else by scheme; `nil` when neither says.
  package var port: Int?
  /// From the first slash on; `/` when there is none.
  package var path: String

  /// Ports that schemes stand for.
  private static let schemes: [(name: String, port: Int)] = [
    ("http", 80), ("https", 443), ("ws", 80), ("wss", 443), ("grpc", 80), ("tcp", 80),
    ("postgres", 5432), ("postgresql", 5432), ("mysql", 3306), ("redis", 6379), ("amqp", 5672),
    ("mongodb", 27_017),
  ]

  /// Reads a URL, `host:port` or a name; `nil` when the host is empty or the port is none.
  package init?(_ text: String) {
    var rest = Substring(text)
    if let end = text.firstRange(of: "://") {
      scheme = text[..<end.lowerBound].lowercased()
      rest = text[end.upperBound...]
    }
    var authority = rest.prefix { !"/?#".contains($0) }
    let tail = rest.dropFirst(authority.count).prefix { !"?#".contains($0) }
    path = tail.isEmpty ? "/" : String(tail)
    if let at = authority.lastIndex(of: "@") {
      authority = authority[authority.index(after: at)...]
    }
    let halves = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard let first = halves.first, !first.isEmpty, halves.count <= 2,
      first.utf8.allSatisfy(Self.isHostByte)
    else { return nil }
    host = first.lowercased()
    if halves.count == 2 {
      guard let number = Int(halves[1]), String(number) == halves[1],
        (1...65_535).contains(number)
      else { return nil }
      port = number
    } else if let scheme {
      port = Self.schemes.first { $0.name == scheme }?.port
    }
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-._".utf8.contains(byte)
  }
}
