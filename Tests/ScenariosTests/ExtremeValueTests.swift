import ClusterSimulator
import KubernetesManifests
import Scenarios
import SimKernel
import Testing

/// A field of the manifests of `Shop` and values that its reader takes.
struct ManifestExtreme: Sendable, CustomTestStringConvertible {
  var path: String
  var values: [String]
  /// What else must be there.
  var room: [String] = []

  var testDescription: String { path }

  private static let largest = "2147483647"
  private static let web = "manifests.deployment.web.spec"
  private static let container = web + ".template.spec.containers.web"

  static let all = workload + resources + probes + services + autoscaler

  private static let workload = [
    ManifestExtreme(path: web + ".replicas", values: ["0", "3000", largest]),
    ManifestExtreme(path: "manifests.sts.db.spec.replicas", values: ["0", "3000", largest]),
    ManifestExtreme(
      path: web + ".minReadySeconds",
      values: [largest],
      room: [
        web + ".progressDeadlineSeconds=2147483647"
      ]
    ),
    ManifestExtreme(
      path: web + ".strategy",
      values: ["{rollingUpdate: {maxSurge: 2147483647%, maxUnavailable: 2147483647}}"]
    ),
    ManifestExtreme(
      path: web + ".template.spec.terminationGracePeriodSeconds",
      values: ["0", largest]
    ),
    ManifestExtreme(
      path: container + ".lifecycle.preStop.sleep.seconds",
      values: ["0", largest],
      room: [web + ".template.spec.terminationGracePeriodSeconds=2147483647"]
    ),
    ManifestExtreme(
      path: container + ".lifecycle.preStop.exec.command",
      values: ["[sleep, '2147483647']", "[sleep, '2147483648']", "[sleep, '-1']"]
    ),
    ManifestExtreme(path: container + ".ports[0].containerPort", values: ["1", "65535"]),
  ]

  private static let resources = ["requests.cpu", "requests.memory", "limits"].map { name in
    let isList = name == "limits"
    let values = ["0", "1n", "1m", "1024", "32Ti", "8Pi", "9007199254740993", "1e-9"]
    return ManifestExtreme(
      path: container + ".resources." + name,
      values: isList ? values.map { "{cpu: \($0), memory: \($0)}" } : values,
      room: ["hpa=null"]
    )
  }

  private static let probes = ["readiness", "liveness", "startup"].flatMap { role in
    let most = role == "readiness" ? largest : "1"
    return [
      "initialDelaySeconds: \(largest)", "periodSeconds: 0", "periodSeconds: \(largest)",
      "timeoutSeconds: \(largest)", "successThreshold: \(most)", "failureThreshold: \(largest)",
      "initialDelaySeconds: 1, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 1",
    ].map { field in
      ManifestExtreme(
        path: container + ".\(role)Probe",
        values: ["{httpGet: {port: 8080}, \(field)}", "{tcpSocket: {port: 65535}, \(field)}"],
        room: ["workloads.web.probes.separatePort=false"]
      )
    }
  }

  private static let services = [
    ManifestExtreme(
      path: "manifests.svc.web.spec.ports[0].port",
      values: ["65535"],
      room: [
        "traffic.users.target=http://web.shop:65535"
      ]
    ),
    ManifestExtreme(path: "manifests.svc.web.spec.ports[0].targetPort", values: ["1", "65535"]),
    ManifestExtreme(
      path: "manifests.svc.web.spec",
      values: [
        "{type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 32767}]}",
        "{selector: {app: web}, ports: [{port: 80}], sessionAffinity: ClientIP, "
          + "sessionAffinityConfig: {clientIP: {timeoutSeconds: 86400}}}",
      ]
    ),
  ]

  private static func policies(_ kind: String) -> String {
    "{stabilizationWindowSeconds: 3600, policies: [{type: \(kind), value: 2147483647, "
      + "periodSeconds: 1800}, {type: \(kind), value: 1, periodSeconds: 1}]}"
  }

  private static let autoscaler = [
    ManifestExtreme(
      path: "hpa.minReplicas",
      values: ["1", "1000", largest],
      room: [
        "hpa.maxReplicas=2147483647"
      ]
    ),
    ManifestExtreme(path: "hpa.maxReplicas", values: ["3", "99990", largest]),
    ManifestExtreme(
      path: "hpa.metrics",
      values: ["1", largest].map { percent in
        "[{type: Resource, resource: {name: cpu, target: {type: Utilization, "
          + "averageUtilization: \(percent)}}}]"
      }
    ),
    ManifestExtreme(
      path: "hpa.behavior",
      values: ["Pods", "Percent"].map { kind in
        "{scaleUp: \(policies(kind)), scaleDown: \(policies(kind))}"
      }
    ),
  ]
}

