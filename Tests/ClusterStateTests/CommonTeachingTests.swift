import ClusterState
import KubernetesManifests
import SimKernel
import Testing

/// What is often taught about Services, and what the mechanisms do.
@Suite struct CommonTeachingTests {
  private static func snapshot(
    selector: KeyValuePairs<String, String> = ["app": "backend"],
    pods: [PodState]
  ) -> ClusterSnapshot {
    var service = Samples.backend()
    service.selector = Samples.labels(selector)
    let client = PodState(
      ObjectKey("shop", "frontend-0"),
      labels: Samples.labels(["app": "frontend"]),
      workload: "frontend",
      ip: "10.244.9.9",
      node: "node-2"
    )
    return ClusterSnapshot(
      services: [service],
      pods: pods + [client],
      nodes: (0..<3).map { NodeState("node-\($0)", zone: ["a", "b", "c"][$0]) },
      names: Samples.sliceNames
    )
  }

  private static func call(_ snapshot: ClusterSnapshot) -> ConnectionTrace {
    ConnectionTracer(snapshot)
      .trace(from: .pod(namespace: "shop", workload: "frontend"), to: "http://backend")
  }

  /// Slices lead to 1,200 pods where Endpoints stops at 1,000; the proxy follows the slices.
  @Test func endpointsAreStoredInAnEndpointsObject() {
    let snapshot = Self.snapshot(pods: Samples.pods(1200))
    let view = snapshot.endpoints(of: snapshot.services[0])
    #expect(view.readyCount == 1000 && view.isTruncated)
    #expect(snapshot.slices.map(\.endpoints.count).reduce(0, +) == 1200)
    let proxy = NodeProxy(.iptables, on: snapshot.nodes[0])
    let service = snapshot.services[0]
    let verdict = proxy.verdict(on: service.ports[0], of: service, slices: snapshot.slices)
    #expect(verdict.endpoints.count == 1200)
  }

