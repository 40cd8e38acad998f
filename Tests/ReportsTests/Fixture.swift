import ClusterSimulator
import Experiments
import KubernetesManifests
import Scenarios
import SimKernel
import Statistics

/// A small result made by hand: two variants of a shop, with figures that are easy to check.
struct Fixture {
  /// Names that files may not be allowed to spoil anything with.
  var clientName = "shoppers"
  var variantNames = ["hardcoded-ip", "service"]
  var replications = 5
  var tables = [
    "summary", "timeseries", "latency", "outages", "load", "endpoints", "calls", "events", "pods",
    "views", "costs", "lookups",
  ]
  var thresholds: [Threshold] = []
  var valueMicros: Int64 = 4_600_000
  var currency = "USD"

  var result: ExperimentResult {
    let variants = variantNames.map { Variant(name: $0, plan: plan) }
    let runs = variantNames.indices.map { variant in
      (1...replications).map { run(variant: variant, replication: $0) }
    }
    var settings = RunSettings()
    settings.replications = replications
    let scenario = Scenario(
      name: "black-friday",
      run: settings,
      variants: variants,
      thresholds: thresholds,
      sweep: [],
      tables: tables,
      inputs: [InputFile(path: "scenario.yaml", sha256: String(repeating: "ab", count: 32))],
      resolved: "apiVersion: podstorm/v1\n",
      remarks: []
    )
    let results = Comparison(confidence: 0.95).results(of: variants, runs: runs)
    return ExperimentResult(
      scenario: scenario,
      variants: results,
      verdicts: thresholds.flatMap { verdicts(of: $0, in: results) }
    )
  }

  private func verdicts(
    of threshold: Threshold,
    in variants: [VariantResult]
  ) -> [ThresholdVerdict] {
    variants.filter { threshold.variant == nil || threshold.variant == $0.name }.map { variant in
      let estimate = variant.estimates.first { $0.metric == threshold.metric }
      let passes = (estimate?.interval.low ?? 0) >= threshold.bound
      return ThresholdVerdict(
        threshold: threshold,
        variant: variant.name,
        client: clientName,
        estimate: estimate,
        result: estimate == nil ? .notEnoughRuns : passes ? .pass : .fail
      )
    }
  }

  /// 100 windows of 10 s, one client, a frontend, a backend with an autoscaler and two nodes.
  var plan: SimulationPlan {
    let nodes = (1...2).map { number in
      NodePlan(
        name: "node-\(number)",
        zone: "a",
        allocatableMilliCPU: 4_000,
        allocatableMemory: 8 << 30,
        podCIDR: 0x0A_00_00_00 + UInt32(number) << 8
      )
    }
    var client = ClientPlan(
      name: clientName,
      arrivals: .poisson(RateProfile(points: [RateProfile.Point(time: .zero, rate: 10)])),
      call: CallPlan(name: "checkout", service: 0, routing: .ingress, timeout: .seconds(8))
    )
    client.valueMicros = valueMicros
    client.currency = currency
    var plan = SimulationPlan(
      name: "black-friday",
      horizon: .seconds(1_000),
      cluster: ClusterPlan(nodes: nodes),
      workloads: [
        WorkloadPlan(
          name: "shop/frontend",
          replicas: 1,
          server: ServerPlan(concurrency: 10, backlog: 5)
        ),
        WorkloadPlan(
          name: "shop/backend",
          replicas: 2,
          server: ServerPlan(concurrency: 4, backlog: 5)
        ),
      ],
      clients: [client]
    )
    plan.services = [
      ServicePlan(name: "shop/frontend", workloads: [0], targetPort: 80),
      ServicePlan(name: "shop/backend", workloads: [1], targetPort: 80),
    ]
    plan.autoscalers = [
      AutoscalerPlan(
        name: "shop/backend",
        workload: 1,
        minReplicas: 2,
        maxReplicas: 9,
        targetCPUPercent: 60
      )
    ]
    plan.bill = [
      BillItem(service: "ingress-nginx", monthlyMicros: 16_425_000, currency: "USD")
    ]
    return plan
  }
}

