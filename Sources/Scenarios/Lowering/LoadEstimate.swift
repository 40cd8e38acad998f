import ClusterSimulator
import SimKernel

/// How many attempts a run may lead to: an upper bound for refusing what would never end.
enum LoadEstimate {
  /// More attempts than this in all runs together are refused.
  static let limit = 1e10

  /// Attempts of all client groups and of all calls below them, if every try were made.
  static func attempts(in plan: SimulationPlan) -> Double {
    plan.clients.reduce(0) { sum, client in
      sum + arrivals(client.arrivals, until: plan.horizon) * tree(client.call, plan, depth: 0)
    }
  }

  /// Attempts that one request to a call may lead to, the calls of its server included.
  private static func tree(_ call: CallPlan, _ plan: SimulationPlan, depth: Int) -> Double {
    let tries = Double(call.retry.attempts)
    // Cycles are refused before; the bound only keeps this total.
    guard depth < 64 else { return tries }
    let below = plan.services[call.service].workloads.map { workload in
      plan.workloads[workload].server.calls.reduce(0) { $0 + tree($1, plan, depth: depth + 1) }
    }
    return tries * (1 + (below.max() ?? 0))
  }

  /// Arrivals of one group up to the horizon: the integral of its rate.
  static func arrivals(_ arrivals: ArrivalPlan, until horizon: SimDuration) -> Double {
    let profile =
      switch arrivals {
      case .poisson(let profile), .deterministic(let profile): profile
      }
    var sum = 0.0
    for (index, point) in profile.points.enumerated() where point.time < horizon {
      guard index + 1 < profile.points.count else {
        sum += point.rate * (horizon - point.time).seconds
        continue
      }
      let next = profile.points[index + 1]
      let length = (next.time - point.time).seconds
      let used = (min(next.time, horizon) - point.time).seconds
      let endRate = length > 0 ? point.rate + (next.rate - point.rate) * used / length : next.rate
      sum += (point.rate + endRate) / 2 * used
    }
    return sum
  }
}
