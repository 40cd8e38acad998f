import ClusterState
import KubernetesManifests
import Testing

@Suite struct ClusterDNSTests {
  typealias Row = (name: String, kind: DNSRecord.Kind, status: DNSAnswer.Status, values: [String])

  static let rows: [Row] = [
    ("backend.shop.svc", .a, .found, ["10.96.45.23"]),
    ("backend.shop.svc", .aaaa, .noData, []),
    ("empty.shop.svc", .a, .found, ["10.96.45.24"]),
    ("backend.data.svc", .a, .noName, []),
    ("backend.shop", .a, .noName, []),
    ("shop.svc", .a, .noData, []),
    ("nosuch.svc", .a, .noName, []),
    ("10-244-7-7.nosuch.pod", .a, .noName, []),
    ("svc", .a, .noData, []),
    ("a.b.c.d.shop.svc", .a, .noName, []),
    ("db-svc.data.svc", .a, .found, ["10.244.1.1", "10.244.1.2"]),
    ("db-svc.data.svc", .aaaa, .noData, []),
    ("down.data.svc", .a, .noName, []),
    ("db-0.db-svc.data.svc", .a, .found, ["10.244.1.1"]),
    ("db-2.db-svc.data.svc", .a, .noName, []),
    ("db-0.postgres.data.svc", .a, .noName, []),
    ("10-244-0-1.backend.shop.svc", .a, .found, ["10.244.0.1"]),
    ("_http._tcp.web.shop.svc", .srv, .found, ["0 100 80 web.shop.svc.cluster.local."]),
    ("_dns._udp.web.shop.svc", .srv, .found, ["0 100 53 web.shop.svc.cluster.local."]),
    ("_dns._tcp.web.shop.svc", .srv, .noName, []),
    ("_http._tcp.backend.shop.svc", .srv, .noName, []),
    (
      "_pg._tcp.db-svc.data.svc", .srv, .found,
      [
        "0 50 5432 db-0.db-svc.data.svc.cluster.local.",
        "0 50 5432 db-1.db-svc.data.svc.cluster.local.",
      ]
    ),
    ("cloud-db.shop.svc", .a, .found, ["db.example.com.", "198.51.100.7"]),
    ("cloud-db.shop.svc", .cname, .found, ["db.example.com."]),
    ("cloud-db.shop.svc", .srv, .noData, []),
    ("x.cloud-db.shop.svc", .a, .noName, []),
    ("alias.shop.svc", .a, .found, ["backend.shop.svc.cluster.local.", "10.96.45.23"]),
    ("itself.shop.svc", .a, .noData, []),
    ("ping.shop.svc", .a, .noData, []),
    ("nowhere.shop.svc", .a, .noData, []),
    ("dotted.shop.svc", .a, .noName, []),
    ("10-244-7-7.shop.pod", .a, .found, ["10.244.7.7"]),
    ("backend.shop.pod", .a, .noName, []),
  ]

  @Test(arguments: rows.indices)
  func answerFollowsTheSpecification(row index: Int) {
    let row = Self.rows[index]
    let answer = DNSSamples.ask(row.name, row.kind)
    #expect(answer.status == row.status, "\(row.name) \(row.kind)")
    #expect(answer.records.map(\.value) == row.values, "\(row.name) \(row.kind)")
    #expect(answer.ttl == 30)
  }

