import ClusterSimulator
import KubernetesManifests
import Scenarios
import SimKernel
import Testing

@Suite("Fields reach the plan")
struct LoweringTests {
  private func plan(_ overrides: [String]) throws -> SimulationPlan {
    try Shop.load(overrides: overrides).variants[1].plan
  }

  @Test(
    "laws of service times",
    arguments: [
      ("20ms", Distribution.deterministic(0.02)),
      ("{deterministic: 20ms}", .deterministic(0.02)),
      ("{exponential: {mean: 1s}}", .exponential(mean: 1)),
      ("{normal: {mean: 1s, sd: 200ms}}", .normal(mean: 1, standardDeviation: 0.2)),
      ("{lognormal: {mean: 600ms, sigma: 0.6}}", .lognormal(mean: 0.6, sigma: 0.6)),
      ("{gamma: {mean: 1s, shape: 2}}", .gamma(mean: 1, shape: 2)),
      ("{weibull: {shape: 1.5, scale: 2s}}", .weibull(shape: 1.5, scale: 2)),
      ("{pareto: {minimum: 10ms, alpha: 2.5}}", .pareto(minimum: 0.01, alpha: 2.5)),
      ("{uniform: {low: 0s, high: 2s}}", .uniform(low: 0, high: 2)),
      ("{empirical: [1s, 2s, 4s]}", .empirical([1, 2, 4])),
    ]
  )
  func distributions(_ text: String, _ expected: Distribution) throws {
    let plan = try plan(["workloads.web.serviceTime=\(text)"])
    #expect(plan.workloads[0].server.serviceTime == expected)
  }

  /// A symmetric beta law on 0 … 2 s has its median and mean at 1 s; a Gumbel law has
  /// exp(−exp(−0)) = 36.8 % of its mass below its mode.
  @Test("laws that are tabulated before the run")
  func tabulatedLaws() throws {
    let beta = try plan(["workloads.web.serviceTime={beta: {alpha: 3, beta: 3, max: 2s}}"])
    guard case .inverseTable(let quantiles) = beta.workloads[0].server.serviceTime else {
      Issue.record("a beta law becomes a table of quantiles")
      return
    }
    #expect(quantiles.first == 0)
    #expect(quantiles.last == 2)
    #expect(abs(quantiles[quantiles.count / 2] - 1) < 1e-9)
    let gumbel = try plan(["workloads.web.serviceTime={gumbel: {mode: 100ms, scale: 20ms}}"])
    guard case .inverseTable(let tail) = gumbel.workloads[0].server.serviceTime else {
      Issue.record("a Gumbel law becomes a table of quantiles")
      return
    }
    let below = tail.filter { $0 < 0.1 }.count
    #expect(abs(Double(below) / Double(tail.count) - 0.3679) < 0.002)
  }

  @Test(
    "connections and routing",
    arguments: [
      ("connection=perRequest", ConnectionPolicy.perRequest),
      ("connection=http2", .http2(connections: 1, maxAge: .forever)),
      (
        "connection={http1: {size: 4, maxAge: 1m, idleTimeout: 5s, closeOnTimeout: false}}",
        .http1(size: 4, maxAge: .minutes(1), idleTimeout: .seconds(5), closeOnTimeout: false)
      ),
      (
        "connection={http1: }",
        .http1(size: 32, maxAge: .forever, idleTimeout: .seconds(90), closeOnTimeout: true)
      ),
    ]
  )
  func connections(_ text: String, _ expected: ConnectionPolicy) throws {
    let plan = try plan(["workloads.web.calls.api.\(text)"])
    #expect(plan.workloads[0].server.calls[0].connection == expected)
  }

  @Test("routing by bare name and with its fields")
  func routing() throws {
    for (text, expected) in [
      ("hardcodedIP", Routing.hardcodedIP(capturedAt: .zero)),
      ("{hardcodedIP: {capturedAt: 5m}}", .hardcodedIP(capturedAt: .minutes(5))),
      ("dns", .dns), ("ingress", .ingress),
    ] {
      let plan = try plan(["workloads.web.calls.api.routing=\(text)"])
      #expect(plan.workloads[0].server.calls[0].routing == expected)
    }
  }

