import KubernetesManifests
import Testing

@Suite("Kinds besides Deployments and Services, with the API's defaults")
struct FurtherKindTests {
  private func read(_ text: String) -> ManifestSet {
    let (set, diagnostics) = Fixtures.read(text)
    let errors = diagnostics.filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(errors.map(\.rendered))")
    return set
  }

  @Test func replicaSets() throws {
    let set = try #require(read(APIBase.replicaSet).replicaSets.first)
    #expect(set.replicas.value == 1 && set.minReadySeconds == 0)
    #expect(set.template.labels.text == "app=web")
  }

  @Test func daemonSets() throws {
    let set = try #require(read(APIBase.daemonSet).daemonSets.first)
    #expect(set.updateStrategy == .rollingUpdate(maxSurge: .count(0), maxUnavailable: .count(1)))
    #expect(set.revisionHistoryLimit == 10)
    let onDelete = APIBase.daemonSet
      .replacing("spec:\n  sel", with: "spec:\n  updateStrategy: {type: OnDelete}\n  sel")
    #expect(read(onDelete).daemonSets.first?.updateStrategy == .onDelete)
  }

  @Test func statefulSets() throws {
    let plain = try #require(read(APIBase.statefulSet).statefulSets.first)
    #expect(plain.updateStrategy == .rollingUpdate(partition: 0, maxUnavailable: .count(1)))
    #expect(plain.podManagementPolicy == .orderedReady && plain.firstOrdinal == 0)
    let text = APIBase.statefulSet.replacing(
      "spec:\n  sel",
      with: "spec:\n  ordinals: {start: 5}\n  minReadySeconds: 3\n"
        + "  updateStrategy: {rollingUpdate: {partition: 2}}\n  sel"
    )
    let set = try #require(read(text).statefulSets.first)
    #expect(set.firstOrdinal == 5 && set.minReadySeconds == 3)
    #expect(set.updateStrategy == .rollingUpdate(partition: 2, maxUnavailable: .count(1)))
  }

