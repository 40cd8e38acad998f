import ClusterSimulator
import KubernetesManifests
import Scenarios
import SimKernel
import Testing

/// A change to the manifests of `Shop` and what is said about it.
struct ManifestChange: Sendable, CustomStringConvertible {
  var original: String
  var replacement: String
  /// The message without its place, and the hint behind ` | `.
  var expected: String

  init(_ original: String, _ replacement: String, _ expected: String) {
    self.original = original
    self.replacement = replacement
    self.expected = expected
  }

  var description: String { expected }
  var text: String { Shop.manifests.replacing(original, with: replacement, maxReplacements: 1) }

  static let errors: [ManifestChange] = [
    ManifestChange(
      "kind: Deployment, name: api}",
      "kind: Deployment, name: apl}",
      "there is no Deployment 'shop/apl' to scale | did you mean 'shop/api'?"
    ),
    ManifestChange(
      "kind: Deployment, name: api}",
      "kind: DaemonSet, name: db}",
      "autoscaling a DaemonSet is not simulated yet"
        + " | scaleTargetRef.kind must be Deployment or StatefulSet"
    ),
    ManifestChange(
      Shop.deployment("api", replicas: 3),
      Shop.deployment("api", replicas: 3)
        .replacing("          resources: {requests: {cpu: 100m}}\n", with: ""),
      "container 'api' has no CPU request, so autoscaler 'shop/api' cannot work"
        + " | add resources.requests.cpu"
    ),
    ManifestChange(
      "maxReplicas: 9",
      "maxReplicas: 9\n  metrics: [{type: Resource, resource: {name: memory, target: "
        + "{type: Utilization, averageUtilization: 50}}}]",
      "container 'api' has no memory request, so autoscaler 'shop/api' cannot work"
        + " | add resources.requests.memory"
    ),
    ManifestChange(
      "maxReplicas: 9",
      "maxReplicas: 200000",
      "200003 pods are too many | at most 200000"
    ),
    ManifestChange(
      "---\n" + Shop.autoscaler,
      "---\n" + Shop.autoscaler + "---\n"
        + Shop.autoscaler.replacing("name: api, namespace", with: "name: api2, namespace"),
      "'shop/deployment/api' has two autoscalers"
        + " | Kubernetes would stop both (AmbiguousSelector)"
    ),
    ManifestChange(
      "cpu: 100m}}\n",
      "cpu: 100m}}\n          readinessProbe: {httpGet: {port: htpp}}\n",
      "no port of container 'web' is named 'htpp' | did you mean 'http'?"
    ),
  ]

  static let sizes: [ManifestChange] = [
    ManifestChange(
      "cpu: 100m}}",
      "cpu: 9000000000000000}}",
      "container 'web' asks for more CPU than any node can have | at most 1024"
    ),
    ManifestChange(
      "cpu: 100m}}",
      "memory: 33Ti}}",
      "container 'web' asks for more memory than any node can have | at most 32Ti"
    ),
  ]

  static let warnings: [ManifestChange] = [
    ManifestChange(
      "selector: {app: api}\n  ports",
      "selector: {app: apii}\n  ports",
      "Service 'shop/api' selects no pods: 'app=apii' | did you mean 'app=api'?"
    ),
    ManifestChange(
      "ports: [{port: 80, targetPort: http}]",
      "ports: [{port: 80, targetPort: 9090}]",
      "Service 'shop/web' leads to port 9090, but 'shop/deployment/web' listens on 8080"
        + " | connections will be refused"
    ),
    ManifestChange(
      "ports: [{port: 80, targetPort: http}]",
      "ports: [{port: 80, targetPort: web}]",
      "Service 'shop/web' leads to port 'web', but no container of 'shop/deployment/web' "
        + "names it so | its pods will be listed without that port, and not be used"
    ),
    ManifestChange(
      "ports: [{port: 80, targetPort: http}]",
      "ports: [{port: 81, targetPort: http}]",
      "Service 'shop/web' has no port 80"
        + " | it has 81; iptables leaves callers waiting, nftables and ipvs refuse them"
    ),
    ManifestChange(
      "cpu: 100m}}\n",
      "cpu: 100m}}\n          livenessProbe: {exec: {command: [\"true\"]}}\n",
      "exec probes are not simulated yet"
        + " | the container is taken to have no liveness probe"
    ),
    ManifestChange(
      "cpu: 100m}}\n",
      "cpu: 100m}}\n          readinessProbe: {tcpSocket: {port: 9090}}\n",
      "the readiness probe asks port 9090, but requests go to 8080"
        + " | set workloads.shop/deployment/web.probes.separatePort to say whether that port "
        + "has a thread of its own"
    ),
  ]
}

@Suite("What manifests and scenario do not agree on")
struct ManifestFaultTests {
  private func withoutPlace(_ texts: [String]) -> [String] {
    texts.map { text in
      String(text[text.index(after: text.firstIndex(of: " ") ?? text.startIndex)...])
    }
  }

  @Test(
    "is an error where a run would mean nothing",
    arguments: ManifestChange.errors + ManifestChange.sizes
  )
  func errors(_ change: ManifestChange) throws {
    #expect(change.text != Shop.manifests)
    let errors = try Shop.errors(manifests: change.text)
    #expect(withoutPlace(errors) == [change.expected])
  }

  @Test("is a warning where Kubernetes would run it", arguments: ManifestChange.warnings)
  func warnings(_ change: ManifestChange) throws {
    #expect(change.text != Shop.manifests)
    #expect(withoutPlace(try Shop.warnings(manifests: change.text)) == [change.expected])
  }

  @Test("a Service that selects nothing has no endpoints in the plan")
  func selectsNothing() throws {
    let plan = try Shop.load(manifests: ManifestChange.warnings[0].text).variants[0].plan
    #expect(plan.services.first { $0.name == "shop/api" }?.workloads == [])
  }

  @Test("all errors come at once, of the file and of the manifests")
  func allAtOnce() throws {
    let text = Shop.scenario
      .replacing("duration: 1h", with: "duration: 1x")
      .replacing("node: node-2", with: "node: node2")
      .replacing("http://web.shop/", with: "http://wep.shop/")
    let errors = try Shop.errors(text, manifests: ManifestChange.errors[0].text)
    #expect(errors.count == 4)
  }

  @Test("a missing scenario and a missing manifest are missing input")
  func missing() throws {
    for load in [
      { _ = try ScenarioLoader.load(path: "no/such/scenario.yaml") },
      { _ = try Shop.load(overrides: ["manifests=[nowhere.yaml]"]) },
    ] as [() throws -> Void] {
      let error = #expect(throws: InvalidInput.self) { try load() }
      #expect(error?.isMissingInput == true)
    }
  }
}
