import ClusterState
import KubernetesManifests
import Testing

@Suite struct MembershipTests {
  /// One pod that differs from a member in one respect.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var change: @Sendable (inout PodState) -> Void
    /// ready, serving, terminating; `nil` when the pod is no member.
    var conditions: [Bool]?
  }

  static let cases = [
    Case(testDescription: "ready", change: { _ in }, conditions: [true, true, false]),
    Case(
      testDescription: "not ready",
      change: { $0.isReady = false },
      conditions: [false, false, false]
    ),
    Case(
      testDescription: "terminating, still ready",
      change: { $0.isTerminating = true },
      conditions: [false, true, true]
    ),
    Case(
      testDescription: "terminating, readiness lost",
      change: {
        $0.isTerminating = true
        $0.isReady = false
      },
      conditions: [false, false, true]
    ),
    Case(testDescription: "no address yet", change: { $0.ip = nil }, conditions: nil),
    Case(testDescription: "succeeded", change: { $0.phase = .succeeded }, conditions: nil),
    Case(testDescription: "failed", change: { $0.phase = .failed }, conditions: nil),
    Case(
      testDescription: "pending with an address",
      change: {
        $0.phase = .pending
        $0.isReady = false
      },
      conditions: [false, false, false]
    ),
    Case(testDescription: "other namespace", change: { $0.key.namespace = "dev" }, conditions: nil),
    Case(
      testDescription: "other letter case",
      change: { $0.labels = Samples.labels(["app": "Backend"]) },
      conditions: nil
    ),
    Case(
      testDescription: "label missing",
      change: { $0.labels = Samples.labels(["tier": "backend"]) },
      conditions: nil
    ),
  ]

  @Test(arguments: cases)
  func podIsMemberWithConditions(of sample: Case) {
    var pod = Samples.pod(0)
    sample.change(&pod)
    let endpoint = ServiceMembership(of: Samples.backend(), among: [pod]).endpoints.first
    let conditions = endpoint.map { [$0.isReady, $0.isServing, $0.isTerminating] }
    #expect(conditions == sample.conditions)
  }

  @Test func publishedNotReadyAddressesAreReady() {
    var service = Samples.backend()
    service.publishNotReadyAddresses = true
    var pod = Samples.pod(0, isReady: false)
    pod.isTerminating = true
    let endpoint = ServiceMembership(of: service, among: [pod]).endpoints.first
    #expect(endpoint?.isReady == true && endpoint?.isServing == false)
  }

  @Test(arguments: [Service.Kind.clusterIP, .externalName])
  func withoutSelectorOrAsExternalNameNobodyIsMember(type: Service.Kind) {
    var service = Samples.backend(type: type)
    if type == .clusterIP { service.selector = Labels() }
    #expect(ServiceMembership(of: service, among: Samples.pods(3)).endpoints.isEmpty)
  }

  /// One name, two numbers: two groups; without the name: a group without ports.
  @Test func namedPortIsLookedUpInEachPod() {
    let service = Samples.backend(ports: [ServiceState.Port(80, targetPort: .name("http"))])
    var pods = Samples.pods(4)
    pods[1].ports = [PodState.Port(9090, name: "http")]
    pods[2].ports = [PodState.Port(8080, name: "web")]
    pods[3].ports = [PodState.Port(8080, name: "http", protocol: .udp)]
    let groups = ServiceMembership(of: service, among: pods).groups
    #expect(groups.map { $0.ports.map(\.port) } == [[], [8080], [9090]])
    #expect(
      groups.map { $0.endpoints.compactMap(\.pod?.name) } == [
        ["backend-0002", "backend-0003"], ["backend-0000"], ["backend-0001"],
      ]
    )
  }

  @Test func numberNeedsNoDeclaredPort() {
    var pod = Samples.pod(0)
    pod.ports = []
    let groups = ServiceMembership(of: Samples.backend(), among: [pod]).groups
    #expect(groups.map { $0.ports.map(\.port) } == [[8080]])
  }

  @Test func hostnameCountsOnlyBelowItsGoverningService() {
    var pod = Samples.pod(0)
    pod.hostname = "db-0"
    pod.subdomain = "backend"
    #expect(
      ServiceMembership(of: Samples.backend(), among: [pod]).endpoints[0].hostname == "db-0"
    )
    pod.subdomain = "other"
    #expect(ServiceMembership(of: Samples.backend(), among: [pod]).endpoints[0].hostname == nil)
  }

  @Test(
    arguments: [
      (nil, [], []), (.preferClose, ["a"], []), (.preferSameZone, ["a"], []),
      (.preferSameNode, ["a"], ["node-0"]),
    ] as [(Service.TrafficDistribution?, [String], [String])]
  )
  func hintsAreTheEndpointsOwnPlace(
    distribution: Service.TrafficDistribution?,
    zones: [String],
    nodes: [String]
  ) {
    var service = Samples.backend()
    service.trafficDistribution = distribution
    let members = ServiceMembership(of: service, among: [Samples.pod(0)]).endpoints
    #expect(members[0].zoneHints == zones && members[0].nodeHints == nodes)
    let unready = ServiceMembership(of: service, among: [Samples.pod(0, isReady: false)])
    #expect(unready.endpoints[0].zoneHints.isEmpty && unready.endpoints[0].nodeHints.isEmpty)
  }
}