  /// Slices written before the pods died still lead there, and terminating pods are a last resort.
  @Test func addressIsInstantlyStrippedAndNeverRoutesToADeadContainer() {
    let before = Self.snapshot(pods: Samples.pods(2))
    let stale = ClusterSnapshot(
      services: before.services,
      pods: before.pods.filter { $0.key.name == "frontend-0" },
      nodes: before.nodes,
      slices: before.slices
    )
    #expect(
      Self.call(stale).steps.contains { step in
        if case .verdict(.forward(let chosen)) = step { chosen.count == 2 } else { false }
      }
    )
    var leaving = Samples.pods(2)
    for index in leaving.indices { leaving[index].isTerminating = true }
    #expect(Self.call(Self.snapshot(pods: leaving)).outcome == .connected)
  }

  /// 2,768 ports exist in all, and an opt-out saves one a port of a Service.
  @Test func optingOutOfNodePortsSavesThousandsOfPorts() throws {
    var registry = Samples.registry()
    #expect(registry.nodePorts.range.count == 2768)
    var service = Samples.backend(type: .loadBalancer, clusterIP: nil)
    service.allocateLoadBalancerNodePorts = false
    try registry.create(service)
    #expect(registry.nodePorts.takenCount == 0)
  }

  /// 100 records are 1,648 bytes and more: too much for plain UDP, no limit for TCP.
  @Test(arguments: [(29, false), (100, true), (150, true)])
  func headlessServiceReturnsUpTo100Records(count: Int, isTruncatedInUDP: Bool) throws {
    let service = Samples.backend(clusterIP: "None")
    let dns = ClusterDNS(
      services: [service],
      slices: Samples.slices(of: service, Samples.pods(count))
    )
    let name = try #require(DomainName("backend.shop.svc.cluster.local"))
    let question = DNSQuestion(name, .a)
    let answer = dns.answer(question)
    #expect(answer.addresses.count == count)
    let message = DNSMessage(question, answer)
    #expect(message.size == 12 + 32 + 4 + 16 * count)
    #expect(message.isTruncated(at: DNSMessage.Limit.plainUDP) == isTruncatedInUDP)
    #expect(!message.isTruncated(at: DNSMessage.Limit.tcp))
  }

  /// Two of the 2^20 addresses cannot be handed out, and another range has other numbers.
  @Test func defaultRangeHas1048576UsableAddresses() throws {
    #expect(IPv4Range.services.size == 1_048_576)
    #expect(ClusterIPAllocator().range.usableCount == 1_048_574)
    let bare = ClusterIPAllocator(range: try #require(IPv4Range("10.0.0.0/24")))
    #expect(bare.range.usableCount == 254)
  }

  /// The name resolves, the connection is refused at once, and an Ingress says 503, not 504.
  @Test(arguments: ProxyMode.allCases)
  func selectorMismatchIsDroppedAndTimesOut(mode: ProxyMode) {
    var snapshot = Self.snapshot(
      selector: ["app": "backend", "tier": "api-backend"],
      pods: Samples.pods(2)
    )
    snapshot.proxyMode = mode
    let trace = Self.call(snapshot)
    #expect(trace.address == "10.96.45.23" && trace.outcome == .refused)
    let view = snapshot.endpoints(of: snapshot.services[0])
    #expect(view.readyCount == 0 && view.notReadyCount == 0)
    let environment = ServiceEnvironment(namespace: "shop", services: snapshot.services)
    #expect(environment["BACKEND_SERVICE_HOST"] == "10.96.45.23")
    #expect(IngressProxy().outcome(of: []).status == 503)
    #expect(IngressProxy().outcome(of: [.refused]).status == 502)
    #expect(IngressProxy().outcome(of: [.connectTimeout]).status == 504)
  }

  /// Refused at once when all are unready; with one ready nothing is lost.
  @Test(arguments: [(0, ConnectionTrace.Outcome.refused), (1, .connected)])
  func trafficToNotReadyPodsDrops(ready: Int, outcome: ConnectionTrace.Outcome) {
    let pods = (0..<3).map { Samples.pod($0, isReady: $0 < ready) }
    let snapshot = Self.snapshot(pods: pods)
    #expect(Self.call(snapshot).outcome == outcome)
    let view = snapshot.endpoints(of: snapshot.services[0])
    #expect(view.notReadyCount == 3 - ready)
  }

  /// `svc.ns` is enough, and the full name costs more rounds unless it ends with a dot.
  @Test(arguments: [
    ("backend.shop", 2), ("backend.shop.svc.cluster.local", 4),
    ("backend.shop.svc.cluster.local.", 1),
  ])
  func crossNamespaceNeedsTheFullName(name: String, rounds: Int) {
    let dns = Self.snapshot(pods: Samples.pods(1)).dns
    let result = StubResolver(namespace: "web").resolve(name) { dns.answer($0) }
    #expect(result.addresses == ["10.96.45.23"] && result.lookups.count == rounds)
  }

  /// Only Services of the own namespace, and `kubernetes`.
  @Test func variablesForEveryActiveService() {
    let services = [
      Samples.backend(), DNSSamples.service("data", "postgres", clusterIP: "10.96.45.26"),
      DNSSamples.service("default", "kubernetes", clusterIP: "10.96.0.1"),
    ]
    let environment = ServiceEnvironment(namespace: "shop", services: services)
    #expect(environment["BACKEND_SERVICE_HOST"] != nil)
    #expect(environment["KUBERNETES_SERVICE_HOST"] != nil)
    #expect(environment["POSTGRES_SERVICE_HOST"] == nil)
  }

  /// Independent draws: 100 connections over 4 pods are not 25 each; round robin's are.
  @Test func serviceBalancesEvenly() {
    let stream = Samples.draws.stream("connections")
    var counts = [0, 0, 0, 0]
    for connection in 0..<100 {
      var generator = stream.generator(0, UInt64(connection))
      let uniforms = (0..<3).map { _ in generator.uniform() }
      counts[IPTablesRules.pick(endpoints: 4, uniforms: uniforms) ?? 0] += 1
    }
    #expect(counts.reduce(0, +) == 100 && counts != [25, 25, 25, 25])
    // Four standard deviations of a binomial with n = 100 and p = 1/4.
    #expect(counts.allSatisfy { abs($0 - 25) <= 18 })
    var server = VirtualServer(servers: ["a", "b", "c", "d"])
    var turns: [String: Int] = [:]
    for _ in 0..<100 {
      let client = IPv4Address(1)
      turns[server.pick(client: client, destination: client) ?? "", default: 0] += 1
    }
    #expect(turns.values.allSatisfy { $0 == 25 })
  }

  /// Headless is a form of ClusterIP, and refuses the types that build on an address.
  @Test func thereAreFourTypes() throws {
    #expect(Service.Kind.allCases.count == 4)
    #expect(Samples.backend(clusterIP: "None").isHeadless)
    var registry = Samples.registry()
    #expect(throws: APIRejection.self) {
      try registry.create(Samples.backend(type: .nodePort, clusterIP: "None"))
    }
  }

  @Test func loadBalancerStaysPendingWithoutProvider() throws {
    var registry = Samples.registry()
    let service = try registry.create(Samples.backend(type: .loadBalancer, clusterIP: nil))
    let request = LoadBalancerProvider.Request(service.key, since: .zero)
    #expect(LoadBalancerProvider.none.addresses(for: [request], at: .never) == [nil])
    #expect(service.virtualIP != nil && service.ports[0].nodePort != nil)
  }

  @Test func nodePort8080IsRejected() throws {
    var registry = Samples.registry()
    let ports = [ServiceState.Port(80, nodePort: 8080)]
    let rejection = try #require(throws: APIRejection.self) {
      try registry.create(Samples.backend(type: .nodePort, clusterIP: nil, ports: ports))
    }
    #expect(rejection.field == "spec.ports[0].nodePort" && rejection.reason.rawValue == 422)
  }

  @Test func selectorsReachOnlyTheirOwnNamespace() {
    var pod = Samples.pod(0)
    pod.key.namespace = "dev"
    #expect(!ServiceMembership.isMember(pod, of: Samples.backend()))
  }

  /// No local pod: silence instead of refusal.
  @Test func localPolicyWithoutLocalPodTimesOut() {
    var services = Self.snapshot(pods: []).services
    services[0].internalTrafficPolicy = .local
    let pods = [Samples.pod(0), Samples.pod(1)]
    let client = Self.snapshot(pods: []).pods
    let snapshot = ClusterSnapshot(
      services: services,
      pods: pods + client,
      nodes: (0..<3).map { NodeState("node-\($0)") },
      names: Samples.sliceNames
    )
    #expect(Self.call(snapshot).outcome == .timeout)
  }
}
