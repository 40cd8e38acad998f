import KubernetesManifests
import Testing

@Suite("What a pod says is kept, not only accepted")
struct PodFieldTests {
  private static let text = """
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      annotations: {controller.kubernetes.io/pod-deletion-cost: "100"}
    spec:
      restartPolicy: OnFailure
      activeDeadlineSeconds: 600
      nodeName: node-1
      nodeSelector: {disk: ssd}
      hostname: web-0
      subdomain: web
      hostNetwork: true
      enableServiceLinks: false
      priorityClassName: high
      priority: 1000
      dnsPolicy: None
      dnsConfig:
        nameservers: [10.96.0.10]
        searches: [shop.svc.cluster.local]
        options: [{name: ndots, value: "2"}, {name: edns0}]
      hostAliases: [{ip: 10.0.0.9, hostnames: [db, db.example]}]
      readinessGates: [{conditionType: target-health.example/web}]
      tolerations:
        - {key: spot, value: "yes", effect: NoExecute, tolerationSeconds: 30}
        - {operator: Exists}
      topologySpreadConstraints:
        - maxSkew: 2
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app: web}}
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
              - matchExpressions: [{key: cores, operator: Gt, values: ["4"]}]
              - matchFields: [{key: metadata.name, operator: In, values: [node-1]}]
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 10
              preference: {matchExpressions: [{key: disk, operator: Exists}]}
        podAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - {topologyKey: zone, labelSelector: {matchLabels: {app: cache}}, namespaces: [data]}
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm: {topologyKey: host, labelSelector: {}, namespaceSelector: {}}
      initContainers:
        - {name: migrate, image: "migrate:3"}
        - {name: proxy, image: proxy, restartPolicy: Always}
      containers:
        - name: web
          image: registry.example:5000/web
          command: [/app/web]
          args: ["--db=10.1.1.5:5432"]
          ports: [{name: http, containerPort: 8080, hostPort: 8080, hostIP: 10.0.0.1}]
          envFrom: [{prefix: DB_, secretRef: {name: database, optional: true}}]
          env:
            - {name: BACKEND, value: "http://10.1.1.5/"}
            - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}

    """

  private func pod() throws -> Pod {
    let (set, diagnostics) = Fixtures.read(Self.text)
    #expect(diagnostics.allSatisfy { $0.severity == .warning })
    #expect(diagnostics.contains { $0.field == "spec.hostNetwork" })
    return try #require(set.pods.first)
  }

  @Test func scheduling() throws {
    let scheduling = try pod().spec.scheduling
    #expect(scheduling.nodeName?.value == "node-1")
    #expect(scheduling.nodeSelector.text == "disk=ssd")
    #expect(scheduling.priorityClassName == "high" && scheduling.priority == 1_000)
    let (first, second) = (scheduling.tolerations[0], scheduling.tolerations[1])
    #expect(first.key == "spot" && first.operator == .equal && first.value == "yes")
    #expect(first.effect == .noExecute && first.tolerationSeconds == 30)
    #expect(second.key.isEmpty && second.operator == .exists)
    #expect(second.effect == nil && second.tolerationSeconds == nil)
    let spread = try #require(scheduling.topologySpreadConstraints.first)
    #expect(spread.maxSkew == 2 && spread.whenUnsatisfiable == .scheduleAnyway)
    #expect(spread.labelSelector?.matchLabels.text == "app=web")
    #expect(spread.nodeAffinityPolicy == .honor && spread.nodeTaintsPolicy == .ignore)
  }

  @Test func affinities() throws {
    let affinity = try pod().spec.scheduling.affinity
    let terms = try #require(affinity.requiredNodes)
    #expect(terms.map(\.matchExpressions.count) == [1, 0])
    #expect(terms[0].matchExpressions[0].operator == .greater)
    #expect(terms[1].matchFields[0].values == ["node-1"])
    #expect(affinity.preferredNodes.map(\.weight) == [10])
    #expect(affinity.requiredPods.map(\.namespaces) == [["data"]])
    #expect(affinity.preferredPods.isEmpty && affinity.requiredAntiPods.isEmpty)
    let anti = try #require(affinity.preferredAntiPods.first)
    #expect(anti.weight == 100 && anti.term.topologyKey == "host")
    #expect(anti.term.namespaceSelector?.isEmpty == true)
  }

