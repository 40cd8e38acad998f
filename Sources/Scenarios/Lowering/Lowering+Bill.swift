import ClusterSimulator
import ClusterState
import KubernetesManifests

/// The load balancers that the manifests ask for: who gets an address, and what that costs.
extension Lowering {
  /// The name under which the controllers' own load balancer stands in tables.
  private static let controllers = "ingress-nginx"

  /// Services of that type, in the order in which they are created.
  private var balanced: [String] {
    facts.services.filter { $0.type == .loadBalancer }.map(\.metadata.qualifiedName)
  }

  /// Those that the pool of MetalLB has no address for.
  var unaddressed: [String] {
    let cluster = spec["cluster"]
    guard cluster["cloudProvider"].text == "metallb" else { return [] }
    return Array(balanced.dropFirst(cluster["metalLB"]["addresses"].integer ?? 0))
  }

  /// One line for each load balancer; nothing where nobody provides any.
  func bill(_ plan: SimulationPlan) -> [BillItem] {
    let cluster = spec["cluster"]
    guard let provider = cluster["cloudProvider"].text, provider != "none" else { return [] }
    var owners = balanced.filter { !unaddressed.contains($0) }
    if !facts.ingresses.isEmpty, plan.cluster.ingress.exposure != .hostPort {
      owners.append(Self.controllers)
    }
    return owners.enumerated().map { index, owner in
      if case .money(let price) = cluster["loadBalancerPrice"].value {
        return BillItem(service: owner, monthlyMicros: price.micros, currency: price.currency)
      }
      let platform = CloudPlatform(rawValue: provider)
      let before = platform?.monthlyPrice(loadBalancers: index) ?? 0
      let price = (platform?.monthlyPrice(loadBalancers: index + 1) ?? 0) - before
      return BillItem(service: owner, monthlyMicros: Int64(price), currency: "USD")
    }
  }
}
