extension ClusterDNS {
  /// The CNAME record of an ExternalName Service; `nil` for other backends.
  func alias(_ backend: Backend, of name: DomainName) -> DNSRecord? {
    guard case .name(let target) = backend.host else { return nil }
    return DNSRecord(name, .alias(target), ttl: ttl)
  }

  /// Addresses of one family, following aliases.
  ///
  /// An alias of itself, one met before and one too deep are left out, so that a loop ends as a
  /// name without data; so does an alias whose target in the cluster has no address.
  func addresses(
    _ question: DNSQuestion,
    _ backends: [Backend],
    after aliases: [DNSRecord]
  ) -> [DNSRecord] {
    var records: [DNSRecord] = []
    var seen: Set<String> = []
    for backend in backends {
      switch backend.host {
      case .address(let address):
        let record = DNSRecord(question.name, .address(address), ttl: ttl)
        if record.kind == question.kind, seen.insert(address).inserted { records.append(record) }
      case .name(let target):
        let alias = DNSRecord(question.name, .alias(target), ttl: ttl)
        if target == question.name || aliases.count > Self.aliasLimit || aliases.contains(alias) {
          continue
        }
        records += follow(alias, to: DNSQuestion(target, question.kind), after: aliases)
      }
    }
    return records
  }

  private func follow(
    _ alias: DNSRecord,
    to next: DNSQuestion,
    after aliases: [DNSRecord]
  ) -> [DNSRecord] {
    if next.name.labels(below: zone) == nil {
      // What is outside is looked up there; the alias stands even if nothing is found.
      let found = (outside[next.name] ?? []).map { DNSRecord(next.name, .address($0), ttl: ttl) }
      return [alias] + found.filter { $0.kind == next.kind }
    }
    guard case .success(let backends) = self.backends(of: next.name) else { return [] }
    let found = addresses(next, backends, after: aliases + [alias])
    return found.isEmpty ? [] : [alias] + found
  }
}