  @Test func network() throws {
    let network = try pod().spec.network
    #expect(network.hostname?.value == "web-0" && network.subdomain?.value == "web")
    #expect(network.isHostNetwork && !network.enableServiceLinks)
    #expect(network.dnsPolicy == .none && network.dnsConfig.ndots == 2)
    #expect(network.dnsConfig.searches == ["shop.svc.cluster.local"])
    #expect(network.hostAliases.map(\.hostnames) == [["db", "db.example"]])
  }

  @Test func containers() throws {
    let spec = try pod().spec
    #expect(spec.restartPolicy == .onFailure && spec.activeDeadlineSeconds == 600)
    #expect(spec.readinessGates == ["target-health.example/web"])
    #expect(spec.initContainers.map(\.isSidecar) == [false, true])
    let web = try #require(spec.containers.first)
    #expect(web.command.map(\.value) == ["/app/web"])
    #expect(web.arguments.map(\.value) == ["--db=10.1.1.5:5432"])
    #expect(web.arguments.first?.mark.line == 55)
    #expect(web.ports.map(\.hostPort) == [8_080] && web.ports.map(\.hostIP) == ["10.0.0.1"])
    #expect(web.environment.map(\.value.value) == ["http://10.1.1.5/", ""])
    #expect(web.environment.map(\.source) == [nil, .fieldRef])
    let source = try #require(web.environmentSources.first)
    #expect(source.kind == .secretRef && source.name == "database" && source.prefix == "DB_")
    #expect(source.isOptional)
  }

  @Test func annotations() throws {
    let cost = try pod().metadata.annotations["controller.kubernetes.io/pod-deletion-cost"]
    #expect(cost == "100")
  }

  @Test("a pod that says little gets what the API server fills in")
  func defaults() throws {
    let text =
      "{apiVersion: v1, kind: Pod, metadata: {name: a}, "
      + "spec: {containers: [{name: a, image: a}]}}"
    let pod = try #require(Fixtures.read(text).set.pods.first)
    #expect(pod.spec.restartPolicy == .always && pod.spec.terminationGracePeriodSeconds == 30)
    #expect(pod.spec.network.enableServiceLinks && pod.spec.network.dnsPolicy == .clusterFirst)
    #expect(pod.spec.network.dnsConfig.ndots == nil)
    #expect(pod.spec.scheduling.affinity.requiredNodes == nil)
    #expect(pod.metadata.namespace == "default")
  }

  /// The rule of `SetDefaults_Container`: `latest`, said or not, is always pulled.
  @Test(arguments: [
    ("web", Container.ImagePullPolicy.always), ("web:latest", .always), ("web:1.2", .ifNotPresent),
    ("registry.example:5000/web", .always), ("registry.example:5000/web:1", .ifNotPresent),
    ("web@sha256:0123", .ifNotPresent), ("web:latest@sha256:0123", .ifNotPresent),
  ])
  func pullPolicy(_ image: String, _ expected: Container.ImagePullPolicy) {
    let text =
      "{apiVersion: v1, kind: Pod, metadata: {name: a}, "
      + "spec: {containers: [{name: a, image: \"\(image)\"}]}}"
    #expect(Fixtures.read(text).set.pods.first?.spec.containers.first?.imagePullPolicy == expected)
    let never = text.replacing("image:", with: "imagePullPolicy: Never, image:")
    #expect(Fixtures.read(never).set.pods.first?.spec.containers.first?.imagePullPolicy == .never)
  }

  @Test("in a simulated workload each field without effect is still warned of")
  func warnings() {
    let pod = Self.text.split(separator: "\n").drop { $0 != "spec:" }.dropFirst(3)
      .map { "    " + $0 }.joined(separator: "\n")
    let text = """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        paused: true
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
      \(pod)
      """
    let (set, diagnostics) = Fixtures.read(text)
    #expect(set.deployments.first?.isPaused == true)
    let names = diagnostics.filter { $0.severity == .warning }
      .compactMap { $0.field.split(separator: ".").last.map(String.init) }
    #expect(
      Set(names) == [
        "hostNetwork", "priorityClassName", "priority", "dnsPolicy", "dnsConfig", "hostAliases",
        "readinessGates", "hostPort",
      ]
    )
  }
}
