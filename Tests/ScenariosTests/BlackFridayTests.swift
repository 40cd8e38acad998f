import ClusterSimulator
import Foundation
import KubernetesManifests
import Scenarios
import SimKernel
import TestSupport
import Testing

/// The shipped headline scenario, held field by field against what its files say.
@Suite("Black Friday is lowered as its files say")
struct BlackFridayTests {
  static func load(_ overrides: [String] = []) throws -> Scenario {
    let path = Repository.url("Scenarios/black-friday/scenario.yaml").path
    return try ScenarioLoader.load(path: path, overrides: overrides)
  }

  private static func plan(_ variant: String) throws -> SimulationPlan {
    try #require(try load().variants.first { $0.name == variant }).plan
  }

  @Test("the run and what surrounds it")
  func run() throws {
    let scenario = try Self.load()
    #expect(scenario.name == "black-friday")
    #expect(scenario.variants.map(\.name) == ["hardcoded-ip", "service", "long-lived"])
    #expect(scenario.run.seed == 1)
    #expect(scenario.run.replications == 10)
    #expect(scenario.run.confidence == 0.95)
    #expect(scenario.tables.count == 12)
    #expect(scenario.remarks.isEmpty)
    #expect(scenario.inputs.first?.path == "scenario.yaml")
    #expect(scenario.inputs.map(\.path).contains("manifests/20-backend.yaml"))
    #expect(scenario.thresholds.map(\.metric) == ["availability", "outage", "latency_p50"])
    #expect(scenario.thresholds.map(\.bound) == [0.99, 600, 2_000])
    #expect(scenario.thresholds.allSatisfy { $0.variant == "service" && $0.client == nil })
    #expect(scenario.sweep.first == SweepAxis(path: "hpa.maxReplicas", values: ["20", "40", "80"]))
  }

