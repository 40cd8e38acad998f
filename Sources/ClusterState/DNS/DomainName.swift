/// A fully qualified domain name in lower case, without the dot at its end.
package struct DomainName: Hashable, Comparable, Sendable, CustomStringConvertible {
  package var labels: [String]

  package init(labels: [String]) { self.labels = labels }

  /// Reads a name, with or without the dot at its end; `nil` for an empty label, one of more than
  /// 63 bytes, or more than 255 bytes in all.
  package init?(_ text: String) {
    let bare = text.hasSuffix(".") ? text.dropLast() : Substring(text)
    let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
    labels = parts.map { $0.lowercased() }
    guard !bare.isEmpty, parts.allSatisfy({ (1...63).contains($0.utf8.count) }),
      wireLength <= 255
    else { return nil }
  }

  /// Bytes on the wire without compression: a length before each label, and the root's zero.
  package var wireLength: Int { labels.reduce(1) { $0 + 1 + $1.utf8.count } }

  /// The labels before a zone; `nil` for a name outside it.
  package func labels(below zone: DomainName) -> [String]? {
    guard labels.count >= zone.labels.count,
      labels.suffix(zone.labels.count).elementsEqual(zone.labels)
    else { return nil }
    return Array(labels.dropLast(zone.labels.count))
  }

  /// The name with labels in front.
  package func prefixed(by front: [String]) -> DomainName {
    DomainName(labels: front + labels)
  }

  /// Without a dot at the end.
  package var description: String { labels.joined(separator: ".") }

  package static func < (a: DomainName, b: DomainName) -> Bool { a.description < b.description }

  /// `cluster.local`, the zone of nearly every cluster.
  package static let clusterZone = DomainName(labels: ["cluster", "local"])

  /// The name under which the owner of an address is asked for.
  package static func reverse(_ address: IPv4Address) -> DomainName {
    let bytes = address.description.split(separator: ".").map(String.init)
    return DomainName(labels: bytes.reversed() + ["in-addr", "arpa"])
  }
}