extension Fixture {
  /// The first variant is down from window 30 to window 80, the second for 4 windows.
  private func run(variant: Int, replication: Int) -> RunResult {
    var run = RunResult(seed: 1, replication: replication)
    var client = ClientResult()
    for index in 0..<100 {
      let isDown = index >= 30 && index < (variant == 0 ? 80 : 34)
      let window = window(isDown: isDown, replication: replication)
      client.offered += window.offered
      for outcome in window.outcomes.indices {
        client.outcomes[outcome] += Int(window.outcomes[outcome])
      }
      client.windows.append(window)
    }
    client.latency = histogram(of: client.succeeded, at: 250_000_000)
    client.causes[Int(Cause.waitingInBacklog.rawValue)] = client.offered - client.succeeded
    run.clients = [client]
    run.calls = [call(failed: client.offered - client.succeeded, of: client.offered)]
    run.pods = pods
    run.events = events
    run.workloadWindows = (0..<2).map { WorkloadWindow(workload: 1, window: $0) }
    run.podWindows = [podWindow]
    run.views = [
      ViewChange(time: .zero, viewer: .configuration(0), service: 1, addresses: [0x0A_00_01_02])
    ]
    run.fingerprint = 0xBEEF + UInt64(variant)
    return run
  }

  /// So many equal values, by doubling.
  private func histogram(of count: Int, at nanoseconds: Int64) -> LogLinearHistogram {
    var histogram = LogLinearHistogram()
    var power = LogLinearHistogram()
    power.record(nanoseconds)
    var rest = count
    while rest > 0 {
      if rest & 1 == 1 { histogram.merge(power) }
      let same = power
      power.merge(same)
      rest >>= 1
    }
    return histogram
  }

  private func window(isDown: Bool, replication: Int) -> ClientWindow {
    var window = ClientWindow()
    let failed = isDown ? 90 + replication : 0
    window.offered = 100
    window.outcomes[Int(Outcome.succeeded.rawValue)] = Int32(100 - failed)
    window.outcomes[Int(Outcome.timedOut.rawValue)] = Int32(failed)
    window.attempts = isDown ? 300 : 100
    window.p50 = 250_000_000
    window.p90 = 1_234_567_890
    window.p99 = 2_000_000_000
    return window
  }

  private func call(failed: Int, of attempts: Int) -> CallResult {
    var call = CallResult(workload: 0, client: -1, name: "backend")
    call.requests = attempts
    call.attempts = attempts
    call.ended[0] = attempts - failed
    let slot = Int(Outcome.timedOut.rawValue) * Cause.allCases.count
    call.ended[slot + Int(Cause.waitingInBacklog.rawValue)] = failed
    call.lookups.lookups = 100
    call.lookups.queries = 225
    call.lookups.denied = 25
    call.lookups.failed = 3
    call.lookups.truncated = 7
    return call
  }

  private var pods: [PodResult] {
    var busy = PodResult(
      workload: 1,
      name: "backend-6f7-abcde",
      node: 0,
      createdAt: .distantPast
    )
    busy.createdAt = .zero - .seconds(60)
    busy.address = 0x0A_00_01_02
    busy.requests = 300
    // 2 of 4 workers busy over the 1000 s of the run.
    busy.busyIntegral = 2_000 * 1_000_000_000
    busy.ready = .seconds(1_000)
    var idle = PodResult(
      workload: 1,
      name: "backend-6f7-fghij",
      node: 1,
      createdAt: .zero + .seconds(200)
    )
    idle.deletedAt = .zero + .seconds(900)
    idle.requests = 100
    idle.queueIntegral = 350 * 1_000_000_000
    idle.ready = .seconds(600)
    return [busy, idle]
  }

  private var podWindow: PodWindow {
    var window = PodWindow(pod: 0, window: 2)
    window.isRunning = true
    window.requests = 7
    window.queue = 3
    window.busy = 120 * 1_000_000_000
    return window
  }

  private var events: [ClusterEvent] {
    let at = { (seconds: Int64) in SimTime.zero + .seconds(seconds) }
    return [
      ClusterEvent(time: at(200), reason: .successfulRescale, object: 0, value: 2, previous: 1),
      ClusterEvent(time: at(200), reason: .successfulCreate, object: 1, value: 1),
      ClusterEvent(time: at(201), reason: .scheduled, object: 1, value: 1),
      ClusterEvent(time: at(290), reason: .nodeNotReady, object: 1),
      ClusterEvent(time: at(900), reason: .deleted, object: 1),
    ]
  }
}
