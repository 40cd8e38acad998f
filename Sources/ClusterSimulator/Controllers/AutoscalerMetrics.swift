import SimKernel

/// What the HPA controller sees of each metric, as metrics/client.go and replica_calculator.go
/// have it.
///
/// Pods are grouped as there: deleted and failed ones are ignored, pending ones are not ready,
/// those without a sample are missing; only CPU asks for more (`isUnbelievable`). Everything is as
/// old as the last collection of metrics. Left out: label selectors of metrics.
extension Simulation {
  /// The proposal of one metric, `nil` when it cannot be had.
  func proposal(for metric: MetricPlan, _ rules: AutoscalerPlan, current: Int) -> Int? {
    let calculator = ReplicaCalculator(
      metric.target,
      downPPM: rules.behavior?.down.tolerancePPM ?? rules.tolerancePPM,
      upPPM: rules.behavior?.up.tolerancePPM ?? rules.tolerancePPM
    )
    switch metric.source {
    case .cpu, .memory, .containerCPU, .containerMemory, .pods:
      let samples = samples(of: metric.source, rules)
      return calculator.replicas(current: current, samples: samples)
    case .object, .series:
      guard let value = value(of: metric.source) else { return nil }
      if case .value = metric.target {
        let ready = replicaSets.members[rules.workload].count {
          pods[$0].isActive && pods[$0].isReady
        }
        return calculator.replicas(current: current, value: value, readyPods: ready)
      }
      let active = replicaSets.members[rules.workload].count { pods[$0].isActive }
      return calculator.replicas(sharing: value, pods: active)
    }
  }

  /// The metric of something other than the pods, in thousandths.
  private func value(of source: MetricPlan.Source) -> Int64? {
    switch source {
    case .series(let series):
      let collected = autoscalers.collectedAt
      return collected == .never ? nil : series.milliValue(at: collected)
    case .object(let measure, let workloads):
      let samples = workloads.flatMap { replicaSets.members[$0] }
        .filter { pods[$0].isActive && pods[$0].isReady }
        .compactMap { sample(of: .pods(measure), pod: $0) }
      return samples.isEmpty ? nil : samples.reduce(0, +)
    default: return nil
    }
  }

  /// The pods of the target in the controller's three groups.
  private func samples(
    of source: MetricPlan.Source,
    _ rules: AutoscalerPlan
  ) -> [ReplicaCalculator.Sample] {
    replicaSets.members[rules.workload].filter { pods[$0].isActive }.map { pod in
      let request = request(of: source, pod: pod)
      if pods[pod].phase == .pending { return .unready(request: request) }
      guard let usage = sample(of: source, pod: pod) else { return .missing(request: request) }
      let isCPU = source == .cpu || source == .containerCPU
      if isCPU && isUnbelievable(pods[pod], rules) { return .unready(request: request) }
      return .counted(usage: usage, request: request)
    }
  }

  /// What the last collection found, in thousandths.
  private func sample(of source: MetricPlan.Source, pod: Int) -> Int64? {
    let row = pods[pod]
    let value: Int64 =
      switch source {
      case .cpu, .containerCPU: row.milliCPU
      case .memory, .containerMemory: row.memorySample
      case .pods(.requestsPerSecond): row.milliRate
      case .pods(.requestsInFlight): row.milliInFlight
      case .object, .series: -1
      }
    return value < 0 ? nil : value
  }

  private func request(of source: MetricPlan.Source, pod: Int) -> Int64 {
    let template = template(of: pod)
    return switch source {
    case .cpu: Int64(template.running.milliCPU)
    case .containerCPU: Int64(template.serving.milliCPU)
    case .memory: Int64(template.running.memory) * 1_000
    case .containerMemory: Int64(template.serving.memory) * 1_000
    case .pods, .object, .series: 0
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

  /// What an autoscaler's metric is now, as `kubectl get hpa` shows it: percent or thousandths.
  func current(_ metric: MetricPlan, _ rules: AutoscalerPlan) -> Int64? {
    if case .object = metric.source { return shared(value(of: metric.source), metric, rules) }
    if case .series = metric.source { return shared(value(of: metric.source), metric, rules) }
    let active = replicaSets.members[rules.workload].filter { pods[$0].isActive }
    let counted = active.compactMap { pod in
      sample(of: metric.source, pod: pod).map { ($0, request(of: metric.source, pod: pod)) }
    }
    let usage = counted.reduce(Int128(0)) { $0 + Int128($1.0) }
    guard case .utilization = metric.target else {
      return counted.isEmpty ? nil : Int64(usage / Int128(counted.count))
    }
    let asked = counted.reduce(Int128(0)) { $0 + Int128($1.1) }
    return asked > 0 ? Int64(usage * 100 / asked) : nil
  }

  private func shared(
    _ value: Int64?,
    _ metric: MetricPlan,
    _ rules: AutoscalerPlan
  ) -> Int64? {
    guard let value, case .averageValue = metric.target else { return value }
    let active = Int64(replicaSets.members[rules.workload].count { pods[$0].isActive })
    return active == 0 ? nil : (value + active - 1) / active
  }
}
