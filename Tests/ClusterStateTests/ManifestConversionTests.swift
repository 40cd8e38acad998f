import ClusterState
import KubernetesManifests
import SimKernel
import Testing

/// What manifests say, as the algorithms see it.
@Suite struct ManifestConversionTests {
  private static func state(_ text: String) -> SteadyState {
    var diagnostics = Diagnostics()
    let manifests = ManifestSet(reading: text, into: &diagnostics)
    #expect(!diagnostics.hasErrors, "\(diagnostics.all.map(\.message))")
    return SteadyState(manifests, draws: StreamFactory(seed: 1, replication: 0))
  }

  private static func pod(_ spec: String, env: String = "[]") -> String {
    """
    apiVersion: v1
    kind: Pod
    metadata: {name: client, namespace: shop}
    spec:
    \(spec)
      containers: [{name: c, image: "c:1", env: \(env)}]

    """
  }

  private static let web = """
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web, namespace: shop}
    spec: {clusterIP: 10.96.0.80, ports: [{port: 80}]}

    """

  /// dnsPolicy, hostNetwork, dnsConfig → rounds for `web`, found or not.
  @Test(arguments: [
    ("", 1, true), ("  dnsPolicy: ClusterFirst", 1, true), ("  dnsPolicy: Default", 1, false),
    ("  hostNetwork: true", 1, false),
    ("  hostNetwork: true\n  dnsPolicy: ClusterFirstWithHostNet", 1, true),
    ("  dnsConfig: {options: [{name: ndots, value: \"0\"}]}", 2, true),
    ("  dnsPolicy: None\n  dnsConfig: {nameservers: [192.0.2.53], searches: [a.org]}", 2, false),
  ])
  func resolverFollowsThePod(spec: String, rounds: Int, isFound: Bool) {
    let tracer = ConnectionTracer(Self.state(Self.pod(spec) + Self.web).snapshot)
    let client = TraceClient.pod(namespace: "shop", workload: "client")
    let result = tracer.resolve("web", for: client)
    #expect(result.lookups.count == rounds)
    #expect((result.status == .found) == isFound)
  }

