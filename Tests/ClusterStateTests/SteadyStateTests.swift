import ClusterState
import KubernetesManifests
import SimKernel
import Testing

@Suite struct SteadyStateTests {
  private static let shop = """
    apiVersion: v1
    kind: Service
    metadata: {name: web, namespace: shop}
    spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: db, namespace: shop}
    spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, namespace: shop}
    spec:
      replicas: 5
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers: [{name: web, image: "web:1", ports: [{name: http, containerPort: 8080}]}]
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: db, namespace: shop}
    spec:
      replicas: 2
      serviceName: db
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec: {containers: [{name: db, image: "db:1", ports: [{containerPort: 5432}]}]}

    """

  private static func read(_ text: String) -> ManifestSet {
    var diagnostics = Diagnostics()
    return ManifestSet(reading: text, into: &diagnostics)
  }

  private static func state(_ text: String = shop, seed: UInt64 = 1) -> SteadyState {
    SteadyState(read(text), draws: StreamFactory(seed: seed, replication: 0))
  }

  @Test func podsHaveNamesPlacesAndAddresses() {
    let state = Self.state()
    #expect(state.problems.isEmpty)
    #expect(state.workloads.map(\.description) == ["shop/web", "shop/db"])
    let pods = state.snapshot.pods
    #expect(pods.count == 7 && Set(pods.map(\.key)).count == 7 && Set(pods.map(\.ip)).count == 7)
    #expect(pods.prefix(2).map(\.key.name) == ["db-0", "db-1"])
    #expect(pods[0].hostname == "db-0" && pods[0].subdomain == "db")
    #expect(
      pods[2...].allSatisfy { $0.key.name.wholeMatch(of: /web-[b-z2-9]{10}-[b-z2-9]{5}/) != nil }
    )
    #expect(Set(pods[2...].map { $0.key.name.prefix(14) }).count == 1)
    // The sixth and seventh pod, placed in turn on three nodes.
    #expect(pods[0].node == "node-3" && pods[0].ip == "10.244.2.3")
    #expect(pods[1].node == "node-1" && pods[1].ip == "10.244.0.4")
  }

  @Test func nodesOfTheManifestsAreUsedAndDaemonsRunOnEach() throws {
    let text =
      Self.shop + """
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: n1, labels: {topology.kubernetes.io/zone: east}}
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: n2}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shell, namespace: shop, labels: {app: shell}}
        spec: {containers: [{name: sh, image: "sh:1"}]}
        ---
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: old, namespace: shop}
        spec:
          replicas: 1
          selector: {matchLabels: {app: old}}
          template:
            metadata: {labels: {app: old}}
            spec: {containers: [{name: old, image: "old:1"}]}
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent, namespace: ops}
        spec:
          selector: {matchLabels: {app: agent}}
          template:
            metadata: {labels: {app: agent}}
            spec: {containers: [{name: agent, image: "agent:1"}]}

        """
    let snapshot = Self.state(text).snapshot
    #expect(snapshot.nodes.map(\.name) == ["n1", "n2"])
    #expect(snapshot.nodes.map(\.zone) == ["east", nil])
    let agents = snapshot.pods.filter { $0.workload == "agent" }
    #expect(agents.map(\.node).sorted { $0 ?? "" < $1 ?? "" } == ["n1", "n2"])
    #expect(snapshot.pods.contains { $0.key == ObjectKey("shop", "shell") })
    #expect(
      snapshot.pods.contains { $0.key.name.wholeMatch(of: /old-[b-z2-9]{5}/) != nil }
    )
    #expect(Set(snapshot.pods.compactMap(\.ip)).count == 7 + 2 + 2)
  }

  @Test func everythingWorksOnceSettled() {
    let tracer = ConnectionTracer(Self.state().snapshot)
    for target in ["http://web", "http://db-1.db:5432", "web.shop.svc.cluster.local"] {
      let trace = tracer.trace(from: .pod(namespace: "shop", workload: "web"), to: target)
      #expect(trace.outcome == .connected, "\(target)")
    }
  }

  @Test func seedDecidesAddressesAndNames() {
    #expect(Self.state().snapshot.pods == Self.state().snapshot.pods)
    #expect(Self.state().snapshot.slices == Self.state().snapshot.slices)
    #expect(Self.state().snapshot.services != Self.state(seed: 2).snapshot.services)
  }

  /// The one who asks for a number gets it, even when it stands last in the file.
  @Test func numbersAskedForComeFirst() throws {
    func service(_ name: String, _ extra: String) -> String {
      """
      apiVersion: v1
      kind: Service
      metadata: {name: \(name)}
      spec: {type: NodePort, ports: [{port: 80\(extra)}]}
      ---

      """
    }
    let first = Self.state(service("a", ""))
    let key = ObjectKey("default", "a")
    let taken = try #require(first.registry[key]?.ports[0].nodePort)
    let both = Self.state(service("a", "") + service("b", ", nodePort: \(taken)"))
    #expect(both.problems.isEmpty)
    #expect(both.registry[ObjectKey("default", "b")]?.ports[0].nodePort == taken)
    #expect(both.registry[key]?.ports[0].nodePort != taken)
  }

  @Test func whatTheAPIServerRefusesIsLocated() throws {
    let text = """
      apiVersion: v1
      kind: Service
      metadata: {name: a}
      spec: {clusterIP: 10.96.0.10, ports: [{port: 80}]}
      """
    let problem = try #require(Self.state(text).problems.first)
    #expect(problem.severity == .error && problem.field == "spec.clusterIPs")
    #expect(problem.mark?.line == 1)
    #expect(problem.message.contains("provided IP is already allocated"))
  }

  @Test func manyPodsNeedMoreNodesAndThereIsALimit() throws {
    let many = Self.shop.replacing("replicas: 5", with: "replicas: 2000000000")
    let state = Self.state(many)
    #expect(state.snapshot.pods.count == 150_000)
    #expect(state.snapshot.nodes.count == 1_364)
    #expect(Set(state.snapshot.pods.map(\.ip)).count == 150_000)
    #expect(state.problems.map(\.severity) == [.warning, .warning])
    #expect(state.problems[1].message == "only 0 of 2 pods of 'shop/db' are looked at")
  }
}
