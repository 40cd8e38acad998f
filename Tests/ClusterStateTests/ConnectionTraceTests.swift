import ClusterState
import KubernetesManifests
import Testing

@Suite struct ConnectionTraceTests {
  private static func snapshot(
    mode: ProxyMode = .iptables,
    _ change: (inout [ServiceState], inout [PodState]) -> Void = { _, _ in }
  ) -> ClusterSnapshot {
    var services = DNSSamples.services
    var pods = DNSSamples.pods
    pods.append(
      PodState(
        ObjectKey("shop", "frontend-0"),
        labels: Samples.labels(["app": "frontend"]),
        workload: "frontend",
        ip: "10.244.2.5",
        node: "node-2"
      )
    )
    change(&services, &pods)
    var snapshot = ClusterSnapshot(
      services: services,
      pods: pods,
      nodes: (0..<3).map { NodeState("node-\($0)", internalIP: "192.0.2.\($0 + 1)") },
      names: Samples.sliceNames
    )
    snapshot.proxyMode = mode
    return snapshot
  }

  private static func trace(
    _ text: String,
    from client: TraceClient = .pod(namespace: "shop", workload: "frontend"),
    in snapshot: ClusterSnapshot = snapshot()
  ) -> ConnectionTrace {
    ConnectionTracer(snapshot).trace(from: client, to: text)
  }

  @Test func wholeWayOfAWorkingCall() {
    let trace = Self.trace("http://backend/orders?id=1")
    #expect(trace.outcome == .connected)
    #expect(trace.lookups.count == 1 && trace.address == "10.96.45.23")
    guard trace.steps.count == 7, case .port(80, .some) = trace.steps[2],
      case .endpoints(let all, let ready) = trace.steps[3],
      case .verdict(.forward(let chosen)) = trace.steps[4]
    else {
      Issue.record("unexpected steps: \(trace.steps)")
      return
    }
    #expect(trace.steps[1] == .address("10.96.45.23", .clusterIP(ObjectKey("shop", "backend"))))
    #expect(all == ready && ready == chosen)
    #expect(chosen.map(\.destination) == ["10.244.0.1:8080", "10.244.0.2:8080"])
    let pod = ObjectKey("shop", "backend-0000")
    #expect(trace.steps[5] == .destination(pod, port: 8080, isDeclared: true))
  }

  @Test(arguments: [
    ("backend", "shop", ConnectionTrace.Outcome.connected), ("backend", "data", .unresolved),
    ("backend.shop", "data", .connected), ("http://backend:81", "shop", .timeout),
    ("empty", "shop", .refused), ("http://db-0.db-svc.data:5432", "shop", .connected),
    ("db-2.db-svc.data", "shop", .unresolved), ("cloud-db", "shop", .leavesCluster),
    ("alias", "shop", .connected), ("itself", "shop", .unresolved),
    ("http://10.96.200.1", "shop", .timeout), ("http://10.244.0.1:8080", "shop", .connected),
    ("http://10.244.0.1:80", "shop", .refused), ("http://10.244.99.99:80", "shop", .leavesCluster),
    ("http://192.0.2.1:30080", "shop", .refused), ("http://", "shop", .unresolved),
    ("postgres://postgres.data/db", "shop", .timeout), ("a b", "shop", .unresolved),
  ])
  func outcome(target: String, namespace: String, outcome: ConnectionTrace.Outcome) {
    let snapshot = Self.snapshot { _, _ in }
    #expect(Self.trace(target, from: .pod(namespace: namespace), in: snapshot).outcome == outcome)
  }

  @Test(arguments: [
    (ProxyMode.iptables, ConnectionTrace.Outcome.timeout), (.nftables, .refused), (.ipvs, .refused),
  ])
  func undefinedPortDependsOnTheMode(mode: ProxyMode, outcome: ConnectionTrace.Outcome) {
    #expect(Self.trace("backend:81", in: Self.snapshot(mode: mode)).outcome == outcome)
  }

  @Test func externalNameLeadsOut() {
    let trace = Self.trace("cloud-db")
    #expect(trace.steps.last == .alias(DomainName(labels: ["db", "example", "com"])))
    var snapshot = Self.snapshot()
    snapshot.dns.outside = DNSSamples.dns.outside
    let known = Self.trace("cloud-db", in: snapshot)
    #expect(known.steps.last == .address("198.51.100.7", .elsewhere))
    #expect(known.outcome == .leavesCluster)
  }

  /// A headless name leads past the Service's ports: its targetPort means nothing.
  @Test(arguments: [(5432, ConnectionTrace.Outcome.refused), (15_432, .connected)])
  func headlessIgnoresTargetPort(port: Int, outcome: ConnectionTrace.Outcome) {
    let snapshot = Self.snapshot { services, pods in
      services[3].ports[0].targetPort = .number(15_432)
      for index in pods.indices where pods[index].key.namespace == "data" {
        pods[index].ports = [PodState.Port(15_432)]
      }
    }
    #expect(Self.trace("db-svc.data:\(port)", in: snapshot).outcome == outcome)
  }

