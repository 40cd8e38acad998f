internal import CGSL

/// M/M/1: one server, Poisson arrivals, exponential service, FIFO.
package struct MM1: Sendable {
  /// λ, arrivals a second.
  package var arrivalRate: Double
  /// μ, services a second.
  package var serviceRate: Double

  package init(arrivalRate: Double, serviceRate: Double) {
    self.arrivalRate = arrivalRate
    self.serviceRate = serviceRate
  }

  /// ρ, the busy share of the server.
  package var utilization: Double { arrivalRate / serviceRate }

  /// Mean time from arrival to departure in seconds: 1 / (μ - λ).
  package var meanSojourn: Double {
    utilization < 1 ? 1 / (serviceRate - arrivalRate) : .infinity
  }

  /// Mean time in the queue in seconds: ρ / (μ - λ).
  package var meanWait: Double { utilization < 1 ? utilization * meanSojourn : .infinity }

  /// Mean number of requests in the system: ρ / (1 - ρ).
  package var meanInSystem: Double {
    utilization < 1 ? utilization / (1 - utilization) : .infinity
  }

  /// The sojourn time, in seconds, that a share `p` of the requests does not exceed.
  ///
  /// The sojourn time of M/M/1 is exponential with rate μ - λ.
  ///
  /// - Precondition: `p` is at least 0 and below 1.
  package func sojournQuantile(_ p: Double) -> Double {
    precondition(p >= 0 && p < 1, "a quantile of an unbounded law needs 0 <= p < 1")
    guard utilization < 1 else { return .infinity }
    GSL.ready
    return gsl_cdf_exponential_Pinv(p, meanSojourn)
  }
}
