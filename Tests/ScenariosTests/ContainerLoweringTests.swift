import ClusterSimulator
import KubernetesManifests
import Scenarios
import SimKernel
import Testing

@Suite("Images, init containers, memory and metrics reach the plan")
struct ContainerLoweringTests {
  /// `web` with an init container, a sidecar and a second container.
  private static let manifests = Shop.manifests.replacing(
    "      containers:\n        - name: web\n",
    with: """
            initContainers:
              - name: migrate
                image: registry.example/migrate:1
                resources: {requests: {cpu: 2, memory: 1Gi}}
              - name: mesh
                image: registry.example/mesh:1
                restartPolicy: Always
                resources: {requests: {cpu: 200m, memory: 64Mi}}
            containers:
              - {name: logs, image: "registry.example/logs:1", resources: {requests: {cpu: 50m}}}
              - name: web

      """,
    maxReplacements: 1
  )

  private func plan(_ overrides: [String]) throws -> SimulationPlan {
    try Shop.load(manifests: Self.manifests, overrides: overrides).variants[0].plan
  }

  @Test("images that are described are pulled, the serving container's last")
  func images() throws {
    let plan = try plan([
      "images=[{image: registry.example/web, pull: [5s, 9s]}, "
        + "{image: registry.example/logs:1, exists: false}, "
        + "{image: registry.example/migrate:1, preloaded: true}]"
    ])
    #expect(plan.images[0].pull == UniformDelay(.seconds(5), .seconds(9)))
    #expect(plan.images.map(\.exists) == [true, false, true])
    #expect(plan.images.map(\.isPreloaded) == [false, false, true])
    // No tag: Always. A tag: IfNotPresent.
    #expect(
      plan.workloads[0].images == [
        ImageUse(image: 1, policy: .ifNotPresent), ImageUse(image: 0, policy: .always),
      ]
    )
    #expect(
      plan.workloads[0].initContainers.map(\.image) == [
        ImageUse(image: 2, policy: .ifNotPresent), nil,
      ]
    )
    #expect(plan.workloads[1].images.isEmpty)
  }

  @Test("init containers in their order, with what the scenario says of them")
  func initContainers() throws {
    let plan = try plan([
      "workloads.web.initContainers={migrate: {duration: 40s, failures: 2}}"
    ])
    let containers = plan.workloads[0].initContainers
    #expect(containers.map(\.name) == ["migrate", "mesh"])
    #expect(containers.map(\.isSidecar) == [false, true])
    #expect(containers.map(\.duration) == [.deterministic(40), .deterministic(0)])
    #expect(containers.map(\.failures) == [2, 0])
  }

  /// The init container alone asks for 2 cores and 1Gi; what runs on asks for 50 + 100 + 200 m.
  @Test("a pod asks for the largest of its init containers or for all that run together")
  func requests() throws {
    let plan = try plan([])
    #expect(plan.workloads[0].milliCPURequest == 2_000)
    #expect(plan.workloads[0].memoryRequest == 1 << 30)
    #expect(
      plan.workloads[0].running
        == PodTemplatePlan.ResourceRequest(milliCPU: 350, memory: 64 << 20)
    )
    #expect(
      plan.workloads[0].serving == PodTemplatePlan.ResourceRequest(milliCPU: 100, memory: 0)
    )
  }

  @Test("memory, its limit, and a registry that does not answer")
  func memory() throws {
    let text = Self.manifests.replacing(
      "requests: {cpu: 100m}}",
      with: "requests: {cpu: 100m}, limits: {memory: 512Mi}}",
      maxReplacements: 1
    )
    let plan = try Shop.load(
      manifests: text,
      overrides: [
        "workloads.web.memory={base: 100Mi, perRequest: 2Mi, growthPerMinute: 1Mi}",
        "faults=[{at: 5m, registryOutage: {for: 10m}}]",
        "operations=[{at: 1m, setImage: {workload: web, image: x, behavior: "
          + "{memory: {base: 1Gi}}}}]",
      ]
    ).variants[0].plan
    var expected = MemoryPlan(base: 100 << 20)
    expected.perRequest = 2 << 20
    expected.growthPerMinute = 1 << 20
    #expect(plan.workloads[0].server.memory == expected)
    #expect(plan.workloads[0].memoryLimit == 512 << 20)
    #expect(plan.workloads[0].templates[1].server.memory == MemoryPlan(base: 1 << 30))
    #expect(plan.workloads[1].server.memory == nil)
    #expect(plan.faults == [.registryOutage(at: .minutes(5), duration: .minutes(10))])
  }

  @Test("a new image is pulled when it is described")
  func setImage() throws {
    let plan = try plan([
      "images=[{image: 'registry.example/web:2', pull: 30s}]",
      "operations=[{at: 1m, setImage: {workload: web, image: 'registry.example/web:2'}}]",
    ])
    #expect(
      plan.workloads[0].templates.map(\.images) == [[], [ImageUse(image: 0, policy: .always)]]
    )
  }

  // MARK: Metrics

  private func autoscaled(_ metrics: String, _ overrides: [String] = []) throws -> [MetricPlan] {
    let text = Shop.manifests.replacing(
      "maxReplicas: 9",
      with: "maxReplicas: 9\n  metrics: [\(metrics)]"
    ).replacing("requests: {cpu: 100m}", with: "requests: {cpu: 100m, memory: 1Gi}")
    return try Shop.load(manifests: text, overrides: overrides).variants[0].plan.autoscalers[0]
      .metrics
  }

  @Test(
    "every type of metric",
    arguments: [
      (
        "{type: Resource, resource: {name: memory, target: {type: Utilization, "
          + "averageUtilization: 70}}}",
        MetricPlan.Source.memory, MetricPlan.Target.utilization(percent: 70)
      ),
      (
        "{type: Resource, resource: {name: cpu, target: {type: AverageValue, "
          + "averageValue: 250m}}}",
        .cpu, .averageValue(250)
      ),
      (
        "{type: ContainerResource, containerResource: {name: cpu, container: api, target: "
          + "{type: Utilization, averageUtilization: 60}}}",
        .containerCPU, .utilization(percent: 60)
      ),
      (
        "{type: Pods, pods: {metric: {name: http_requests_per_second}, target: "
          + "{type: AverageValue, averageValue: 100}}}",
        .pods(.requestsPerSecond), .averageValue(100_000)
      ),
      (
        "{type: Pods, pods: {metric: {name: busy}, target: {type: AverageValue, "
          + "averageValue: 8}}}",
        .pods(.requestsInFlight), .averageValue(8_000)
      ),
      (
        "{type: Object, object: {metric: {name: requests_per_second}, describedObject: "
          + "{kind: Service, name: api}, target: {type: Value, value: 2k}}}",
        .object(.requestsPerSecond, workloads: [1]), .value(2_000_000)
      ),
      (
        "{type: External, external: {metric: {name: queue}, target: {type: AverageValue, "
          + "averageValue: 30}}}",
        .series(
          MetricSeries(points: [
            .init(time: .zero, value: 10), .init(time: .zero + .minutes(5), value: 300),
          ])
        ), .averageValue(30_000)
      ),
    ]
  )
  func metrics(text: String, source: MetricPlan.Source, target: MetricPlan.Target) throws {
    let metrics = try autoscaled(
      text,
      ["metrics={busy: {measures: requestsInFlight}, queue: {series: [[0m, 10], [5m, 300]]}}"]
    )
    #expect(metrics.map(\.source) == [source])
    #expect(metrics.map(\.target) == [target])
  }

  @Test(
    "what cannot be measured is said with its place and a hint",
    arguments: [
      (
        "{type: Pods, pods: {metric: {name: http_request_per_second}, target: "
          + "{type: AverageValue, averageValue: 1}}}",
        "nothing says what metric 'http_request_per_second' measures",
        "did you mean 'http_requests_per_second'?"
      ),
      (
        "{type: External, external: {metric: {name: queu}, target: {type: Value, value: 1}}}",
        "nothing says what metric 'queu' is over time", "did you mean 'queue'?"
      ),
      (
        "{type: ContainerResource, containerResource: {name: cpu, container: apo, target: "
          + "{type: Utilization, averageUtilization: 60}}}",
        "'shop/deployment/api' has no container 'apo'", "did you mean 'api'?"
      ),
      (
        "{type: Object, object: {metric: {name: requests_per_second}, describedObject: "
          + "{kind: Service, name: apl}, target: {type: Value, value: 2k}}}",
        "there is no Service 'shop/apl' to measure", "did you mean 'shop/api'?"
      ),
    ]
  )
  func unknownMetrics(metric: String, message: String, hint: String) throws {
    let error = #expect(throws: InvalidInput.self) {
      try autoscaled(metric, ["metrics={queue: {series: [[0m, 1]]}}"])
    }
    let found = try #require(error).diagnostics.filter { $0.severity == .error }
    #expect(found.map(\.message) == [message])
    #expect(found.map(\.hint) == [hint])
    #expect(found.allSatisfy { $0.mark != nil })
  }

  // MARK: Broken fields

  @Test(
    "several mistakes at once, each with its place",
    arguments: [
      (["images=[{image: a}, {image: a}]"], ["image 'a' is described twice"]),
      (
        ["workloads.web.initContainers={migrat: {duration: 1s}}"],
        ["'shop/deployment/web' has no init container 'migrat'"]
      ),
      (
        ["metrics={q: {series: [[0m, 1], [0m, 2]], outages: [[2m, 1m]]}}"],
        ["this point is not later than the one before it", "this outage ends before it begins"]
      ),
      (
        ["workloads.web.memory={bass: 1Gi, perRequest: lots}"],
        ["unknown field 'bass'", "not a quantity: 'lots'"]
      ),
      (
        ["cluster.kubelet={serializeImagePulls: 1}"],
        ["expected true or false, found the number 1"]
      ),
    ] as [([String], [String])]
  )
  func errors(overrides: [String], messages: [String]) throws {
    let error = #expect(throws: InvalidInput.self) { try plan(overrides) }
    let found = try #require(error).diagnostics.filter { $0.severity == .error }
    #expect(found.map(\.message).sorted() == messages.sorted())
    #expect(found.allSatisfy { $0.mark != nil && !$0.field.isEmpty })
  }
}