  @Test func searchDomainsAreAppended() {
    let text = Self.pod("  dnsConfig: {searches: [shop.svc.cluster.local, corp.example]}")
    let resolver = Self.state(text).snapshot.resolvers[ObjectKey("shop", "client")]
    #expect(
      resolver?.search.map(\.description) == [
        "shop.svc.cluster.local", "svc.cluster.local", "cluster.local", "corp.example",
      ]
    )
  }

  /// References to what is above in `env` and to Services are replaced, others stay.
  @Test func environmentExpandsReferences() throws {
    let env =
      "[{name: A, value: \"x$(WEB_SERVICE_HOST)\"}, {name: B, value: \"$(A):$(C) $$(A) $5\"}, "
      + "{name: C, value: late}, {name: WEB_PORT, value: \"8080\"}]"
    var diagnostics = Diagnostics()
    let text = Self.pod("", env: env) + Self.web
    let manifests = ManifestSet(reading: text, into: &diagnostics)
    let spec = try #require(manifests.pods.first?.spec)
    let environment = ServiceEnvironment(
      spec.containers[0],
      of: spec,
      namespace: "shop",
      services: manifests.services.map(ServiceState.init)
    )
    #expect(environment["A"] == "x10.96.0.80")
    #expect(environment["B"] == "x10.96.0.80:$(C) $(A) $5")
    #expect(environment["WEB_PORT"] == "8080")
    #expect(environment["WEB_PORT_80_TCP_ADDR"] == "10.96.0.80")
  }

  @Test func serviceLinksCanBeTurnedOff() throws {
    var diagnostics = Diagnostics()
    let text = Self.pod("  enableServiceLinks: false") + Self.web
    let manifests = ManifestSet(reading: text, into: &diagnostics)
    let spec = try #require(manifests.pods.first?.spec)
    let environment = ServiceEnvironment(
      spec.containers[0],
      of: spec,
      namespace: "shop",
      services: manifests.services.map(ServiceState.init)
    )
    #expect(environment.variables.isEmpty)
  }

  /// A Service without selector leads where its Endpoints or slices do.
  @Test(arguments: [
    """
    apiVersion: v1
    kind: Endpoints
    metadata: {name: web, namespace: shop}
    subsets: [{addresses: [{ip: 192.0.2.10}], notReadyAddresses: [{ip: 192.0.2.11}], \
    ports: [{port: 9376}]}]

    """,
    """
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
    addressType: IPv4
    ports: [{port: 9376}]
    endpoints: [{addresses: [192.0.2.10]}, {addresses: [192.0.2.11], conditions: {ready: false}}]

    """,
  ])
  func endpointsByHandAreUsed(object: String) {
    let state = Self.state(object + Self.web)
    let trace = ConnectionTracer(state.snapshot)
      .trace(from: .pod(namespace: "shop"), to: "http://web")
    let verdicts = trace.steps.compactMap { step -> [String]? in
      if case .verdict(let verdict) = step { verdict.endpoints.map(\.destination) } else { nil }
    }
    #expect(verdicts == [["192.0.2.10:9376"]])
    #expect(trace.outcome == .leavesCluster)
  }

  @Test func ingressRulesAreTakenOver() {
    let text = """
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: front, namespace: shop}
      spec:
        defaultBackend: {service: {name: rest, port: {name: http}}}
        rules:
          - host: shop.example
            http:
              paths:
                - path: /api
                  pathType: Prefix
                  backend: {service: {name: api, port: {number: 80}}}
                - {path: /x, pathType: Exact, backend: {resource: {kind: B, name: b}}}

      """
    let router = IngressRouter(Self.state(text).snapshot.ingresses)
    let api = router.match(host: "shop.example", path: "/api/v1")
    #expect(api?.service == ObjectKey("shop", "api") && api?.backend.port == .number(80))
    let rest = router.match(host: "shop.example", path: "/x")
    #expect(rest?.service == ObjectKey("shop", "rest") && rest?.backend.port == .name("http"))
  }

  @Test func fieldsOfServicesAreTakenOver() throws {
    let text = """
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec:
        type: LoadBalancer
        externalTrafficPolicy: Local
        allocateLoadBalancerNodePorts: false
        healthCheckNodePort: 32000
        externalIPs: [198.51.100.1]
        publishNotReadyAddresses: true
        internalTrafficPolicy: Local
        trafficDistribution: PreferSameZone
        ports: [{port: 80}]

      """
    let state = Self.state(text)
    let service = try #require(state.registry[ObjectKey("default", "web")])
    #expect(service.healthCheckNodePort == 32_000 && service.ports[0].nodePort == nil)
    #expect(service.externalTrafficPolicy == .local && service.internalTrafficPolicy == .local)
    #expect(service.publishNotReadyAddresses && service.trafficDistribution == .preferSameZone)
    let owner = ConnectionTracer(state.snapshot).owner(of: "198.51.100.1")
    #expect(owner == .loadBalancer(service.key))
  }

  /// The index must offer every pod that the selector picks.
  @Test(arguments: 1...10)
  func indexMissesNoMember(seed: UInt64) {
    var generator = Generator(state: seed)
    let pods = (0..<60).map { index in
      let labels = Samples.labels(["a": "\(generator.below(3))", "b": "\(generator.below(3))"])
      let namespace = generator.below(2) == 0 ? "shop" : "data"
      return PodState(ObjectKey(namespace, "p\(index)"), labels: labels, ip: "10.0.0.\(index)")
    }
    let index = PodIndex(pods)
    for a in 0..<4 {
      for b in 0..<4 {
        var service = Samples.backend()
        service.selector = Samples.labels(["a": "\(a)", "b": "\(b)"])
        let found = ServiceMembership(of: service, among: index.candidates(for: service))
        #expect(found == ServiceMembership(of: service, among: pods))
      }
    }
  }
}
