import ClusterState
import SimKernel
import Testing

@Suite struct DNSMessageTests {
  /// A name of 30 bytes on paper; 32 on the wire.
  private static let name = DomainName(labels: ["db-svc1", "data", "svc", "cluster", "local"])

  private static func message(_ count: Int, hasEDNS: Bool) -> DNSMessage {
    let records = (0..<count).map { index in
      let address = IPv4Address(10 << 24 | UInt32(index)).description
      return DNSRecord(name, .address(address), ttl: 30)
    }
    let answer = DNSAnswer(.found, records: records, ttl: 30)
    return DNSMessage(DNSQuestion(name, .a), answer, hasEDNS: hasEDNS)
  }

  /// (limit − 12 − 32 − 4 − EDNS) / 16.
  @Test(arguments: [
    (DNSMessage.Limit.plainUDP, false, 29), (DNSMessage.Limit.go, true, 73),
    (DNSMessage.Limit.largeUDP, true, 252), (DNSMessage.Limit.tcp, false, 4092),
    (DNSMessage.Limit.tcp, true, 4092),
  ])
  func addressesThatFit(limit: Int, hasEDNS: Bool, count: Int) {
    #expect(Self.name.description.utf8.count == 30)
    let fits = Self.message(count, hasEDNS: hasEDNS)
    #expect(!fits.isTruncated(at: limit))
    let overflows = Self.message(count + 1, hasEDNS: hasEDNS)
    #expect(overflows.isTruncated(at: limit))
    #expect(overflows.recordsThatFit(in: limit) == count)
    #expect(fits.size == 48 + 16 * count + (hasEDNS ? 11 : 0))
  }

  /// 12 header, 24 + 4 question `a.b.svc.cluster.local`, then a pointer and 10 bytes each.
  @Test func aliasesAndServersAreCounted() {
    let name = DomainName(labels: ["a", "b", "svc", "cluster", "local"])
    #expect(name.wireLength == 1 + 1 + 1 + 1 + 1 + 3 + 1 + 7 + 1 + 5 + 1)
    let base = 12 + name.wireLength + 4
    func size(_ content: DNSRecord.Content) -> Int {
      let answer = DNSAnswer(.found, records: [DNSRecord(name, content, ttl: 5)], ttl: 5)
      return DNSMessage(DNSQuestion(name, .a), answer).size - base
    }
    #expect(size(.address("10.0.0.1")) == 2 + 10 + 4)
    #expect(size(.address("2001:db8::1")) == 2 + 10 + 16)
    // The new label and its length, then a pointer to `b.svc.cluster.local`.
    #expect(size(.alias(DomainName(labels: ["xy"] + name.labels.dropFirst()))) == 12 + 3 + 2)
    #expect(size(.server(name, port: 80, weight: 100)) == 12 + 6 + name.wireLength)
  }

  private static let question = DNSQuestion(name, .a)

  /// What a cache of a kind still answers, second by second, after one question at second 0.
  @Test(arguments: [
    (DNSCache.Policy.nodeLocal, DNSAnswer.Status.found, 30, 30), (.nodeLocal, .found, 5, 5),
    (.nodeLocal, .noName, 30, 5), (.java, .noName, 30, 10), (.none, .found, 30, 0),
    (.nodeLocal, .failed, 30, 0),
  ])
  func answersAreKeptForTheLesserOfBothLifetimes(
    policy: DNSCache.Policy,
    status: DNSAnswer.Status,
    ttl: Int,
    seconds: Int
  ) {
    var cache = DNSCache(policy)
    var asked = 0
    for second in 0...seconds {
      let answer = cache.answer(Self.question, at: .zero + .seconds(Int64(second))) { _ in
        asked += 1
        return DNSAnswer(status, ttl: ttl)
      }
      #expect(answer.status == status)
      #expect(asked == (second < max(seconds, 1) ? 1 : 2))
    }
    #expect(cache.misses == asked && cache.hits + cache.misses == seconds + 1)
  }

  @Test func javaKeepsWhatDNSWouldHaveForgotten() {
    var cache = DNSCache(.java)
    cache.ignoresRecordTTL = true
    for second in [0, 29] as [Int64] {
      _ = cache.answer(Self.question, at: .zero + .seconds(second)) { _ in
        DNSAnswer(.found, ttl: 5)
      }
    }
    #expect(cache.hits == 1)
  }
}
