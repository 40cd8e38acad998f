import ClusterSimulator
import KubernetesManifests
import Scenarios
import SimKernel
import Testing

@Suite("Where pods may run reaches the plan")
struct PlacementLoweringTests {
  /// Three nodes in zones a, b, c, the second with labels and taints.
  private static let nodes =
    "[{name: n1, zone: a, labels: {disk: hdd, cores: \"2\"}}, "
    + "{name: n2, zone: b, labels: {disk: ssd, cores: \"8\"}, taints: [\"team=data:NoSchedule\"]}, "
    + "{name: n3, zone: c, taints: [\"spot:PreferNoSchedule\"]}]"

  private func placement(_ spec: String, workload: Int = 0) throws -> PlacementPlan? {
    let scenario = Shop.scenario
      .replacing("cluster: {nodes: 3}", with: "cluster: {nodes: \(Self.nodes)}")
      .replacing("node: node-2", with: "node: n2")
    let text = Self.withSpec(spec, in: Shop.manifests)
    return try Shop.load(scenario, manifests: text).variants[0].plan.workloads[workload].placement
  }

  /// Puts a field into the pod template of the Deployment `web`, which comes first.
  private static func withSpec(_ field: String, in manifests: String) -> String {
    guard let range = manifests.firstRange(of: "    spec:\n      containers:\n") else { return "" }
    return manifests.replacing(
      manifests[range],
      with: "    spec:\n      \(field)\n      containers:\n",
      maxReplacements: 1
    )
  }

  @Test(
    "selectors, affinities and tolerations decide on each node",
    arguments: [
      ("nodeSelector: {disk: ssd}", [PlacementPlan.Verdict.affinity, .taint, .affinity]),
      ("nodeSelector: {kubernetes.io/hostname: n3}", [.affinity, .taintAndAffinity, .fits]),
      ("nodeSelector: {topology.kubernetes.io/zone: a}", [.fits, .taintAndAffinity, .affinity]),
      ("nodeName: n3", [.affinity, .taintAndAffinity, .fits]),
      ("tolerations: [{key: team, value: web}]", [.fits, .taint, .fits]),
      ("tolerations: [{key: team, operator: Exists, effect: NoExecute}]", [.fits, .taint, .fits]),
      (
        "nodeSelector: {disk: ssd}\n      tolerations: [{operator: Exists}]",
        [.affinity, .fits, .affinity]
      ),
      (
        "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
          + "{nodeSelectorTerms: [{matchExpressions: "
          + "[{key: cores, operator: Gt, values: [\"4\"]}]}, "
          + "{matchFields: [{key: metadata.name, operator: In, values: [n1]}]}]}}}",
        [.fits, .taint, .affinity]
      ),
      (
        "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
          + "{nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: NotIn, values: [ssd]}, "
          + "{key: disk, operator: DoesNotExist}]}]}}}",
        [.affinity, .taintAndAffinity, .fits]
      ),
    ]
  )
  func verdicts(_ spec: String, _ expected: [PlacementPlan.Verdict]) throws {
    #expect(try placement(spec)?.verdicts == expected)
  }

  @Test("taints that are tolerated leave every node open")
  func tolerated() throws {
    let plan = try placement("tolerations: [{key: team, value: data, effect: NoSchedule}]")
    #expect(plan?.verdicts == [])
    #expect(plan?.dislikedTaints == [0, 0, 1])
  }

  @Test("preferred terms add their weights")
  func preferences() throws {
    let plan = try placement(
      "affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: ["
        + "{weight: 10, preference: {matchExpressions: [{key: disk, operator: Exists}]}}, "
        + "{weight: 5, preference: {matchExpressions: "
        + "[{key: cores, operator: Lt, values: [\"4\"]}]}}]}}"
    )
    #expect(plan?.nodePreferences == [15, 10, 0])
  }

  @Test("terms name the workloads that their selectors match, and the place")
  func podTerms() throws {
    let plan = try placement(
      "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
        + "[{topologyKey: topology.kubernetes.io/zone, "
        + "labelSelector: {matchLabels: {app: api}}}]}, "
        + "podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 7, "
        + "podAffinityTerm: {topologyKey: rack, labelSelector: {matchLabels: {app: db}}}}]}}\n"
        + "      topologySpreadConstraints: [{maxSkew: 2, topologyKey: kubernetes.io/hostname, "
        + "whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]"
    )
    #expect(plan?.affinity == [PlacementPlan.PodTerm(topology: 1, workloads: [1])])
    #expect(plan?.wishes.map(\.weight) == [-7])
    #expect(plan?.wishes.map(\.term) == [PlacementPlan.PodTerm(topology: 2, workloads: [2])])
    let term = PlacementPlan.PodTerm(topology: 0, workloads: [0])
    #expect(plan?.spreads == [PlacementPlan.Spread(term, maxSkew: 2, isRequired: true)])
  }

  @Test("without wishes and taints there is no plan for it")
  func nothingAsked() throws {
    #expect(try Shop.load().variants[0].plan.workloads.allSatisfy { $0.placement == nil })
  }