@Suite("Whatever the readers take, the engine can run")
struct ExtremeValueTests {
  /// Many controllers' periods within the little time that is simulated.
  private static let hasty = [
    "run.duration=2s", "run.window=500ms", "run.replications=1", "thresholds=[]",
    "cluster.controlPlane.hpaSyncPeriod=100ms", "cluster.controlPlane.metricResolution=100ms",
    "faults[0]={at: 1s, podKill: {workload: web, count: 1}}",
  ]

  /// Loads the shop with overrides and runs what comes out; true when there was something to run.
  private func run(_ overrides: [String]) throws -> Bool {
    let scenario: Scenario
    do {
      scenario = try Shop.load(overrides: Self.hasty + overrides)
    } catch let error as InvalidInput {
      let errors = error.diagnostics.filter { $0.severity == .error }
      #expect(!errors.isEmpty && errors.allSatisfy { $0.mark != nil }, "\(errors)")
      return false
    }
    let requests = scenario.variants.map { Self.attempts(in: $0.plan) }.reduce(0, +)
    #expect(requests * Double(scenario.run.replications) <= 1e10)
    for var plan in scenario.variants.prefix(1).map(\.plan) {
      let rate = Self.rate(of: plan)
      plan.horizon = min(plan.horizon, .nanoseconds(Int64(2e9 * min(1, 100 / max(rate, 100)))))
      plan.warmUp = .zero
      let result = Simulation(plan: plan, seed: 1, replication: 1).run()
      let client = result.clients[0]
      #expect(client.offered == client.outcomes.reduce(0, +) + client.inFlight)
    }
    return true
  }

  /// The highest rate of the only group.
  private static func rate(of plan: SimulationPlan) -> Double {
    switch plan.clients[0].arrivals {
    case .poisson(let profile), .deterministic(let profile):
      profile.points.map(\.rate).max() ?? 0
    }
  }

  /// At most one chain of calls stands behind a user of the shop: web, then api.
  private static func attempts(in plan: SimulationPlan) -> Double {
    let points: [RateProfile.Point]
    switch plan.clients[0].arrivals {
    case .poisson(let profile), .deterministic(let profile): points = profile.points
    }
    // Of several points only the last one holds to the end; what lies before it counts as well.
    let last = points.last ?? RateProfile.Point(time: .zero, rate: 0)
    let users = last.rate * max(0, (plan.horizon - last.time).seconds)
    let tries = Double(plan.clients[0].call.retry.attempts)
    let calls = plan.workloads.flatMap(\.server.calls).map { Double($0.retry.attempts) }
    return users * tries * (1 + calls.reduce(0, +))
  }

  @Test("the ends of every field's range, and odd spellings within it", arguments: NumericField.all)
  func fields(_ field: NumericField) throws {
    let odd = HostileValue.all.filter { $0.isValue(of: field.type) && $0.text.count < 40 }
    for text in field.extremes + odd.map(\.text) { _ = try run(field.overrides(text)) }
  }

  @Test("most extremes are good enough for a run")
  func coverage() throws {
    let fields = NumericField.all.enumerated().filter { $0.offset % 10 == 0 }.map(\.element)
    let runs = try fields.flatMap { field in
      try field.extremes.map { try run(field.overrides($0)) }
    }
    #expect(runs.count { $0 } * 2 > runs.count)
  }

  @Test("the ends of what manifests may say", arguments: ManifestExtreme.all)
  func manifests(_ extreme: ManifestExtreme) throws {
    for value in extreme.values { _ = try run(extreme.room + ["\(extreme.path)=\(value)"]) }
  }

  @Test(
    "a million million requests are refused with their number",
    arguments: [
      // 10^6 a second over 31 days, for two variants of ten replications, each with its call.
      (["run.duration=744h", "traffic[0].arrivals={poisson: 1e6/s}"], "about 1.1e14"),
      // 10^12 in all: 10^6 a second over 10^6 s, one variant and one replication, no calls.
      (
        [
          "run={duration: 277h46m40s, replications: 1, window: 10m}", "variants=null",
          "thresholds=[]", "workloads.web.calls=null", "traffic[0].arrivals={poisson: 1e6/s}",
        ], "about 1e12"
      ),
    ]
  )
  func tooManyRequests(_ overrides: [String], _ estimate: String) throws {
    #expect(
      try Shop.errors(overrides: overrides) == [
        "20:5 \(estimate) attempts are too many | at most 1e10 over all variants and "
          + "replications: lower rates, run.duration, run.replications or retries"
      ]
    )
  }
}
