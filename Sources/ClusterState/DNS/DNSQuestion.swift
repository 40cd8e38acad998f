/// A name and the type of record that is wanted.
package struct DNSQuestion: Hashable, Sendable {
  package var name: DomainName
  package var kind: DNSRecord.Kind

  package init(_ name: DomainName, _ kind: DNSRecord.Kind) {
    self.name = name
    self.kind = kind
  }
}
