import ClusterState
import SimKernel
import Testing

@Suite struct LoadBalancerTests {
  private static let requests = (0..<3).map {
    LoadBalancerProvider.Request(
      ObjectKey("shop", "web-\($0)"),
      since: .zero + .seconds(60) * Int64($0)
    )
  }

  @Test(arguments: [0, 60, 1_000_000_000] as [Int64])
  func withoutProviderAllArePendingForEver(second: Int64) {
    let addresses = LoadBalancerProvider.none
      .addresses(for: Self.requests, at: SimTime(nanoseconds: 0) + .seconds(second))
    #expect(addresses == [nil, nil, nil])
  }

  @Test(arguments: [(119, 0), (120, 1), (179, 1), (180, 2), (240, 3)] as [(Int64, Int)])
  func cloudTakesItsTime(second: Int64, ready: Int) {
    let provider = LoadBalancerProvider.cloud(.aws, provisioning: .minutes(2))
    let addresses = provider.addresses(for: Self.requests, at: .zero + .seconds(second))
    #expect(addresses.compactMap { $0 }.count == ready)
    #expect(Set(addresses.compactMap { $0 }).count == ready)
  }

  @Test func metalLBServesUntilItsPoolIsEmpty() throws {
    let pool = try #require(IPv4Range("192.168.1.240/30"))
    let requests = (0..<6).map {
      LoadBalancerProvider.Request(ObjectKey("shop", "web-\($0)"), since: .zero)
    }
    let addresses = LoadBalancerProvider.metalLB([pool]).addresses(for: requests, at: .zero)
    #expect(
      addresses == [
        "192.168.1.240", "192.168.1.241", "192.168.1.242", "192.168.1.243", nil, nil,
      ]
    )
  }

  /// Price × 730 hours, in millionths of a dollar, worked out by hand.
  @Test(arguments: [
    (CloudPlatform.aws, 1, 16_425_000), (.aws, 10, 164_250_000), (.gcp, 1, 18_250_000),
    (.gcp, 10, 5 * 18_250_000 + 5 * 7_300_000), (.azure, 1, 18_250_000), (.aws, 0, 0),
  ])
  func monthlyPrice(platform: CloudPlatform, count: Int, price: Int) {
    #expect(platform.monthlyPrice(loadBalancers: count) == price)
  }
}
