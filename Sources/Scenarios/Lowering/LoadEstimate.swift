import ClusterSimulator
import SimKernel

/// How many attempts a run may lead to: an upper bound for refusing what would never end.
enum LoadEstimate {
  /// More attempts than this in all runs together are refused.
  static let limit = 1e10

  /// More users than this who wait at the same time would not fit into memory.
  static let largestCrowd = 2e7

  /// What happens periodically whether or not users come: probes, scrapes and looks of autoscalers.
  static func rounds(in plan: SimulationPlan) -> Double {
    func count(every period: SimDuration) -> Double {
      plan.horizon.seconds / max(period.seconds, 1e-9)
    }
    let control = plan.cluster.controlPlane
    var sum = count(every: control.metricsResolution)
    sum += Double(plan.autoscalers.count) * count(every: control.hpaSyncPeriod)
    for (index, workload) in plan.workloads.enumerated() {
      let most = plan.autoscalers.filter { $0.workload == index }.map(\.maxReplicas).max() ?? 0
      let probes = [workload.readinessProbe, workload.livenessProbe, workload.startupProbe]
      for probe in probes.compactMap({ $0 }) {
        sum += Double(max(workload.replicas, most)) * count(every: probe.period)
      }
    }
    return sum
  }

  /// The most users who may wait at the same time: those who come during the longest wait.
  static func crowd(in plan: SimulationPlan) -> Double {
    plan.clients.reduce(0) { sum, client in
      let retry = client.call.retry
      let patience =
        client.call.timeout.seconds * Double(retry.attempts)
        + retry.maximum.seconds * Double(retry.attempts - 1)
      let all = arrivals(client.arrivals, until: plan.horizon)
      return sum + min(all, peak(client.arrivals) * patience)
    }
  }

  private static func peak(_ arrivals: ArrivalPlan) -> Double {
    switch arrivals {
    case .poisson(let profile), .deterministic(let profile):
      profile.points.map(\.rate).max() ?? 0
    }
  }

  /// Attempts of all client groups and of all calls below them, if every try were made.
  static func attempts(in plan: SimulationPlan) -> Double {
    var below = [Double?](repeating: nil, count: plan.services.count)
    return plan.clients.reduce(0) { sum, client in
      sum + arrivals(client.arrivals, until: plan.horizon) * tree(client.call, plan, &below)
    }
  }

  /// Attempts that one request to a call may lead to, the calls of its server included.
  ///
  /// Calls without end are refused before. What stands below each Service is counted once.
  private static func tree(
    _ call: CallPlan,
    _ plan: SimulationPlan,
    _ below: inout [Double?]
  ) -> Double {
    let tries = Double(call.retry.attempts)
    if let known = below[call.service] { return tries * (1 + known) }
    var most = 0.0
    for workload in plan.services[call.service].workloads {
      var sum = 0.0
      for inner in plan.workloads[workload].server.calls { sum += tree(inner, plan, &below) }
      most = max(most, sum)
    }
    below[call.service] = most
    return tries * (1 + most)
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