  @Test("nodes, zones and addresses")
  func cluster() throws {
    let plan = try Self.plan("service")
    #expect(plan.horizon == .hours(4))
    #expect(plan.window == .seconds(10))
    #expect(plan.objectivePPM == 990_000)
    #expect(plan.cluster.nodes.map(\.name) == (1...12).map { "node-\($0)" })
    #expect(plan.cluster.nodes.prefix(4).map(\.zone) == ["zone-a", "zone-b", "zone-c", "zone-a"])
    #expect(plan.cluster.nodes.allSatisfy { $0.allocatableMilliCPU == 8_000 })
    #expect(
      plan.cluster.nodes.map { $0.allocatableMemory >> 30 } == [64]
        + Array(repeating: 32, count: 11)
    )
    // 10.244.0.0 and 10.244.2.0
    #expect(plan.cluster.nodes[0].podCIDR == 10 << 24 | 244 << 16)
    #expect(plan.cluster.nodes[2].podCIDR == 10 << 24 | 244 << 16 | 2 << 8)
    #expect(plan.cluster.nodes[2].podAddresses == 253)
    #expect(plan.cluster.reusesAddresses)
    #expect(plan.cluster.kubeProxy.mode == .iptables)
  }

  @Test("workloads in the order of the files")
  func workloads() throws {
    let plan = try Self.plan("service")
    #expect(
      plan.workloads.map(\.name) == [
        "shop/postgres", "shop/backend", "shop/frontend", "shop/recommendations",
      ]
    )
    #expect(plan.workloads.map(\.replicas) == [1, 12, 10, 4])
    #expect(plan.workloads.map(\.milliCPURequest) == [2_000, 500, 500, 250])
    #expect(plan.workloads.map(\.milliCPULimit) == [4_000, 1_000, 2_000, 0])
    #expect(plan.workloads.map(\.server.port) == [5_432, 8_080, 8_080, 9_090])
    #expect(plan.workloads[0].kind == .statefulSet)
    // Only node-1 has room for the database.
    #expect(plan.workloads[0].memoryRequest == 48 << 30)
    #expect(plan.workloads[0].database == DatabasePlan(maxConnections: 900))
    #expect(plan.workloads.dropFirst().allSatisfy { $0.database == nil })
    #expect(plan.workloads.allSatisfy { $0.livenessProbe == nil })
  }

  @Test("the backend and its transaction")
  func backend() throws {
    let backend = try Self.plan("service").workloads[1]
    #expect(backend.server.concurrency == 32)
    #expect(backend.server.backlog == 128)
    #expect(backend.server.cpu == .milliseconds(60))
    #expect(backend.server.startup == .deterministic(60))
    let transaction = try #require(backend.server.transaction)
    #expect(transaction.database == 0)
    #expect(transaction.poolSize == 10)
    #expect(transaction.acquireTimeout == .seconds(1))
    #expect(transaction.duration == .lognormal(mean: 0.6, sigma: 0.6))
    var probe = ProbePlan()
    probe.handler = .httpGet
    probe.period = .seconds(5)
    #expect(backend.readinessProbe == probe)
  }

  @Test("the call that the variants differ in")
  func call() throws {
    for (variant, routing, connection) in [
      ("hardcoded-ip", Routing.hardcodedIP(capturedAt: .zero), ConnectionPolicy.perRequest),
      ("service", .dns, .perRequest),
      ("long-lived", .dns, .http2(connections: 20, maxAge: .minutes(15))),
    ] {
      let plan = try Self.plan(variant)
      let call = try #require(plan.workloads[2].server.calls.first)
      #expect(plan.services[call.service].name == "shop/backend")
      #expect(call.routing == routing)
      #expect(call.connection == connection)
      #expect(call.timeout == .seconds(2))
      #expect(call.retry.attempts == 3)
      #expect(call.retry.base == .milliseconds(100))
      #expect(call.retry.jitter == .full)
    }
  }

  @Test("the autoscaler: scale-down disabled, scale-up as the API fills it in")
  func autoscaler() throws {
    let plan = try Self.plan("service")
    let autoscaler = try #require(plan.autoscalers.first)
    #expect(plan.autoscalers.count == 1)
    #expect(autoscaler.workload == 1)
    #expect(autoscaler.minReplicas == 12)
    #expect(autoscaler.maxReplicas == 80)
    #expect(autoscaler.metrics == [.cpu(percent: 60)])
    #expect(autoscaler.behavior?.up == .defaultUp)
    #expect(autoscaler.behavior?.down.select == .disabled)
  }

  @Test("shoppers and what they are worth")
  func shoppers() throws {
    let plan = try Self.plan("service")
    let shoppers = try #require(plan.clients.first)
    #expect(shoppers.name == "shoppers")
    #expect(shoppers.valueMicros == 4_600_000)
    #expect(shoppers.currency == "USD")
    #expect(shoppers.call.timeout == .seconds(8))
    #expect(shoppers.call.routing == .ingress)
    #expect(plan.services[shoppers.call.service].name == "shop/frontend")
    guard case .poisson(let profile) = shoppers.arrivals else {
      Issue.record("not a Poisson process")
      return
    }
    #expect(profile.points.map(\.time) == [0, 30, 31, 210, 211].map { .minutes($0) })
    #expect(profile.points.map(\.rate) == [50, 50, 300, 300, 50])
  }

  @Test("what goes wrong")
  func faults() throws {
    #expect(
      try Self.plan("service").faults == [
        .nodeLoss(node: 2, at: .minutes(65), duration: .minutes(20), emptyDisk: true),
        .scale(workload: 3, at: .minutes(90), replicas: 16),
      ]
    )
  }

  @Test("scenarios are shipped")
  func areShipped() {
    #expect(Self.shipped.contains("Scenarios/theory-mm1/scenario.yaml"))
    #expect(Self.shipped.contains("Scenarios/black-friday/ablations/hpa-off.yaml"))
  }

  /// What scenarios are warned of because it is what they are about.
  private static let intended = [
    "Scenarios/incident-selector-mismatch/scenario.yaml": [
      "Service 'shop/checkout-service' selects no pods: 'app=checkout,tier=api-backend'"
    ]
  ]

  @Test("every shipped scenario is valid and without warnings", arguments: shipped)
  func isValid(_ path: String) throws {
    let scenario = try ScenarioLoader.load(path: Repository.url(path).path)
    let faults = Self.intended[path] ?? []
    #expect(scenario.remarks.filter { $0.severity != .note }.map(\.message) == faults)
    #expect(scenario.variants.isEmpty == false)
  }

  /// All scenario files: `scenario.yaml` of every folder, and the ablations.
  static let shipped: [String] = Repository.files(below: "Scenarios").filter { path in
    path.hasSuffix("/scenario.yaml") || path.contains("/ablations/")
  }

  @Test("ablations change what they say and nothing else")
  func ablations() throws {
    func load(_ name: String) throws -> Scenario {
      let path = "Scenarios/black-friday/ablations/\(name).yaml"
      return try ScenarioLoader.load(path: Repository.url(path).path)
    }
    let noRetries = try load("no-retries").variants
    #expect(noRetries.allSatisfy { $0.plan.workloads[2].server.calls[0].retry.attempts == 1 })
    #expect(try load("hpa-off").variants.allSatisfy { $0.plan.autoscalers.isEmpty })
    let liveness = try load("liveness-on").variants
    #expect(liveness.allSatisfy { $0.plan.workloads[1].livenessProbe?.period == .seconds(10) })
    #expect(liveness.allSatisfy { $0.plan.workloads[2].livenessProbe == nil })
    let trap = try load("scale-down-and-liveness").variants
    #expect(trap.allSatisfy { $0.plan.autoscalers[0].behavior == nil })
    let database = try load("database-unlimited").variants
    #expect(database.allSatisfy { $0.plan.workloads[0].database?.maxConnections == .max })
    #expect(
      try load("no-address-reuse").variants.allSatisfy { !$0.plan.cluster.reusesAddresses }
    )
    #expect(
      try load("http2-unlimited-age").variants[2].plan.workloads[2].server.calls[0].connection
        == .http2(connections: 20, maxAge: .forever)
    )
  }
}
