import ClusterState

/// A load balancer for every Service.
package enum LoadBalancerEverywhere: Rule {
  package static let code = "PS1402"
  package static let severity = Finding.Severity.warning
  package static let title = "many Services have a load balancer of their own"
  package static let cause = "Three or more Services have type LoadBalancer."
  package static let effect = """
    Each gets an appliance and an address of its own, about 16 to 18 US dollars a month before \
    traffic on the large clouds (730 hours), and three points of attack and of certificates grow \
    with them.
    """
  package static let fix = """
    Make them ClusterIP and put one Ingress controller with one load balancer in front: host and \
    path choose the Service.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    let balancers = inventory.services.filter { $0.type == "LoadBalancer" }
    guard balancers.count >= 3, let third = balancers.dropFirst(2).first,
      let type = third.spec.at("type")
    else { return [] }
    let names = balancers.prefix(4).map(\.object.name).joined(separator: ", ")
    let cost = ExposureCost(services: balancers.count, on: .aws)
    let dollars = (all: cost.loadBalancerEach / 1_000_000, one: cost.oneIngress / 1_000_000)
    return [
      finding(
        third.object,
        at: type.span,
        "\(balancers.count) Services ask for a load balancer each: \(names)"
          + (balancers.count > 4 ? " …" : ""),
        effect:
          "\(balancers.count) appliances cost about \(dollars.all) US dollars a month before "
          + "traffic (AWS), one in front of an Ingress controller about \(dollars.one)",
        fix: "write `type: ClusterIP` and route by host or path in an Ingress"
      )
    ]
  }
}
