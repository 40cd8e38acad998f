import SimKernel

/// The HPA controller: every 15 s, from metrics to a size.
///
/// Groups the target's pods, asks `ReplicaCalculator` for a proposal and `ScalingLimiter` for what
/// may be done with it. Left out: metrics other than the CPU utilisation of the whole pod.
struct HorizontalPodAutoscalers {
  var limiters: [ScalingLimiter]

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
      let calculator = ReplicaCalculator(
        target: rules.targetCPUPercent,
        tolerancePPM: rules.tolerancePPM
      )
      guard let proposal = calculator.replicas(current: current, samples: samples(of: rules))
      else { return }
      new = autoscalers.limiters[index].limit(current: current, proposal: proposal, at: now)
    }
    guard new != current else { return }
    autoscalers.limiters[index].noteMove(from: current, to: new, at: now)
    metrics.record(.successfulRescale, object: index, value: new, previous: current, at: now)
    setDesired(new, ofWorkload: rules.workload)
  }

  /// The pods of the target in the controller's three groups; deleted and failed ones in none.
  private func samples(of rules: AutoscalerPlan) -> [ReplicaCalculator.Sample] {
    replicaSets.members[rules.workload].filter { pods[$0].isActive }.map { pod in
      let request = Int64(template(of: pod).milliCPURequest)
      if pods[pod].phase == .pending { return .unready(request: request) }
      if pods[pod].milliCPU < 0 { return .missing(request: request) }
      if isUnbelievable(pods[pod], rules) { return .unready(request: request) }
      return .counted(usage: pods[pod].milliCPU, request: request)
    }
  }

  /// Whether the pod's CPU says more about its start than about its load.
  ///
  /// A pod that was ready
  /// once and collapses later still counts.
  private func isUnbelievable(_ pod: Pod, _ rules: AutoscalerPlan) -> Bool {
    guard pod.acknowledgedAt != .never, pod.readyChangedAt != .never else { return true }
    if now - pod.acknowledgedAt < rules.cpuInitializationPeriod {
      return !pod.isReady || pod.metricAt < pod.readyChangedAt + pod.metricWindow
    }
    return !pod.isReady
      && pod.readyChangedAt <= pod.acknowledgedAt + rules.initialReadinessDelay
  }
}
