extension ClusterDNS {
  /// The names of an address: of the Service that owns it, else of ready endpoints.
  func reverse(_ question: DNSQuestion) -> DNSAnswer {
    let bytes = question.name.labels.dropLast(2).reversed().joined(separator: ".")
    guard let address = IPv4Address(bytes)?.description else { return DNSAnswer(.noName, ttl: ttl) }
    var names: [DomainName] = []
    if let key = serviceNames[address] {
      names = [zone.prefixed(by: [key.name, key.namespace, "svc"])]
    } else {
      for key in slices.keys.sorted() where services[key] != nil {
        let below = zone.prefixed(by: [key.name, key.namespace, "svc"])
        names += readyEndpoints(of: key).filter { $0.0.address == address }
          .map { below.prefixed(by: [Self.hostname(of: $0.0)]) }
      }
    }
    var seen: Set<DomainName> = []
    names = names.filter { seen.insert($0).inserted }
    if names.isEmpty { return DNSAnswer(isSynced ? .noName : .failed, ttl: ttl) }
    guard question.kind == .ptr else { return DNSAnswer(.noData, ttl: ttl) }
    let records = names.map { DNSRecord(question.name, .pointer($0), ttl: ttl) }
    return DNSAnswer(.found, records: records, ttl: ttl)
  }
}
