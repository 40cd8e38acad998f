import ClusterSimulator
import KubernetesManifests
import Scenarios
import SimKernel
import Testing

/// Who provides load balancers, for how many Services, and what that costs.
@Suite("Load balancers reach the plan")
struct LoadBalancerLoweringTests {
  /// All three Services of the shop ask for a load balancer.
  private static let manifests = Shop.manifests.replacing(
    "spec:\n  selector: {app",
    with: "spec:\n  type: LoadBalancer\n  selector: {app"
  )

  private static func plan(_ overrides: String...) throws -> SimulationPlan {
    try Shop.load(manifests: manifests, overrides: overrides).variants[0].plan
  }

  @Test(
    "monthly base prices, 730 hours",
    arguments: [
      ("aws", 3 * 16_425_000), ("gcp", 3 * 18_250_000), ("metallb", 0), ("none", nil as Int?),
    ]
  )
  func prices(provider: String, total: Int?) throws {
    let bill = try Self.plan("cluster.cloudProvider=\(provider)").bill
    #expect(bill.map(\.service) == (total == nil ? [] : ["shop/web", "shop/api", "shop/db"]))
    #expect(bill.reduce(0) { $0 + $1.monthlyMicros } == Int64(total ?? 0))
    #expect(bill.allSatisfy { $0.currency == "USD" })
  }

  @Test("a price of one's own")
  func ownPrice() throws {
    let bill = try Self.plan(
      "cluster.cloudProvider=metallb",
      "cluster.loadBalancerPrice=2.50 EUR"
    ).bill
    #expect(bill.map(\.monthlyMicros) == [2_500_000, 2_500_000, 2_500_000])
    #expect(bill.map(\.currency) == ["EUR", "EUR", "EUR"])
  }

  @Test("a pool of two addresses serves two Services")
  func pool() throws {
    let plan = try Self.plan(
      "cluster.cloudProvider=metallb",
      "cluster.metalLB.addresses=2",
      "cluster.metalLB.failover=7s"
    )
    #expect(plan.services.filter(\.hasLoadBalancerAddress).map(\.name) == ["shop/web", "shop/api"])
    #expect(plan.bill.count == 2)
    #expect(plan.cluster.loadBalancer?.isLayer2 == true)
    #expect(plan.cluster.loadBalancer?.unhealthyThreshold == 7)
  }

  @Test("without node ports nobody comes by one")
  func noNodePorts() throws {
    let manifests = Self.manifests.replacing(
      "type: LoadBalancer",
      with: "type: LoadBalancer\n  allocateLoadBalancerNodePorts: false"
    )
    let scenario = Shop.scenario.replacing(
      "http://web.shop/\n",
      with: "http://web.shop/\n      routing: nodePort\n"
    )
    #expect(
      try Shop.errors(scenario, manifests: manifests) == [
        "23:16 the Service has no node port | remove allocateLoadBalancerNodePorts: false"
      ]
    )
    #expect(try Shop.errors(scenario, manifests: Self.manifests) == [])
  }
}
