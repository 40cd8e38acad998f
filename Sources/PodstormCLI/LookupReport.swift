import ClusterState

/// What nslookup would print, with every spelling that was tried on the way.
struct LookupReport {
  private let tracer: ConnectionTracer
  private let client: TraceClient
  private(set) var text: String
  private var dns: ClusterDNS { tracer.snapshot.dns }

  init(_ snapshot: ClusterSnapshot, server: String, client: TraceClient) {
    tracer = ConnectionTracer(snapshot)
    self.client = client
    if tracer.resolver(of: client).asksCluster {
      text = "Server:   \(server)\nAddress:  \(server)#53\n\n"
    } else {
      text = "Server:   that of the node, which knows no Services\n\n"
    }
  }

  /// Resolves a name; whether it has an address or leads out of the cluster.
  mutating func forward(_ name: String) -> Bool {
    let result = tracer.resolve(name, for: client)
    var leadsOut = false
    for lookup in result.lookups { leadsOut = add(lookup) || leadsOut }
    let spellings = tracer.resolver(of: client).candidates(for: name).count
    text += "\n\(result.lookups.count) of \(spellings) "
    text += spellings == 1 ? "spelling" : "spellings"
    text += " asked, \(result.queryCount) queries\n"
    return result.status == .found || leadsOut
  }

  /// Resolves an address to names.
  mutating func reverse(_ address: IPv4Address) -> Bool {
    let name = DomainName.reverse(address)
    let answer = dns.answer(DNSQuestion(name, .ptr))
    for record in answer.records { text += "\(name)\tname = \(record.value)\n" }
    if answer.records.isEmpty {
      text += "** server can't find \(name): \(answer.status.rawValue)\n"
    }
    return answer.status == .found
  }

  /// Writes one spelling's answers; whether an alias leads out of the cluster.
  private mutating func add(_ lookup: StubResolver.Lookup) -> Bool {
    let records = lookup.a.records + (lookup.aaaa?.records ?? [])
    var aliases: [DomainName] = []
    var hasAddress = false
    for record in records {
      switch record.content {
      case .alias(let target):
        if aliases.contains(target) { continue }
        aliases.append(target)
        text += "\(record.name)\tcanonical name = \(target).\n"
      case .address(let address):
        hasAddress = true
        text += "Name:     \(record.name)\nAddress:  \(address)\n"
      case .server, .pointer: break
      }
    }
    if hasAddress { return false }
    if let end = aliases.last, end.labels(below: dns.zone) == nil {
      text += "** \(end) lies outside the cluster\n"
      return true
    }
    text += "** server can't find \(lookup.name): \(status(of: lookup).rawValue)\n"
    return false
  }

  private func status(of lookup: StubResolver.Lookup) -> DNSAnswer.Status {
    let statuses = [lookup.a.status, lookup.aaaa?.status ?? .noName]
    if statuses.contains(.failed) { return .failed }
    return statuses.allSatisfy { $0 == .noName } ? .noName : .noData
  }
}
