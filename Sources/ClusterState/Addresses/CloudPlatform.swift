package import SimKernel

/// A cloud that sells load balancers.
package enum CloudPlatform: String, CaseIterable, Sendable {
  case aws
  case gcp
  case azure

  /// From the request to an address that answers: 1 to 3 minutes for layer 4, an estimate.
  package static let usualProvisioning = SimDuration.minutes(2)

  /// Hours of a month, as price lists count them.
  private static let hoursPerMonth = 730

  /// The base price of a month in millionths of a dollar, traffic not included.
  ///
  /// `rules` is the number of forwarding rules in a project of GCP, which bills the first five at
  /// one rate and further ones at another; elsewhere each load balancer costs the same.
  package func monthlyPrice(loadBalancers rules: Int) -> Int {
    let perHour =
      switch self {
      case .aws: rules * 22_500
      case .gcp: min(rules, 5) * 25_000 + max(0, rules - 5) * 10_000
      case .azure: rules * 25_000
      }
    return perHour * Self.hoursPerMonth
  }
}
