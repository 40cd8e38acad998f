/// A resource record.
package struct DNSRecord: Hashable, Sendable {
  /// The types that clients of a cluster ask for.
  package enum Kind: String, CaseIterable, Sendable {
    case a = "A"
    case aaaa = "AAAA"
    case cname = "CNAME"
    case srv = "SRV"
    case ptr = "PTR"
    case soa = "SOA"
  }
  /// What a record says.
  package enum Content: Hashable, Sendable {
    case address(String)
    case alias(DomainName)
    case server(DomainName, port: Int, weight: Int)
    case pointer(DomainName)
  }
  package var name: DomainName
  package var content: Content
  /// In seconds.
  package var ttl: Int

  package init(_ name: DomainName, _ content: Content, ttl: Int) {
    self.name = name
    self.content = content
    self.ttl = ttl
  }

  /// Its type; an address with a colon is one of IPv6.
  package var kind: Kind {
    switch content {
    case .address(let address): address.contains(":") ? .aaaa : .a
    case .alias: .cname
    case .server: .srv
    case .pointer: .ptr
    }
  }

  /// What stands behind the type in the output of `dig`.
  package var value: String {
    switch content {
    case .address(let address): address
    case .alias(let name), .pointer(let name): "\(name)."
    case .server(let name, let port, let weight): "0 \(weight) \(port) \(name)."
    }
  }
}
