/// What it costs to make Services reachable from outside, in millionths of a dollar a month.
///
/// Traffic, and the nodes that an Ingress controller runs on, are left out.
package struct ExposureCost: Hashable, Sendable {
  /// A load balancer for each Service.
  package let loadBalancerEach: Int
  /// One load balancer in front of an Ingress controller.
  package let oneIngress: Int

  package init(services: Int, on platform: CloudPlatform) {
    loadBalancerEach = platform.monthlyPrice(loadBalancers: services)
    oneIngress = platform.monthlyPrice(loadBalancers: min(1, services))
  }
}