  @Test(arguments: [
    ("10.96.45.23", ["backend.shop.svc.cluster.local."]),
    ("10.244.1.1", ["db-0.db-svc.data.svc.cluster.local."]),
    ("10.244.0.1", ["10-244-0-1.backend.shop.svc.cluster.local."]), ("10.244.1.3", []),
    ("10.96.99.99", []),
  ])
  func addressHasTheNameOfItsOwner(address: String, names: [String]) throws {
    let name = DomainName.reverse(try #require(IPv4Address(address)))
    let answer = DNSSamples.dns.answer(DNSQuestion(name, .ptr))
    #expect(answer.records.map(\.value) == names)
    #expect(answer.status == (names.isEmpty ? .noName : .found))
  }

  @Test func publishedNotReadyEndpointsAreAnswered() {
    var service = DNSSamples.services[3]
    service.publishNotReadyAddresses = true
    let dns = ClusterDNS(
      services: [service],
      slices: Samples.slices(of: service, DNSSamples.pods)
    )
    #expect(DNSSamples.ask("db-svc.data.svc", .a, dns).addresses.count == 3)
  }

  @Test func terminatingPodLeavesTheAnswerAtOnce() {
    var pods = DNSSamples.pods
    pods[0].isTerminating = true
    let service = DNSSamples.services[3]
    let dns = ClusterDNS(services: [service], slices: Samples.slices(of: service, pods))
    #expect(DNSSamples.ask("db-svc.data.svc", .a, dns).addresses == ["10.244.1.2"])
    #expect(DNSSamples.ask("db-0.db-svc.data.svc", .a, dns).status == .noName)
  }

  @Test func podRecordsCanBeDisabledOrVerified() {
    var dns = DNSSamples.dns
    dns.podRecords = .disabled
    #expect(DNSSamples.ask("10-244-0-1.shop.pod", .a, dns).status == .noName)
    dns.podRecords = .verified
    #expect(DNSSamples.ask("10-244-0-1.shop.pod", .a, dns).status == .found)
    #expect(DNSSamples.ask("10-244-0-1.data.pod", .a, dns).status == .noName)
  }

  @Test func emptyServicesCanBeIgnored() {
    var dns = DNSSamples.dns
    dns.ignoresEmptyServices = true
    #expect(DNSSamples.ask("empty.shop.svc", .a, dns).status == .noName)
    #expect(DNSSamples.ask("backend.shop.svc", .a, dns).status == .found)
  }

  @Test func unknownNamesFailUntilTheWatchHasCaughtUp() {
    var dns = DNSSamples.dns
    dns.isSynced = false
    #expect(DNSSamples.ask("late.shop.svc", .a, dns).status == .failed)
    #expect(DNSSamples.ask("backend.shop.svc", .a, dns).status == .found)
    dns.ttl = 5
    #expect(DNSSamples.ask("backend.shop.svc", .a, dns).ttl == 5)
  }

  /// A chain of aliases that ends at an address: one with ten before it is followed, the next not.
  @Test(arguments: [(1, true), (10, true), (11, true), (12, false), (40, false)])
  func chainsOfAliasesAreBounded(length: Int, isAnswered: Bool) {
    let chain = (0..<length).map { index in
      DNSSamples.service(
        "shop",
        "c\(index)",
        clusterIP: nil,
        externalName: index == length - 1
          ? "db.example.com" : "c\(index + 1).shop.svc.cluster.local"
      )
    }
    var dns = ClusterDNS(services: chain, slices: [])
    dns.outside = DNSSamples.dns.outside
    let answer = DNSSamples.ask("c0.shop.svc", .a, dns)
    #expect(answer.addresses == (isAnswered ? ["198.51.100.7"] : []))
    #expect(answer.aliases.count == (isAnswered ? length : 0))
    #expect(answer.status == (isAnswered ? .found : .noData))
  }

  @Test func namesAreCaseInsensitive() throws {
    let name = try #require(DomainName("Backend.SHOP.svc.cluster.local."))
    #expect(DNSSamples.dns.answer(DNSQuestion(name, .a)).addresses == ["10.96.45.23"])
  }

  @Test(arguments: ["", ".", "a..b", ".a", String(repeating: "a", count: 64)])
  func malformedNamesAreRefused(text: String) { #expect(DomainName(text) == nil) }

  @Test func longestNameHas255BytesOnTheWire() {
    let label = String(repeating: "a", count: 63)
    let fits = [label, label, label, String(repeating: "b", count: 61)].joined(separator: ".")
    #expect(DomainName(fits)?.wireLength == 255)
    #expect(DomainName(fits + "b") == nil)
  }
}
