import ClusterSimulator
import Experiments
import KubernetesManifests
import Scenarios
import SimKernel
import Statistics

/// Plans and runs small enough to compute every metric with pencil and paper.
enum HandMade {
  /// One client group whose orders are worth 4.60, windows of 10 s, an objective of 99 %.
  static func plan(horizon: SimDuration = .seconds(200), workloads: Int = 0) -> SimulationPlan {
    let call = CallPlan(name: "order", service: 0, routing: .dns, timeout: .seconds(8))
    var client = ClientPlan(
      name: "shoppers",
      arrivals: .poisson(RateProfile(points: [])),
      call: call
    )
    client.valueMicros = 4_600_000
    return SimulationPlan(
      name: "hand-made",
      horizon: horizon,
      cluster: ClusterPlan(nodes: []),
      workloads: (0..<workloads).map { index in
        WorkloadPlan(
          name: "shop/w\(index)",
          replicas: 1,
          server: ServerPlan(concurrency: 1, backlog: 0)
        )
      },
      clients: [client]
    )
  }

  /// A window in which so many requests failed by a timeout, or were undecided at the horizon.
  static func window(
    offered: Int = 10,
    failed: Int = 0,
    undecided: Int = 0,
    attempts: Int = 0
  ) -> ClientWindow {
    var window = ClientWindow()
    window.offered = offered
    window.outcomes[Int(Outcome.succeeded.rawValue)] = Int32(offered - failed - undecided)
    window.outcomes[Int(Outcome.timedOut.rawValue)] = Int32(failed)
    window.undecided = undecided
    window.attempts = attempts
    return window
  }

  /// A client whose totals are those of its windows.
  static func client(_ windows: [ClientWindow]) -> ClientResult {
    var client = ClientResult()
    client.windows = windows
    for window in windows {
      client.offered += window.offered
      client.inFlight += window.undecided
      for outcome in window.outcomes.indices {
        client.outcomes[outcome] += Int(window.outcomes[outcome])
      }
      client.causes[Int(Cause.slowService.rawValue)] += window.failed
    }
    return client
  }

  /// A balanced run of one client with one window.
  static func run(replication: Int = 1, failed: Int = 0) -> RunResult {
    var run = RunResult(seed: 1, replication: replication)
    run.clients = [client([window(offered: 100, failed: failed)])]
    return run
  }

  /// A pod that took requests in.
  static func pod(
    _ workload: Int = 0,
    requests: Int,
    ready: Int64 = 0,
    from created: Int64 = 0,
    to deleted: Int64? = nil
  ) -> PodResult {
    var pod = PodResult(
      workload: workload,
      name: "pod",
      node: 0,
      createdAt: SimTime(nanoseconds: created * 1_000_000_000)
    )
    pod.requests = requests
    pod.ready = .seconds(ready)
    if let deleted { pod.deletedAt = SimTime(nanoseconds: deleted * 1_000_000_000) }
    return pod
  }

  /// A scenario of the given arms, all with the same plan.
  static func scenario(
    variants: [String],
    replications: Int,
    thresholds: [Threshold] = []
  ) -> Scenario {
    var settings = RunSettings()
    settings.replications = replications
    return Scenario(
      name: "hand-made",
      run: settings,
      variants: variants.map { Variant(name: $0, plan: plan()) },
      thresholds: thresholds,
      sweep: [],
      tables: [],
      inputs: [],
      resolved: "",
      remarks: []
    )
  }

  /// A threshold as a scenario's reader makes it.
  static func threshold(
    _ metric: String,
    _ comparison: Threshold.Comparison,
    _ bound: Double,
    variant: String? = nil,
    client: String? = nil
  ) -> Threshold {
    Threshold(
      text: "\(metric) \(comparison.rawValue) \(bound)",
      variant: variant,
      client: client,
      metric: metric,
      comparison: comparison,
      bound: bound,
      mark: SourceMark(file: "scenario.yaml", line: 30, column: 5)
    )
  }

  /// An estimate with the given bounds.
  static func estimate(
    _ metric: String,
    low: Double,
    high: Double,
    client: String? = "shoppers",
    count: Int = 10
  ) -> MetricEstimate {
    let interval = ConfidenceInterval(
      mean: (low + high) / 2,
      low: low,
      high: high,
      confidence: 0.95,
      count: count,
      standardDeviation: 1
    )
    return MetricEstimate(
      client: client,
      metric: metric,
      values: [],
      interval: interval,
      difference: nil
    )
  }
}
