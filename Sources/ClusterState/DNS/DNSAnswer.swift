/// What a DNS server answers.
package struct DNSAnswer: Hashable, Sendable {
  /// The outcome, as people name it.
  package enum Status: String, Sendable {
    /// There are records.
    case found = "NOERROR"
    /// The name exists, but has no record of that type.
    case noData = "NODATA"
    /// There is no such name.
    case noName = "NXDOMAIN"
    /// The server cannot tell.
    case failed = "SERVFAIL"
  }
  package var status: Status
  package var records: [DNSRecord]
  /// Addresses of the targets of SRV records.
  package var additional: [DNSRecord] = []
  /// How long it may be kept, in seconds: the least of the records, or that of the SOA record.
  package var ttl: Int

  package init(
    _ status: Status,
    records: [DNSRecord] = [],
    additional: [DNSRecord] = [],
    ttl: Int
  ) {
    self.status = status
    self.records = records
    self.additional = additional
    self.ttl = records.map(\.ttl).min() ?? ttl
  }

  /// Addresses in the order of the records.
  package var addresses: [String] {
    records.compactMap { record in
      if case .address(let address) = record.content { address } else { nil }
    }
  }

  /// The names that aliases lead to, in order.
  package var aliases: [DomainName] {
    records.compactMap { record in
      if case .alias(let name) = record.content { name } else { nil }
    }
  }
}
