/// M/G/1: one server, Poisson arrivals, any service time, FIFO.
package struct PollaczekKhinchine: Sendable {
  /// λ, arrivals a second.
  package var arrivalRate: Double
  /// Mean service time in seconds.
  package var meanService: Double
  /// Variance of the service time in seconds squared.
  package var serviceVariance: Double

  package init(arrivalRate: Double, meanService: Double, serviceVariance: Double) {
    self.arrivalRate = arrivalRate
    self.meanService = meanService
    self.serviceVariance = serviceVariance
  }

  /// ρ, the busy share of the server.
  package var utilization: Double { arrivalRate * meanService }

  /// Mean time in the queue in seconds: λ·E[S²] / (2·(1 - ρ)); infinite when not stable.
  package var meanWait: Double {
    guard utilization < 1 else { return .infinity }
    let secondMoment = serviceVariance + meanService * meanService
    return arrivalRate * secondMoment / (2 * (1 - utilization))
  }

  /// Mean time from arrival to departure in seconds.
  package var meanSojourn: Double { meanWait + meanService }
}