  @Test(
    "every spelling of a Service's name",
    arguments: [
      "http://api", "http://api.shop", "http://api.shop.svc", "api.shop", "http://api.shop:80/x?y",
      "http://api.shop.svc.cluster.local", "http://api.shop.svc.cluster.local./orders",
    ]
  )
  func serviceNames(_ target: String) throws {
    let plan = try plan(["workloads.web.calls.api.target=\(target)"])
    #expect(plan.services[plan.workloads[0].server.calls[0].service].name == "shop/api")
  }

  @Test("a database by workload name, by Service, and with a port")
  func databases() throws {
    for target in ["db", "statefulset/db", "postgres://db.shop", "http://db:5432"] {
      let plan = try plan(["workloads.api.database.target=\(target)"])
      let transaction = try #require(plan.workloads[1].server.transaction)
      #expect(transaction.database == 2)
      #expect(transaction.poolSize == 10)
      #expect(transaction.acquireTimeout == .seconds(30))
    }
  }

  @Test("the cluster's delays, one by one")
  func cluster() throws {
    let plan = try plan([
      "cluster.controlPlane={endpointSliceDelay: 1s, schedulingDelay: [2s, 3s], kubeAPIQPS: 4, "
        + "kubeAPIBurst: 5, hpaSyncPeriod: 6s, hpaTolerance: 0.07, "
        + "hpaDownscaleStabilization: 8s, hpaCPUInitializationPeriod: 9s, "
        + "hpaInitialReadinessDelay: 10s, metricResolution: 11s, nodeMonitorPeriod: 12s, "
        + "nodeMonitorGracePeriod: 13s, leaseRenewInterval: 14s, unreachableToleration: 15s}",
      "cluster.kubelet={watchDelay: 1s, imagePull: 2s, sandbox: 3s, containerStart: 4s, "
        + "relistPeriod: 5s, statusDelay: 6s, immediateReprobe: false}",
      "cluster.ingress={minSyncPeriod: 1s, round: [2s, 3s], connectTries: 4}",
      "cluster.kubeProxy={mode: nftables, round: 5s}",
      "cluster.nodes=[{name: a, zone: z, cpu: 2, memory: 1Gi, pods: 9}, {name: b}, {name: node-2}]",
    ])
    let control = plan.cluster.controlPlane
    #expect(control.endpointSliceDelay == UniformDelay(.seconds(1), .seconds(1)))
    #expect(control.schedulingDelay == UniformDelay(.seconds(2), .seconds(3)))
    #expect([control.replicaSetQPS, control.replicaSetBurst] == [4, 5])
    #expect(
      [
        control.hpaSyncPeriod, control.metricsResolution, control.nodeMonitorPeriod,
        control.nodeMonitorGracePeriod, control.leaseRenewInterval, control.unreachableToleration,
      ] == [6, 11, 12, 13, 14, 15].map { .seconds($0) }
    )
    #expect(plan.autoscalers[0].tolerancePPM == 70_000)
    #expect(plan.autoscalers[0].downscaleStabilization == .seconds(8))
    #expect(plan.autoscalers[0].cpuInitializationPeriod == .seconds(9))
    #expect(plan.autoscalers[0].initialReadinessDelay == .seconds(10))
    let kubelet = plan.cluster.kubelet
    #expect(
      [
        kubelet.watchDelay, kubelet.imagePull, kubelet.sandbox, kubelet.containerStart,
        kubelet.statusDelay,
      ].map(\.high) == [1, 2, 3, 4, 6].map { .seconds($0) }
    )
    #expect(kubelet.relistPeriod == .seconds(5))
    #expect(!kubelet.immediateReprobe)
    #expect(plan.cluster.ingress.minSyncPeriod == .seconds(1))
    #expect(plan.cluster.ingress.round == UniformDelay(.seconds(2), .seconds(3)))
    #expect(plan.cluster.ingress.connectTries == 4)
    #expect(plan.cluster.kubeProxy.mode == .nftables)
    #expect(plan.cluster.kubeProxy.minSyncPeriod == .seconds(1))
    let node = plan.cluster.nodes[0]
    #expect([node.name, node.zone] == ["a", "z"])
    #expect(
      [node.allocatableMilliCPU, node.allocatableMemory, node.maxPods] == [2_000, 1 << 30, 9]
    )
    #expect(plan.cluster.nodes[1].allocatableMilliCPU == 4_000)
    #expect(
      plan.faults == [
        .nodeLoss(node: 2, at: .minutes(10), duration: .minutes(5), emptyDisk: false)
      ]
    )
  }

  @Test("defaults of the file are those of the plan: nothing is said twice differently")
  func defaults() throws {
    let plan = try plan([])
    let bare = ClusterPlan(nodes: [])
    #expect(String(reflecting: plan.cluster.kubeProxy) == String(reflecting: bare.kubeProxy))
    #expect(String(reflecting: plan.cluster.ingress) == String(reflecting: bare.ingress))
    #expect(String(reflecting: plan.cluster.controlPlane) == String(reflecting: bare.controlPlane))
    #expect(String(reflecting: plan.cluster.kubelet) == String(reflecting: bare.kubelet))
    #expect(plan.cluster.reusesAddresses == bare.reusesAddresses)
    #expect(plan.clients[0].call.retry == RetryPlan())
    #expect(plan.workloads[0].server.probeTime == ServerPlan(concurrency: 1, backlog: 1).probeTime)
  }

  @Test(
    "thresholds: who, what and in which unit",
    arguments: [
      ("availability >= 99.9%", nil, nil, "availability", 0.999),
      ("users: availability_ratio > 0.5", nil, "users", "availability", 0.5),
      ("fast: users: latency_p99 < 3s", "fast", "users", "latency_p99", 3_000),
      ("slow: outage <= 2m", "slow", nil, "outage", 120),
      ("lost_revenue < 1000 USD", nil, nil, "lost_revenue", 1_000),
      ("idle_pods <= 3", nil, nil, "idle_pods", 3),
    ] as [(String, String?, String?, String, Double)]
  )
  func thresholds(
    _ text: String,
    _ variant: String?,
    _ client: String?,
    _ metric: String,
    _ bound: Double
  ) throws {
    let scenario = try Shop.load(overrides: ["thresholds=[\"\(text)\"]"])
    let threshold = try #require(scenario.thresholds.first)
    #expect(threshold.text == text)
    #expect(threshold.variant == variant)
    #expect(threshold.client == client)
    #expect(threshold.metric == metric)
    #expect(threshold.bound == bound)
    #expect(text.contains(" \(threshold.comparison.rawValue) "))
  }

  @Test("sweep values come back as --set would say them")
  func sweep() throws {
    let text = Shop.scenario.replacing(
      "thresholds:",
      with: "sweep: {hpa.maxReplicas: [4, 8], workloads.web.serviceTime: "
        + "[10ms, {exponential: {mean: 1s}}], metadata.name: [\"7\"]}\n  thresholds:"
    )
    let axes = try Shop.load(text).sweep
    #expect(axes.map(\.values) == [["4", "8"], ["10ms", "{exponential: {mean: 1s}}"], ["\"7\""]])
    for axis in axes {
      for value in axis.values {
        #expect(try Shop.errors(text, overrides: ["\(axis.path)=\(value)"]) == [])
      }
    }
  }

  @Test("a scenario without variants has one, named default")
  func noVariants() throws {
    let text = Shop.scenario.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("workloads.web") && !$0.contains("variants:") && !$0.contains("fast") }
      .joined(separator: "\n")
    #expect(try Shop.load(text).variants.map(\.name) == ["default"])
  }
}