  @Test func clientsNodeDecidesUnderALocalPolicy() {
    let snapshot = Self.snapshot { services, _ in services[0].internalTrafficPolicy = .local }
    #expect(Self.trace("backend", in: snapshot).outcome == .timeout)
    let neighbour = TraceClient.pod(namespace: "shop", workload: nil)
    #expect(Self.trace("backend", from: neighbour, in: snapshot).outcome == .connected)
  }

  @Test func targetPortNobodyDeclaresIsRefused() {
    let snapshot = Self.snapshot { services, _ in services[0].ports[0].targetPort = .number(9999) }
    let trace = Self.trace("backend", in: snapshot)
    #expect(trace.outcome == .refused)
    let pod = ObjectKey("shop", "backend-0000")
    #expect(trace.steps.contains(.destination(pod, port: 9999, isDeclared: false)))
  }

  /// From outside: no cluster names, no virtual addresses; node ports and load balancers work.
  @Test(arguments: [
    ("backend.shop.svc.cluster.local", ConnectionTrace.Outcome.unresolved),
    ("http://10.96.45.23", .timeout), ("http://10.244.0.1:8080", .timeout),
    ("http://192.0.2.2:30080", .connected), ("http://203.0.113.1:80", .connected),
    ("http://203.0.113.1:81", .timeout), ("http://10.96.9.9", .timeout),
  ])
  func reachFromOutside(target: String, outcome: ConnectionTrace.Outcome) {
    let snapshot = Self.snapshot { services, _ in
      services[0].type = .loadBalancer
      services[0].ports[0].nodePort = 30_080
      services[0].loadBalancerIP = "203.0.113.1"
    }
    #expect(Self.trace(target, from: .outside, in: snapshot).outcome == outcome)
  }

  /// Through an Ingress users see HTTP, not connections.
  @Test(arguments: [
    ("http://shop.example/api/x", ConnectionTrace.Outcome.connected),
    ("http://shop.example/empty", .serviceUnavailable),
    ("http://shop.example/missing", .serviceUnavailable),
    ("http://shop.example/port", .serviceUnavailable), ("http://shop.example/", .notFound),
    ("http://shop.example/deaf", .badGateway), ("http://shop.example/mail", .leavesCluster),
    ("http://other.example/", .unresolved),
  ])
  func ingressAnswersForPods(target: String, outcome: ConnectionTrace.Outcome) {
    func path(
      _ name: String,
      _ service: String,
      port: PortReference = .number(80)
    )
      -> IngressState.Path
    {
      IngressState.Path("/\(name)", .prefix, IngressState.Backend(service, port: port))
    }
    var snapshot = Self.snapshot { services, _ in
      var deaf = services[0]
      deaf.key.name = "deaf"
      deaf.clusterIP = "10.96.45.99"
      deaf.ports[0].targetPort = .number(9)
      services.append(deaf)
    }
    let paths = [
      path("api", "backend"), path("empty", "empty"), path("missing", "nobody"),
      path("port", "backend", port: .name("grpc")), path("deaf", "deaf"),
      path("mail", "cloud-db"),
    ]
    snapshot.ingresses = [
      IngressState(
        ObjectKey("shop", "front"),
        rules: [IngressState.Rule(host: "shop.example", paths: paths)]
      )
    ]
    #expect(Self.trace(target, from: .outside, in: snapshot).outcome == outcome)
    let inside = Self.trace(target, in: snapshot)
    #expect(inside.outcome == .unresolved, "the host is a name of public DNS")
  }

  /// A balancer asks the health check port and avoids nodes without endpoints; a node port of such
  /// a node is silent.
  @Test func loadBalancerAvoidsNodesWithoutLocalEndpoints() {
    let snapshot = Self.snapshot { services, pods in
      services[0].type = .loadBalancer
      services[0].externalTrafficPolicy = .local
      services[0].ports[0].nodePort = 30_080
      services[0].loadBalancerIP = "203.0.113.1"
      pods.removeAll { $0.key.name == "backend-0000" }
    }
    #expect(Self.trace("203.0.113.1", from: .outside, in: snapshot).outcome == .connected)
    let other = Self.trace("http://192.0.2.1:30080", from: .outside, in: snapshot)
    #expect(other.outcome == .timeout)
    let inside = Self.trace("http://192.0.2.1:30080", in: snapshot)
    #expect(inside.outcome == .connected)
  }

  @Test(
    arguments: [
      ("http://Backend.shop:8080/a/b?c#d", "backend.shop", 8080, "/a/b"),
      ("backend", "backend", nil, "/"), ("backend:81", "backend", 81, "/"),
      ("https://api.example.com?x=/y", "api.example.com", 443, "/"),
      ("postgres://user:secret@db/orders", "db", 5432, "/orders"),
      ("gopher://x", "x", nil, "/"),
    ] as [(String, String, Int?, String)]
  )
  func urlsAreRead(text: String, host: String, port: Int?, path: String) throws {
    let url = try #require(TargetURL(text))
    #expect(url.host == host && url.port == port && url.path == path)
  }

  @Test(arguments: [
    "", "http://", "a b", "backend:", "backend:0", "backend:65536", "backend:+1",
    "a:1:2", "http:///x", "é.shop", "backend:08",
  ])
  func badURLsAreRefused(text: String) { #expect(TargetURL(text) == nil) }
}
