import ClusterState
import SimKernel
import Testing

@Suite struct StubResolverTests {
  private static func resolve(
    _ name: String,
    from namespace: String = "shop"
  ) -> StubResolver.Result {
    StubResolver(namespace: namespace).resolve(name) { DNSSamples.dns.answer($0) }
  }

  /// Rounds until an address is found; each asks for A and for AAAA.
  @Test(arguments: [
    ("backend", "shop", 1), ("backend.shop", "data", 2), ("backend.shop.svc", "data", 3),
    ("backend.shop.svc.cluster.local", "data", 4), ("backend.shop.svc.cluster.local.", "data", 1),
    ("api.example.com", "shop", 4), ("api.example.com.", "shop", 1),
    ("db-0.db-svc.data.svc.cluster.local", "shop", 1), ("db-0.db-svc", "data", 1),
  ])
  func roundsUntilFound(name: String, namespace: String, rounds: Int) {
    let result = Self.resolve(name, from: namespace)
    #expect(result.status == .found)
    #expect(result.lookups.count == rounds && result.queryCount == 2 * rounds)
  }

  @Test func shortNameOfAnotherNamespaceIsNotFound() {
    let result = Self.resolve("postgres", from: "shop")
    #expect(result.status == .noName && result.addresses.isEmpty)
    #expect(
      result.lookups.map(\.name.description) == [
        "postgres.shop.svc.cluster.local", "postgres.svc.cluster.local", "postgres.cluster.local",
        "postgres",
      ]
    )
    #expect(Self.resolve("postgres.data", from: "shop").addresses == ["10.96.45.26"])
  }

  @Test func nodesOwnSearchListCostsFurtherRounds() throws {
    let domain = try #require(DomainName("eu-1.compute.internal"))
    let resolver = StubResolver(namespace: "shop", nodeSearch: [domain])
    let result = resolver.resolve("api.example.com") { DNSSamples.dns.answer($0) }
    #expect(result.lookups.count == 5)
  }

  @Test(arguments: [(5, 4), (3, 4), (2, 1), (1, 1)])
  func fewerDotsThanNdotsGoThroughTheList(ndots: Int, rounds: Int) {
    var resolver = StubResolver(namespace: "shop")
    resolver.ndots = ndots
    let result = resolver.resolve("api.example.com") { DNSSamples.dns.answer($0) }
    #expect(result.lookups.count == rounds && result.status == .found)
    resolver.asksIPv6 = false
    #expect(resolver.resolve("api.example.com") { DNSSamples.dns.answer($0) }.queryCount == rounds)
  }

  /// Even a name with enough dots goes through the list when it is not found as it stands.
  @Test func listIsTriedAfterTheNameItself() {
    var resolver = StubResolver(namespace: "shop")
    resolver.ndots = 0
    let result = resolver.resolve("backend") { DNSSamples.dns.answer($0) }
    #expect(result.lookups.count == 2 && result.addresses == ["10.96.45.23"])
  }

  @Test func noDataAndFailureGoOnAndAreReportedAtTheEnd() {
    func answers(_ first: DNSAnswer.Status) -> (DNSQuestion) -> DNSAnswer {
      { $0.name.labels.count == 5 ? DNSAnswer(first, ttl: 30) : DNSAnswer(.noName, ttl: 30) }
    }
    var resolver = StubResolver(namespace: "shop")
    for status in [DNSAnswer.Status.noData, .failed] {
      let result = resolver.resolve("backend", asking: answers(status))
      #expect(result.status == status && result.lookups.count == 4)
    }
    resolver.stopsAtNoData = true
    #expect(resolver.resolve("backend", asking: answers(.noData)).lookups.count == 1)
    #expect(resolver.resolve("backend", asking: answers(.failed)).lookups.count == 4)
  }

  /// What an ExternalName stands for is known outside, if not here.
  @Test func aliasThatLeadsOutEndsTheSearch() {
    var dns = DNSSamples.dns
    dns.outside = [:]
    let result = StubResolver(namespace: "shop").resolve("cloud-db") { dns.answer($0) }
    #expect(result.status == .found && result.addresses.isEmpty && result.lookups.count == 1)
  }

  /// Whatever the answers and the name, at most one round a spelling.
  @Test(arguments: 1...30)
  func resolverEndsWhateverTheAnswers(seed: UInt64) {
    var generator = Generator(state: seed)
    let pieces = ["backend", "shop", ".", "svc", "..", "local", "-", "itself", "ping", ""]
    let text = (0..<Int(generator.below(8)))
      .map { _ in pieces[Int(generator.below(10))] }.joined()
    let resolver = StubResolver(namespace: "shop")
    let bound = resolver.candidates(for: text).count
    var asked = 0
    let result = resolver.resolve(text) { question in
      asked += 1
      let statuses = [DNSAnswer.Status.noName, .noData, .failed]
      return DNSAnswer(statuses[Int(generator.below(3))], ttl: 30)
    }
    #expect(result.lookups.count <= bound && bound <= 4)
    #expect(asked == 2 * result.lookups.count && result.status != .found)
    #expect(Self.resolve(text).lookups.count <= bound)
  }
}