  @Test("nodes of the manifests are the cluster's when their number is all that is said")
  func machines() throws {
    let node = """
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: node-2, labels: {topology.kubernetes.io/zone: east, gpu: "1"}}
      spec: {unschedulable: true, taints: [{key: gpu, effect: NoSchedule}]}
      status: {allocatable: {cpu: "8", memory: 32Gi, pods: "20"}}

      """
    let plan = try Shop.load(manifests: Shop.manifests + node).variants[0].plan
    let found = try #require(plan.cluster.nodes.first)
    #expect(plan.cluster.nodes.count == 1)
    #expect(found.name == "node-2" && found.zone == "east" && found.isCordoned)
    #expect(found.allocatableMilliCPU == 8_000 && found.allocatableMemory == 32 << 30)
    #expect(found.maxPods == 20 && found.label("gpu") == "1")
    #expect(found.taints == [NodeTaint(key: "gpu", value: "", effect: .noSchedule)])
  }

  @Test(
    "what is wrong with nodes",
    arguments: [
      (
        "{name: a, taints: [dedicated]}",
        "'dedicated' is no taint | write it as key=value:Effect, such as dedicated=batch:NoSchedule"
      ),
      (
        "{name: a, taints: [\"x=y:NoSchedul\"]}",
        "'x=y:NoSchedul' has no effect that is known | did you mean 'NoSchedule'?"
      ),
      ("{name: a, label: {x: y}}", "unknown field 'label' | did you mean 'labels'?"),
    ]
  )
  func wrongNodes(_ node: String, _ message: String) throws {
    let scenario = Shop.scenario.replacing("{nodes: 3}", with: "{nodes: [\(node)]}")
      .replacing("node: node-2", with: "node: a")
    let errors = try Shop.errors(scenario)
    #expect(errors.count == 1 && errors[0].hasSuffix(message), "\(errors)")
  }

  @Test("labels of nodes are checked as the API server does")
  func wrongLabel() throws {
    let scenario = Shop.scenario
      .replacing("{nodes: 3}", with: "{nodes: [{name: a, labels: {\"x y\": z}}]}")
      .replacing("node: node-2", with: "node: a")
    let errors = try Shop.errors(scenario)
    #expect(errors.count == 1 && errors[0].contains("'x y: z' is no label"), "\(errors)")
  }

  @Test("a pod cannot be put on a node that is not there")
  func unknownNode() throws {
    let errors = try Shop.errors(
      manifests: Self.withSpec("nodeName: node-22", in: Shop.manifests)
    )
    #expect(errors.count == 1, "\(errors)")
    #expect(errors[0].hasSuffix("there is no node 'node-22' | did you mean 'node-2'?"))
  }

  // MARK: Cluster autoscaler

  private static func autoscaled(_ text: String) -> String {
    Shop.scenario.replacing("cluster: {nodes: 3}", with: "cluster: {nodes: 3, autoscaler: \(text)}")
  }

  @Test("groups become nodes behind the others")
  func groups() throws {
    let plan = try Shop.load(
      Self.autoscaled(
        "{expander: random, scanInterval: 20s, provisioning: 90s, "
          + "groups: [{name: small, max: 2, size: 1, cpu: 2}, "
          + "{name: big, min: 1, max: 3, labels: {disk: ssd}, taints: [\"a=b:NoSchedule\"]}]}"
      )
    ).variants[0].plan
    let names = plan.cluster.nodes.map(\.name)
    #expect(names.suffix(5) == ["small-1", "small-2", "big-1", "big-2", "big-3"])
    let autoscaler = try #require(plan.cluster.autoscaler)
    #expect(
      autoscaler.groups == [
        .init(name: "small", nodes: 3..<5, minimum: 0, size: 1),
        .init(name: "big", nodes: 5..<8, minimum: 1, size: 1),
      ]
    )
    #expect(autoscaler.expander == .random && autoscaler.scanInterval == .seconds(20))
    #expect(autoscaler.provisioning == .deterministic(90))
    #expect(autoscaler.scaleDownUnneededTime == .minutes(10))
    #expect(autoscaler.utilizationThresholdPPM == 500_000)
    #expect(plan.cluster.nodes[3].allocatableMilliCPU == 2_000)
    #expect(plan.cluster.nodes[7].taints.count == 1)
    // What no toleration lets in is closed to the shop's pods.
    #expect(plan.workloads[0].placement?.verdicts.suffix(4) == [.fits, .taint, .taint, .taint])
  }

  @Test(
    "what is wrong with groups",
    arguments: [
      ("{groups: [{name: a, min: 3, max: 2}]}", "min 3 is above max 2"),
      ("{groups: [{name: a, size: 3, max: 2}]}", "size 3 is not between min 0 and max 2"),
      ("{groups: [{name: node, max: 2}]}", "two nodes would be named 'node-1'"),
      ("{groups: []}", "the list is empty | give at least one"),
      ("{groups: [{name: a, max: 2}], expander: least-wast}", "did you mean 'least-waste'?"),
      ("{groups: [{name: a}]}", "required field 'max' is missing"),
      ("{groups: [{name: a, max: 1}, {name: a, max: 1}]}", "two nodes named 'a'"),
    ]
  )
  func wrongGroups(_ text: String, _ message: String) throws {
    let errors = try Shop.errors(Self.autoscaled(text))
    #expect(errors.contains { $0.contains(message) }, "\(errors)")
  }
}
