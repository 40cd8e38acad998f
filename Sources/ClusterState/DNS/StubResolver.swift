/// The resolver in a client's container: search list, ndots, A and AAAA.
///
/// Follows glibc's `res_search`; the kubelet writes the search list (`pkg/kubelet/network/dns`).
package struct StubResolver: Hashable, Sendable {
  /// One round: a spelling of the name, asked for both families at once.
  package struct Lookup: Hashable, Sendable {
    package var name: DomainName
    package var a: DNSAnswer
    /// `nil` when only IPv4 is asked for.
    package var aaaa: DNSAnswer?
  }
  /// What came of a name.
  package struct Result: Hashable, Sendable {
    package var lookups: [Lookup]
    /// Of the last lookup when there is one: the reason for having no address.
    package var status: DNSAnswer.Status

    /// The addresses found, IPv4 first.
    package var addresses: [String] {
      guard status == .found, let last = lookups.last else { return [] }
      return last.a.addresses + (last.aaaa?.addresses ?? [])
    }

    /// The answer that gave the addresses.
    package var answer: DNSAnswer? { status == .found ? lookups.last?.a : nil }

    /// Messages sent: A and AAAA count apart.
    package var queryCount: Int {
      lookups.reduce(0) { $0 + ($1.aaaa == nil ? 1 : 2) }
    }
  }
  package var search: [DomainName]
  /// Names with fewer dots are tried with the search list first.
  package var ndots = 5
  package var asksIPv6 = true
  /// Whether the cluster's DNS is asked; that of the node knows no Services.
  package var asksCluster = true
  /// musl ends the search at a name without data; glibc goes on.
  package var stopsAtNoData = false

  /// The resolver that the kubelet sets up in a namespace, with what the node's own adds.
  package init(
    namespace: String,
    zone: DomainName = .clusterZone,
    nodeSearch: [DomainName] = []
  ) {
    search =
      [
        zone.prefixed(by: [namespace, "svc"]), zone.prefixed(by: ["svc"]), zone,
      ] + nodeSearch
  }

  /// A resolver with a search list of its own.
  package init(search: [DomainName], ndots: Int) {
    self.search = search
    self.ndots = ndots
  }

  /// That of a node or of any other machine: no search list, and the cluster's names are unknown.
  package static var ofNode: StubResolver {
    var resolver = StubResolver(search: [], ndots: 1)
    resolver.asksCluster = false
    return resolver
  }

  /// The spellings that are tried in turn; empty when the name is malformed.
  package func candidates(for text: String) -> [DomainName] {
    guard let name = DomainName(text) else { return [] }
    if text.hasSuffix(".") { return [name] }
    let expanded = search.compactMap { DomainName("\(name).\($0)") }
    let dots = name.labels.count - 1
    return dots >= ndots ? [name] + expanded : expanded + [name]
  }

  /// Asks for one spelling after the other until one has an address.
  ///
  /// A refusal by one spelling is not the end: a failure is remembered and reported if nothing
  /// else is found. An alias whose address is not known here ends the search: others know it.
  package func resolve(
    _ text: String,
    asking answer: (DNSQuestion) -> DNSAnswer
  ) -> Result {
    var result = Result(lookups: [], status: .noName)
    for name in candidates(for: text) {
      let a = answer(DNSQuestion(name, .a))
      let aaaa = asksIPv6 ? answer(DNSQuestion(name, .aaaa)) : nil
      result.lookups.append(Lookup(name: name, a: a, aaaa: aaaa))
      let statuses = [a.status] + (aaaa.map { [$0.status] } ?? [])
      if statuses.contains(.found) {
        result.status = .found
        return result
      }
      if statuses.contains(.failed) {
        result.status = .failed
      } else if statuses.contains(.noData) {
        if result.status != .failed { result.status = .noData }
        if stopsAtNoData { return result }
      }
    }
    return result
  }
}
