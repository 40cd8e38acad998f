import SimKernel

/// The HPA controller: every 15 s, from metrics to a size.
///
/// Asks for a proposal for each metric (`AutoscalerMetrics`), takes the largest, and lets
/// `ScalingLimiter` say what may be done with it. A metric that cannot be had forbids shrinking;
/// when none can be had, nothing happens and nothing is remembered.
struct HorizontalPodAutoscalers {
  var limiters: [ScalingLimiter]
  /// When metrics were collected last; nobody knows anything younger.
  var collectedAt = SimTime.never

  init(plan: SimulationPlan) {
    limiters = plan.autoscalers.map { ScalingLimiter(plan: $0) }
  }
}

extension Simulation {
  /// One sync of one autoscaler.
  mutating func syncAutoscaler(_ index: Int) {
    schedule(.autoscalerSyncDue, index, at: now + plan.cluster.controlPlane.hpaSyncPeriod)
    let rules = plan.autoscalers[index]
    let current = replicaSets.desired[rules.workload]
    guard current > 0 else { return }
    autoscalers.limiters[index].start(current: current, at: now)
    let new: Int
    if current > rules.maxReplicas {
      new = rules.maxReplicas
    } else if current < rules.minReplicas {
      new = rules.minReplicas
    } else {
      guard let proposal = proposal(for: rules, current: current) else { return }
      new = autoscalers.limiters[index].limit(current: current, proposal: proposal, at: now)
    }
    guard new != current else { return }
    autoscalers.limiters[index].noteMove(from: current, to: new, at: now)
    metrics.record(.successfulRescale, object: index, value: new, previous: current, at: now)
    setDesired(new, ofWorkload: rules.workload)
  }

  /// The largest proposal of all metrics, `nil` when there is none that may be followed.
  private func proposal(for rules: AutoscalerPlan, current: Int) -> Int? {
    var most: Int?
    var isOneMissing = false
    for metric in rules.metrics {
      guard let proposal = proposal(for: metric, rules, current: current) else {
        isOneMissing = true
        continue
      }
      most = max(most ?? proposal, proposal)
    }
    guard let most, !(isOneMissing && most < current) else { return nil }
    return most
  }
}
