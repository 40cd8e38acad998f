import ClusterState
import KubernetesManifests
import SimKernel
import Testing

@Suite struct ServiceRegistryTests {
  private static let key = ObjectKey("shop", "backend")

  private static func service(
    _ type: Service.Kind = .clusterIP,
    clusterIP: String? = nil,
    ports: [ServiceState.Port] = [ServiceState.Port(80)],
    name: String = "backend"
  ) -> ServiceState {
    ServiceState(ObjectKey("shop", name), type: type, ports: ports, clusterIP: clusterIP)
  }

  @Test func systemServicesHoldTheFirstAndTheTenthAddress() {
    let services = Samples.registry().services
    #expect(services.map(\.key.description) == ["default/kubernetes", "kube-system/kube-dns"])
    #expect(services.map(\.clusterIP) == ["10.96.0.1", "10.96.0.10"])
  }

  @Test func addressDependsOnSeedAndNameNotOnOrder() throws {
    var first = Samples.registry()
    var second = Samples.registry()
    let names = ["a", "b", "c"]
    for name in names { try first.create(Self.service(.nodePort, name: name)) }
    for name in names.reversed() { try second.create(Self.service(.nodePort, name: name)) }
    #expect(first.services == second.services)
    var other = Samples.registry(seed: 8)
    for name in names { try other.create(Self.service(.nodePort, name: name)) }
    #expect(first.services != other.services)
  }

  @Test func serviceCreatedAgainHasAnotherAddress() throws {
    var registry = Samples.registry()
    let before = try registry.create(Self.service()).clusterIP
    try registry.delete(Self.key)
    #expect(try registry.create(Self.service()).clusterIP != before)
  }

  @Test(arguments: [
    ("10.96.0.10", "provided IP is already allocated"),
    (
      "10.1.2.3",
      "the provided IP (10.1.2.3) is not in the valid range. "
        + "The range of valid IPs is 10.96.0.0/12"
    ),
  ])
  func addressThatCannotBeHadIsBlamedOnClusterIPs(address: String, why: String) throws {
    var registry = Samples.registry()
    let rejection = try #require(throws: APIRejection.self) {
      try registry.create(Self.service(.nodePort, clusterIP: address))
    }
    #expect(
      rejection.description == "Service \"backend\" is invalid: spec.clusterIPs: Invalid value: "
        + "[\"\(address)\"]: failed to allocate IP \(address): \(why)"
    )
    #expect(rejection.reason.rawValue == 422)
    #expect(registry.nodePorts.takenCount == 0 && registry.clusterIPs.takenCount == 2)
  }

  @Test func nodePort8080IsRefusedAndLeavesNothingAllocated() throws {
    var registry = Samples.registry()
    let wrong = Self.service(.nodePort, ports: [ServiceState.Port(80, nodePort: 8080)])
    let rejection = try #require(throws: APIRejection.self) { try registry.create(wrong) }
    #expect(rejection.field == "spec.ports[0].nodePort")
    #expect(rejection.reason == .invalid)
    #expect(rejection.description.contains("The range of valid ports is 30000-32767"))
    #expect(registry.clusterIPs.takenCount == 2)
    #expect(registry[Self.key] == nil)
  }

  /// One space of numbers: neither the namespace nor the transport makes a difference.
  @Test func nodePortsAreSharedByTheWholeCluster() throws {
    var registry = Samples.registry()
    try registry.create(Self.service(.nodePort, ports: [ServiceState.Port(53, nodePort: 30_053)]))
    var other = ServiceState(ObjectKey("other", "dns"), type: .nodePort)
    other.ports = [ServiceState.Port(53, protocol: .udp, nodePort: 30_053)]
    let rejection = try #require(throws: APIRejection.self) { try registry.create(other) }
    #expect(rejection.detail == "provided port is already allocated")
    try registry.delete(Self.key)
    #expect(throws: Never.self) { try registry.create(other) }
  }

  @Test(arguments: [nil, 30_053] as [Int?])
  func twoTransportsOfOnePortShareTheirNodePort(asked: Int?) throws {
    var registry = Samples.registry()
    let ports = [
      ServiceState.Port(53, name: "tcp"),
      ServiceState.Port(53, name: "udp", protocol: .udp, nodePort: asked),
      ServiceState.Port(80, name: "http"),
    ]
    let made = try registry.create(Self.service(.nodePort, ports: ports))
    let numbers = made.ports.compactMap(\.nodePort)
    #expect(numbers.count == 3 && numbers[0] == numbers[1] && numbers[0] != numbers[2])
    if let asked { #expect(numbers[0] == asked) }
    #expect(registry.nodePorts.takenCount == 2)
  }

  @Test func loadBalancerIncludesNodePortIncludesClusterIP() throws {
    var registry = Samples.registry()
    let made = try registry.create(Self.service(.loadBalancer))
    #expect(made.virtualIP != nil && made.ports[0].nodePort != nil)
    #expect(made.healthCheckNodePort == nil && made.loadBalancerIP == nil)
  }

  @Test func loadBalancerCanDoWithoutNodePorts() throws {
    var registry = Samples.registry()
    var given = Self.service(.loadBalancer)
    given.allocateLoadBalancerNodePorts = false
    #expect(try registry.create(given).ports[0].nodePort == nil)
    given = Self.service(.loadBalancer, name: "asked")
    given.allocateLoadBalancerNodePorts = false
    given.ports[0].nodePort = 30_080
    #expect(try registry.create(given).ports[0].nodePort == 30_080)
  }

  @Test func localLoadBalancerHasAHealthCheckPort() throws {
    var registry = Samples.registry()
    var given = Self.service(.loadBalancer)
    given.externalTrafficPolicy = .local
    let made = try registry.create(given)
    let port = try #require(made.healthCheckNodePort)
    #expect(NodePortAllocator().range.contains(port) && port != made.ports[0].nodePort)
    #expect(try registry.update(given).healthCheckNodePort == port)
    given.externalTrafficPolicy = .cluster
    #expect(try registry.update(given).healthCheckNodePort == nil)
    #expect(registry.nodePorts.takenCount == 1)
  }

  @Test func exhaustedRangeIsAnInternalError() throws {
    var registry = Samples.registry(range: try #require(IPv4Range("10.0.0.0/28")))
    for index in 0..<12 { try registry.create(Self.service(name: "s\(index)")) }
    let rejection = try #require(throws: APIRejection.self) {
      try registry.create(Self.service(name: "last"))
    }
    #expect(rejection.reason.rawValue == 500)
    #expect(
      rejection.description
        == "Internal error occurred: failed to allocate a serviceIP: range is full"
    )
  }
}