  /// Neither number given is one pod; parallelism alone is a work queue without an end.
  @Test(
    arguments: [
      ("", 1, 1), ("parallelism: 3", 3, nil), ("completions: 4", 1, 4),
      ("completions: 4, parallelism: 2", 2, 4),
    ] as [(String, Int, Int?)]
  )
  func jobs(_ spec: String, _ parallelism: Int, _ completions: Int?) throws {
    let lines =
      spec.isEmpty
      ? "" : "  " + spec.split(separator: ", ").joined(separator: "\n  ") + "\n"
    let job = try #require(
      read(APIBase.job.replacing("spec:\n  t", with: "spec:\n\(lines)  t")).jobs.first
    )
    #expect(job.spec.parallelism == parallelism && job.spec.completions == completions)
    #expect(job.spec.backoffLimit == 6 && !job.spec.isSuspended)
    #expect(job.spec.template.spec.restartPolicy == .never)
  }

  @Test func cronJobs() throws {
    let cron = try #require(read(APIBase.cronJob).cronJobs.first)
    #expect(cron.schedule.text == "0 3 * * *" && cron.concurrencyPolicy == .allow)
    #expect(cron.timeZone == nil && cron.startingDeadlineSeconds == nil)
    #expect(cron.job.template.spec.restartPolicy == .onFailure)
  }

  @Test func ingresses() throws {
    let text = APIBase.ingress.replacing(
      "  rules:",
      with: "  tls: [{hosts: [shop.example], secretName: cert}]\n"
        + "  defaultBackend: {resource: {kind: Bucket, name: static}}\n  rules:"
    )
    let ingress = try #require(read(text).ingresses.first)
    #expect(ingress.ingressClassName?.value == "nginx")
    #expect(ingress.rules.map(\.host) == ["shop.example"])
    let path = try #require(ingress.rules.first?.paths.first)
    #expect(path.path == "/" && path.type == .prefix)
    guard case .service("web", .number(80), _) = path.backend,
      case .resource("Bucket static", _) = ingress.defaultBackend
    else {
      Issue.record("other backends: \(ingress)")
      return
    }
    #expect(ingress.tls.map(\.secretName) == ["cert"])
  }

  @Test func budgets() throws {
    let budget = try #require(read(APIBase.budget).podDisruptionBudgets.first)
    #expect(budget.bound == .minAvailable(.percent(50)))
    #expect(budget.selector?.value.matchLabels.text == "app=web")
    #expect(budget.unhealthyPodEvictionPolicy == .ifHealthyBudget)
    let other = APIBase.budget.replacing("minAvailable: 50%", with: "maxUnavailable: 1")
    #expect(read(other).podDisruptionBudgets.first?.bound == .maxUnavailable(.count(1)))
  }

  @Test func endpoints() throws {
    let text = APIBase.endpoints.replacing(
      "    ports:",
      with: "    notReadyAddresses: [{ip: 10.0.0.2, hostname: db-1, nodeName: a}]\n    ports:"
    )
    let subset = try #require(read(text).endpoints.first?.subsets.first)
    #expect(subset.addresses.map(\.ip) == ["10.0.0.1"])
    #expect(subset.notReadyAddresses.map(\.hostname) == ["db-1"])
    #expect(subset.ports.map(\.port) == [5_432, 9_187])
    #expect(subset.ports.map(\.protocol) == [.tcp, .tcp])
  }

  @Test(arguments: [
    ("", true, true, false), ("{ready: false}", false, false, false),
    ("{ready: false, serving: true, terminating: true}", false, true, true),
    ("{ready: null}", true, true, false),
  ])
  func slices(_ text: String, _ ready: Bool, _ serving: Bool, _ terminating: Bool) throws {
    let line = text.isEmpty ? "" : "    conditions: \(text)\n"
    let base = APIBase.slice.replacing("ports:", with: "\(line)    zone: eu-1a\nports:")
    let slice = try #require(read(base).endpointSlices.first)
    #expect(slice.serviceName == "legacy" && slice.addressType == .ipv4)
    let endpoint = try #require(slice.endpoints.first)
    #expect(
      [endpoint.isReady, endpoint.isServing, endpoint.isTerminating]
        == [ready, serving, terminating]
    )
    #expect(endpoint.zone == "eu-1a")
  }

  @Test func configMapsAndSecretsAreQuiet() throws {
    let text =
      APIBase.configMap + "binaryData: {logo: YQ==}\n---\n" + APIBase.secret
      + "stringData: {tls.key: b, password: c}\n"
    let (set, diagnostics) = Fixtures.read(text)
    #expect(diagnostics.isEmpty)
    #expect(set.configMaps.map(\.keys) == [["color", "logo"]])
    #expect(set.secrets.map(\.keys) == [["tls.crt", "tls.key", "password"]])
    #expect(set.secrets.map(\.type) == ["Opaque"])
  }

  @Test func nodes() throws {
    let text =
      APIBase.node + "  unschedulable: true\n"
      + "status: {allocatable: {cpu: 3920m, memory: 7Gi, pods: \"110\"}, phase: Running}\n"
    let node = try #require(read(text).nodes.first)
    #expect(node.zone == "eu-1a" && node.isUnschedulable && node.metadata.namespace.isEmpty)
    #expect(node.podCIDRs == ["10.244.1.0/24"])
    #expect(node.allocatableCPU?.milliValue == 3_920 && node.allocatablePods?.value == 110)
    #expect(node.taints.map(\.key) == ["spot", "gpu"])
    #expect(node.taints.map(\.effect) == [.noSchedule, .noSchedule])
  }

  @Test func services() throws {
    let text = APIBase.loadBalancer.replacing(
      "spec:\n",
      with: "spec:\n  allocateLoadBalancerNodePorts: false\n  loadBalancerClass: a/b\n"
        + "  loadBalancerSourceRanges: [10.0.0.0/8]\n  externalIPs: [198.51.100.7]\n"
        + "  externalTrafficPolicy: Local\n  healthCheckNodePort: 30001\n"
    )
    let service = try #require(read(text).services.first)
    #expect(!service.allocatesNodePorts && service.loadBalancerClass == "a/b")
    #expect(service.loadBalancerSourceRanges == ["10.0.0.0/8"])
    #expect(service.externalIPs == ["198.51.100.7"] && service.healthCheckNodePort?.value == 30_001)
    #expect(service.isExternallyAccessible)
    #expect(read(APIBase.clusterIP).services.first?.isExternallyAccessible == false)
    #expect(read(APIBase.clusterIP).services.first?.allocatesNodePorts == true)
  }

  @Test("each kind of metric keeps what it measures and its target")
  func metrics() throws {
    let text =
      APIBase.autoscaler + """
            - type: ContainerResource
              containerResource:
                {name: memory, container: web, target: {type: AverageValue, averageValue: 1Gi}}
            - type: Pods
              pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: 100}}
            - type: Object
              object:
                metric: {name: rps}
                describedObject: {apiVersion: networking.k8s.io/v1, kind: Ingress, name: web}
                target: {type: Value, value: 2k}
            - type: External
              external:
                metric: {name: queue, selector: {matchLabels: {queue: orders}}}
                target: {type: AverageValue, averageValue: 30}

        """
    let autoscaler = try #require(read(text).autoscalers.first)
    let specs = autoscaler.metricSpecs
    #expect(specs[0].source == .resource(name: "cpu"))
    #expect(specs[1].source == .containerResource(name: "memory", container: "web"))
    #expect(specs[2].source == .pods(.init(name: "rps", selector: nil)))
    guard case .object(let object, _) = specs[3].source,
      case .external(let queue) = specs[4].source
    else {
      Issue.record("other sources: \(specs)")
      return
    }
    #expect(object.kind == "Ingress" && object.name == "web")
    #expect(queue.selector?.matchLabels.text == "queue=orders")
    #expect(
      specs.map(\.target) == [
        .utilization(percent: 60), .averageValue(Quantity(milliValue: 1_073_741_824_000)),
        .averageValue(Quantity(milliValue: 100_000)), .value(Quantity(milliValue: 2_000_000)),
        .averageValue(Quantity(milliValue: 30_000)),
      ]
    )
  }

  @Test("the kind of other groups with the same name stays what it is")
  func foreignKinds() {
    let text = "{apiVersion: networking.example.dev/v1, kind: Ingress, metadata: {name: a}}"
    let (set, diagnostics) = Fixtures.read(text)
    #expect(set.ingresses.isEmpty)
    #expect(diagnostics.map(\.severity) == [.note])
    let old = "{apiVersion: networking.k8s.io/v1beta1, kind: Ingress, metadata: {name: a}}"
    #expect(
      Fixtures.read(old).diagnostics.map(\.hint) == ["write apiVersion: networking.k8s.io/v1"]
    )
  }
}
