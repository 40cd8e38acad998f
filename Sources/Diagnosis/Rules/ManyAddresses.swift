import ClusterState
import KubernetesManifests

/// A headless Service whose answer does not fit.
package enum ManyAddresses: Rule {
  package static let code = "PS1411"
  package static let severity = Finding.Severity.note
  package static let title = "the DNS answer of a headless Service does not fit into 512 bytes"
  package static let cause = """
    A headless Service can have more ready pods than A records (16 bytes each) fit into a UDP \
    answer of 512 bytes; beyond 1232 bytes also clients with EDNS are concerned. There is no \
    limit of 100 records.
    """
  package static let effect = """
    The answer is cut off and marked, and the client asks again over TCP: every lookup takes one \
    more round trip, and resolvers without TCP (old musl) see only a part of the pods.
    """
  package static let fix = """
    Use an ordinary Service unless clients need every pod's address.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.services.filter(\.isHeadless).compactMap { service in
      let workloads = inventory.workloads(behind: service)
      let sizes = workloads.compactMap { inventory.largestSize(of: $0) }
      let total = sizes.reduce(0) { Seconds.sum($0, $1) }
      let name = "\(service.object.name).\(service.object.namespace).svc.cluster.local"
      let room = Self.records(name, bytes: DNSMessage.Limit.plainUDP)
      guard total > room,
        let pair = service.spec.pair("clusterIP") ?? service.spec.pair("clusterIPs")
      else { return nil }
      return finding(
        service.object,
        at: pair.value.span,
        "up to \(total) pods, and \(room) addresses of \(name) fit into 512 bytes",
        fix: "let clients use TCP or EDNS, or an ordinary Service"
      )
    }
  }

  /// How many A records of a name fit.
  private static func records(_ name: String, bytes: Int) -> Int {
    guard let name = DomainName(name) else { return 0 }
    let record = DNSRecord(name, .address("10.244.0.1"), ttl: 30)
    let many = Array(repeating: record, count: bytes / 16)
    return DNSMessage(DNSQuestion(name, .a), DNSAnswer(.found, records: many, ttl: 30))
      .recordsThatFit(in: bytes)
  }
}
