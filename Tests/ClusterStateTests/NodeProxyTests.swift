import ClusterState
import KubernetesManifests
import Testing

@Suite struct NodeProxyTests {
  private static func proxy(_ mode: ProxyMode, node: Int = 0) -> NodeProxy {
    NodeProxy(mode, on: NodeState("node-\(node)", zone: ["a", "b", "c", "d"][node]))
  }

  private static func pods(
    _ verdict: ConnectionVerdict
  ) -> [String] {
    verdict.endpoints.compactMap { $0.endpoint.pod?.name }
  }

  /// The verdict on `backend:80` from a pod.
  private static func verdict(
    _ service: ServiceState,
    _ pods: [PodState],
    _ mode: ProxyMode = .iptables,
    node: Int = 0
  ) -> ConnectionVerdict {
    proxy(mode, node: node)
      .verdict(on: service.ports[0], of: service, slices: Samples.slices(of: service, pods))
  }

  @Test(arguments: ProxyMode.allCases)
  func nothingUsableIsRefusedAtOnce(mode: ProxyMode) {
    for pods in [[], Samples.pods(3, isReady: false)] {
      #expect(Self.verdict(Samples.backend(), pods, mode) == .reject)
    }
    #expect(ConnectionVerdict.reject.effect == .refused)
  }

  @Test func readyEndpointsOfAllNodesAreUsed() {
    var pods = Samples.pods(4)
    pods[1].isReady = false
    pods[2].isTerminating = true
    let verdict = Self.verdict(Samples.backend(), pods)
    #expect(Self.pods(verdict) == ["backend-0000", "backend-0003"])
    #expect(verdict.endpoints[0].destination == "10.244.0.1:8080")
  }

  /// Terminating ones serve only when nothing is ready anywhere.
  @Test func terminatingEndpointsAreTheLastResort() {
    var pods = Samples.pods(3, isReady: false)
    pods[1].isReady = true
    pods[1].isTerminating = true
    #expect(Self.pods(Self.verdict(Samples.backend(), pods)) == ["backend-0001"])
    pods[2].isTerminating = true
    #expect(Self.pods(Self.verdict(Samples.backend(), pods)) == ["backend-0001"])
  }

  /// The same fall-back, for each node by itself.
  @Test func localTerminatingEndpointServesItsNodeWhileOthersAreReady() {
    var service = Samples.backend()
    service.internalTrafficPolicy = .local
    var pods = Samples.pods(3)
    pods[0].isTerminating = true
    #expect(Self.pods(Self.verdict(service, pods, node: 0)) == ["backend-0000"])
    #expect(Self.pods(Self.verdict(service, pods, node: 1)) == ["backend-0001"])
    #expect(Self.verdict(service, pods, node: 3) == .drop)
  }

  @Test(arguments: [
    (ProxyMode.iptables, ConnectionVerdict.drop), (.nftables, .drop), (.ipvs, .reject),
  ])
  func localPolicyWithoutLocalPod(mode: ProxyMode, expected: ConnectionVerdict) {
    var service = Samples.backend()
    service.internalTrafficPolicy = .local
    #expect(Self.verdict(service, [Samples.pod(1)], mode) == expected)
    // Nothing anywhere is refused, whatever the policy.
    #expect(Self.verdict(service, [], mode) == .reject)
  }

  /// From outside the policy holds; a client inside takes the short cut to the whole cluster.
  @Test(arguments: [NodeProxy.Door.nodePort, .loadBalancer])
  func externalPolicyBindsTrafficFromOutsideOnly(door: NodeProxy.Door) {
    var service = Samples.backend(type: .loadBalancer)
    service.externalTrafficPolicy = .local
    let slices = Samples.slices(of: service, [Samples.pod(1)])
    func verdict(_ origin: NodeProxy.Origin, node: Int) -> ConnectionVerdict {
      Self.proxy(.iptables, node: node).verdict(
        on: service.ports[0],
        of: service,
        slices: slices,
        through: door,
        from: origin
      )
    }
    #expect(verdict(.outside, node: 0) == .drop)
    #expect(Self.pods(verdict(.outside, node: 1)) == ["backend-0001"])
    #expect(Self.pods(verdict(.inside, node: 0)) == ["backend-0001"])
  }

  @Test(arguments: [
    (ProxyMode.iptables, ConnectionVerdict.noRule), (.nftables, .reject), (.ipvs, .reject),
  ])
  func undefinedPort(mode: ProxyMode, expected: ConnectionVerdict) {
    let service = Samples.backend()
    let slices = Samples.slices(of: service, Samples.pods(2))
    let verdict = Self.proxy(mode)
      .verdict(to: "10.96.45.23", port: 81, owner: service, slices: slices)
    #expect(verdict == expected)
    let defined = Self.proxy(mode)
      .verdict(to: "10.96.45.23", port: 80, owner: service, slices: slices)
    #expect(defined.endpoints.count == 2)
  }

  @Test(arguments: [
    (ProxyMode.iptables, "10.96.1.2", ConnectionVerdict.noRule), (.ipvs, "10.96.1.2", .noRule),
    (.nftables, "10.96.1.2", .drop), (.nftables, "10.200.0.1", .noRule),
  ])
  func addressThatNoServiceOwns(mode: ProxyMode, address: String, expected: ConnectionVerdict) {
    let verdict = Self.proxy(mode).verdict(to: address, port: 80, owner: nil, slices: [])
    #expect(verdict == expected && verdict.effect == .timeout)
  }

  @Test(arguments: [
    (Service.TrafficDistribution.preferSameZone, 0, ["backend-0000", "backend-0003"]),
    (.preferSameZone, 3, ["backend-0000", "backend-0001", "backend-0003"]),
    (.preferSameNode, 1, ["backend-0001"]),
  ])
  func nearEndpointsArePreferred(
    distribution: Service.TrafficDistribution,
    node: Int,
    expected: [String]
  ) {
    var service = Samples.backend()
    service.trafficDistribution = distribution
    let pods = [0, 1, 3].map { Samples.pod($0) }
    #expect(Self.pods(Self.verdict(service, pods, node: node)) == expected)
  }

  /// An endpoint of unknown zone gets no hint, and one missing hint ends zone routing.
  @Test func endpointWithoutZoneDisablesZoneRouting() {
    var service = Samples.backend()
    service.trafficDistribution = .preferSameZone
    var pods = Samples.pods(3)
    pods[2].zone = nil
    #expect(Self.verdict(service, pods).endpoints.count == 3)
  }

  @Test func podWithoutTheNamedPortIsNoDestination() {
    let service = Samples.backend(ports: [ServiceState.Port(80, targetPort: .name("http"))])
    var pods = Samples.pods(2)
    pods[0].ports = []
    #expect(Self.pods(Self.verdict(service, pods)) == ["backend-0001"])
    pods[1].ports = []
    #expect(Self.verdict(service, pods) == .reject)
  }

  @Test func healthCheckPortAnswersForReadyLocalEndpointsOnly() {
    var service = Samples.backend(type: .loadBalancer)
    service.externalTrafficPolicy = .local
    var pods = Samples.pods(2)
    func status(_ node: Int) -> Int? {
      let slices = Samples.slices(of: service, pods)
      return HealthCheckNodePort.status(of: service, slices: slices, on: NodeState("node-\(node)"))
    }
    #expect([0, 1, 2].map(status) == [200, 200, 503])
    pods[1].isTerminating = true
    #expect(status(1) == 503)
    service.externalTrafficPolicy = .cluster
    #expect(status(0) == nil)
  }
}
