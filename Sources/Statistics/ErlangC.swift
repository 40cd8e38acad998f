internal import CGSL

/// M/M/c: Poisson arrivals, exponential service, c servers, unlimited room, FIFO.
package struct ErlangC: Sendable {
  /// λ, arrivals a second.
  package var arrivalRate: Double
  /// μ, services a second of one server.
  package var serviceRate: Double
  package var servers: Int

  package init(arrivalRate: Double, serviceRate: Double, servers: Int) {
    self.arrivalRate = arrivalRate
    self.serviceRate = serviceRate
    self.servers = servers
  }

  /// ρ, the busy share of a server; the queue grows without end at 1 and above.
  package var utilization: Double { arrivalRate / (Double(servers) * serviceRate) }

  /// The share of arrivals that have to wait; 1 when the system is not stable.
  package var waitProbability: Double {
    guard utilization < 1 else { return 1 }
    let load = arrivalRate / serviceRate
    let blocking = ErlangB(offeredLoad: load, servers: servers).blockingProbability
    return blocking / (1 - utilization * (1 - blocking))
  }

  /// Mean time in the queue in seconds; infinite when the system is not stable.
  package var meanWait: Double {
    guard utilization < 1 else { return .infinity }
    return waitProbability / (Double(servers) * serviceRate - arrivalRate)
  }

  /// Mean time from arrival to departure in seconds.
  package var meanSojourn: Double { meanWait + 1 / serviceRate }

  /// Mean number of requests in the queue, by Little's law.
  package var meanQueueLength: Double { arrivalRate * meanWait }

  /// The share of arrivals that wait longer than `seconds`.
  package func waitExceeds(_ seconds: Double) -> Double {
    guard utilization < 1 else { return 1 }
    GSL.ready
    let drainRate = Double(servers) * serviceRate - arrivalRate
    return waitProbability * gsl_cdf_exponential_Q(seconds, 1 / drainRate)
  }
}
