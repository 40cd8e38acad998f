/// The size of a response on the wire, and what is left of it in a smaller one.
///
/// Counts as RFC 1035 writes: 12 bytes of header, the question, and for each record 10 bytes
/// between name and data. A name that was written before costs two bytes. The target of an SRV
/// record is never shortened (RFC 2782).
package struct DNSMessage: Hashable, Sendable {
  package var question: DNSQuestion
  package var answer: DNSAnswer
  /// Whether the client announced how much it takes (EDNS), which costs 11 bytes.
  package var hasEDNS: Bool

  package init(_ question: DNSQuestion, _ answer: DNSAnswer, hasEDNS: Bool = false) {
    self.question = question
    self.answer = answer
    self.hasEDNS = hasEDNS
  }

  /// How much fits: what clients announce, and the limit of TCP.
  package enum Limit {
    /// UDP without EDNS, as glibc asks by default.
    package static let plainUDP = 512
    /// What Go announces.
    package static let go = 1_232
    /// What many servers and older clients announce.
    package static let largeUDP = 4_096
    /// The length field of TCP has 16 bits.
    package static let tcp = 65_535
  }

  /// Bytes of the whole message.
  package var size: Int { sizes(upTo: .max).total }

  /// Whether it is cut, with the TC bit set, in a message of that many bytes.
  package func isTruncated(at limit: Int) -> Bool { size > limit }

  /// How many of the answer's records fit.
  package func recordsThatFit(in limit: Int) -> Int { sizes(upTo: limit).records }

  private func sizes(upTo limit: Int) -> (records: Int, total: Int) {
    var writer = NameWriter(position: 12)
    writer.write(question.name)
    writer.position += 4 + (hasEDNS ? 11 : 0)
    var records = 0
    for record in answer.records {
      writer.write(record)
      if writer.position > limit { return (records, writer.position) }
      records += 1
    }
    for record in answer.additional {
      writer.write(record)
      if writer.position > limit { break }
    }
    return (records, writer.position)
  }
}

/// Counts the bytes of names and records, remembering names for compression.
private struct NameWriter {
  var position: Int
  /// Endings of names that a pointer can reach.
  private var known: Set<[String]> = []

  init(position: Int) { self.position = position }

  mutating func write(_ record: DNSRecord) {
    write(record.name)
    position += 10
    switch record.content {
    case .address(let address): position += address.contains(":") ? 16 : 4
    case .alias(let name), .pointer(let name): write(name)
    case .server(let name, _, _): position += 6 + name.wireLength
    }
  }

  /// Labels up to an ending that was written before, then a pointer of two bytes or the root.
  mutating func write(_ name: DomainName) {
    for index in name.labels.indices {
      let rest = Array(name.labels[index...])
      if known.contains(rest) {
        position += 2
        return
      }
      // Pointers have 14 bits.
      if position < 0x4000 { known.insert(rest) }
      position += 1 + name.labels[index].utf8.count
    }
    position += 1
  }
}
