import KubernetesManifests
import Testing

@Suite struct ManifestSetTests {
  @Test func deploymentFieldsAndDefaults() throws {
    let (set, diagnostics) = Fixtures.read(Fixtures.deployment)
    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.rendered))")
    let deployment = try #require(set.deployments.first)
    #expect(deployment.metadata.qualifiedName == "shop/backend")
    #expect(
      deployment.replicas == Located(3, at: SourceMark(file: "m.yaml", line: 10, column: 13))
    )
    #expect(deployment.strategy == .rollingUpdate(maxSurge: .count(1), maxUnavailable: .count(0)))
    #expect(deployment.template.terminationGracePeriodSeconds == 45)
    let server = try #require(deployment.template.containers.first)
    #expect(server.resources.cpuRequest?.milliValue == 500)
    #expect(server.resources.cpuLimit?.milliValue == 1000)
    #expect(server.resources.memoryLimit?.value == 536_870_912)
    #expect(server.environment.map(\.name.value) == ["PORT"])
    #expect(server.preStop == .sleep(seconds: 10))
    let readiness = try #require(server.readinessProbe)
    #expect(readiness.handler == .httpGet(path: "/ready", port: .name("http")))
    #expect(
      [
        readiness.initialDelaySeconds, readiness.periodSeconds, readiness.timeoutSeconds,
        readiness.successThreshold, readiness.failureThreshold,
      ] == [0, 5, 1, 1, 3]
    )
    #expect(server.portNumber(.name("http")) == 8080)
    #expect(server.livenessProbe?.periodSeconds == 10)
    #expect(server.livenessProbe?.failureThreshold == 5)
  }

  @Test func serviceFieldsAndDefaults() throws {
    let (set, diagnostics) = Fixtures.read(Fixtures.service)
    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.rendered))")
    let service = try #require(set.services.first)
    #expect(service.type == .nodePort)
    #expect(service.ports.map(\.targetPort) == [.name("http"), .number(81)])
    #expect(service.ports.map(\.nodePort) == [30080, nil])
    #expect(service.ports.map(\.protocol) == [.tcp, .tcp])
    #expect(service.sessionAffinity == .none)
    #expect(!service.publishNotReadyAddresses && !service.isHeadless)
  }

  @Test func autoscalerFieldsAndDefaults() throws {
    let (set, diagnostics) = Fixtures.read(Fixtures.autoscaler)
    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.rendered))")
    let autoscaler = try #require(set.autoscalers.first)
    #expect(autoscaler.minReplicas.value == 12 && autoscaler.maxReplicas.value == 80)
    guard case .utilization(let percent) = autoscaler.metricSpecs.first?.target else {
      Issue.record("expected a CPU metric")
      return
    }
    #expect(percent == 60)
    let behavior = try #require(autoscaler.behavior)
    #expect(behavior.scaleDown.selectPolicy == .disabled)
    #expect(behavior.scaleDown.stabilizationWindowSeconds == 120)
    #expect(behavior.scaleDown.policies == AutoscalerBehavior.defaultDown.policies)
    #expect(behavior.scaleUp.stabilizationWindowSeconds == 0)
    #expect(
      behavior.scaleUp.policies
        == [AutoscalerBehavior.Policy(type: .percent, value: 50, periodSeconds: 30)]
    )
  }

  @Test func statefulSetFieldsAndDefaults() throws {
    let (set, diagnostics) = Fixtures.read(Fixtures.statefulSet)
    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.rendered))")
    let orders = try #require(set.statefulSets.first)
    #expect(orders.metadata.qualifiedName == "default/orders")
    #expect(orders.replicas.value == 1)
    #expect(orders.serviceName?.value == "orders")
    #expect(orders.podManagementPolicy == .orderedReady)
    #expect(orders.template.terminationGracePeriodSeconds == 30)
    #expect(orders.template.containers.first?.readinessProbe == nil)
  }

  @Test func listsAreUnfolded() {
    let item = Fixtures.service.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    let text = "apiVersion: v1\nkind: List\nitems:\n  -\n" + item + "\n"
    let (set, diagnostics) = Fixtures.read(text)
    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.rendered))")
    #expect(set.services.count == 1)
  }

  @Test func otherKindsAreListedNotDropped() {
    let text = """
      {apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {a: b}}
      ---
      {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: backend}}
      ---
      {apiVersion: serving.knative.dev/v1, kind: Service, metadata: {name: fn}}
      """
    let (set, diagnostics) = Fixtures.read(text)
    #expect(
      set.ignored.map(\.message) == [
        "not simulated yet: kind NetworkPolicy name backend",
        "not simulated yet: kind Service name fn",
      ]
    )
    #expect(set.ignored.map(\.severity) == [.warning, .note])
    #expect(diagnostics == set.ignored)
  }

  @Test func legalButUnusedFieldsReadWithoutError() {
    let (set, diagnostics) = Fixtures.read(RealisticManifest.text)
    let errors = diagnostics.filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(errors.map(\.rendered))")
    #expect(set.deployments.count == 1 && set.services.count == 1 && set.autoscalers.count == 1)
    #expect(diagnostics.filter { $0.severity == .warning }.isEmpty)
    let hook = set.deployments.first?.template.containers.first?.preStop
    #expect(hook == .sleep(seconds: 15))
  }

  @Test(arguments: [
    ("{matchLabels: {app: backend}}", true), ("{matchLabels: {app: b}}", false),
    ("{matchExpressions: [{key: app, operator: In, values: [x, backend]}]}", true),
    ("{matchExpressions: [{key: app, operator: NotIn, values: [x]}]}", true),
    ("{matchExpressions: [{key: none, operator: NotIn, values: [x]}]}", true),
    ("{matchExpressions: [{key: none, operator: In, values: [x]}]}", false),
    ("{matchExpressions: [{key: tier, operator: Exists}]}", true),
    ("{matchExpressions: [{key: tier, operator: DoesNotExist}]}", false),
    ("{matchLabels: {app: backend}, matchExpressions: [{key: q, operator: Exists}]}", false),
  ])
  func selectors(_ selector: String, _ matches: Bool) {
    let text = Fixtures.deployment.replacing(
      "selector:\n    matchLabels: {app: backend}",
      with: "selector: \(selector)"
    )
    let mismatches = Fixtures.read(text).diagnostics.filter {
      $0.message.contains("does not match")
    }
    #expect(mismatches.isEmpty == matches)
  }

  @Test(arguments: [
    ("[sleep, \"10\"]", 10), ("[/bin/sleep, 7s]", 7), ("[sh, -c, sleep 3]", 3),
    ("[/bin/bash, -c, \"sleep 20\"]", 20),
  ])
  func execSleepIsRecognised(_ command: String, _ seconds: Int) {
    let text = Fixtures.deployment.replacing(
      "sleep: {seconds: 10}",
      with: "exec: {command: \(command)}"
    )
    let (set, diagnostics) = Fixtures.read(text)
    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.rendered))")
    #expect(set.deployments.first?.template.containers.first?.preStop == .sleep(seconds: seconds))
  }

  @Test func aRequestDefaultsToItsLimit() {
    let text = Fixtures.deployment.replacing(
      "requests: {cpu: 500m, memory: 256Mi}",
      with: "claims: []"
    )
    let resources = Fixtures.read(text).set.deployments.first?.template.containers.first?.resources
    #expect(resources?.cpuRequest?.milliValue == 1000)
    #expect(resources?.memoryRequest?.value == 536_870_912)
  }

  @Test(arguments: [
    (IntOrPercent.percent(25), 10, true, 3), (.percent(25), 10, false, 2), (.count(4), 10, true, 4),
    (.percent(0), 10, true, 0), (.percent(100), 7, false, 7),
  ])
  func percentagesScale(_ value: IntOrPercent, _ total: Int, _ up: Bool, _ expected: Int) {
    #expect(value.scaled(to: total, roundingUp: up) == expected)
  }
}
