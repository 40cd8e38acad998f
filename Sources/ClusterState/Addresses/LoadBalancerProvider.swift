package import SimKernel

/// Who makes load balancers for Services of that type.
package enum LoadBalancerProvider: Hashable, Sendable {
  /// Nobody: such Services stay `<pending>` for ever, though ClusterIP and node ports work.
  case none
  /// A cloud, which takes a while.
  case cloud(CloudPlatform, provisioning: SimDuration)
  /// MetalLB with its address pool: at once, as long as the pool lasts.
  case metalLB([IPv4Range])

  /// A Service's wish for a load balancer.
  package struct Request: Hashable, Sendable {
    package var service: ObjectKey
    package var since: SimTime

    package init(_ service: ObjectKey, since: SimTime) {
      self.service = service
      self.since = since
    }
  }

  /// The address of each request at an instant, `nil` for `<pending>`; requests in order of time.
  package func addresses(for requests: [Request], at now: SimTime) -> [String?] {
    switch self {
    case .none: return requests.map { _ in nil }
    case .cloud(_, let provisioning):
      return requests.enumerated().map { index, request in
        request.since + provisioning <= now ? Self.cloudAddress(index) : nil
      }
    case .metalLB(let pool):
      let sizes = pool.map(\.size)
      return requests.enumerated().map { index, request in
        guard request.since <= now else { return nil }
        return Self.address(index, in: pool, sizes)
      }
    }
  }

  /// Ranges set aside for documentation and benchmarks: no real host answers there.
  private static let publicRanges = ["203.0.113.0/24", "198.18.0.0/15"].compactMap {
    IPv4Range($0)
  }

  private static func cloudAddress(_ index: Int) -> String? {
    var index = index
    for range in publicRanges {
      if index < range.usableCount { return range.usable(index).description }
      index -= range.usableCount
    }
    return nil
  }

  /// MetalLB hands out every address of its pool, the first and the last too.
  private static func address(_ index: Int, in pool: [IPv4Range], _ sizes: [Int]) -> String? {
    var index = index
    for (range, size) in zip(pool, sizes) {
      if index < size {
        return IPv4Address(range.base.value &+ UInt32(truncatingIfNeeded: index)).description
      }
      index -= size
    }
    return nil
  }
}
