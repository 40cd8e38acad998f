import ClusterState
import KubernetesManifests
import Testing

/// What `kubectl apply` keeps, swaps and refuses.
@Suite struct ServiceUpdateTests {
  private static func service(
    _ type: Service.Kind,
    clusterIP: String? = nil,
    ports: [ServiceState.Port] = [ServiceState.Port(80, name: "http")]
  ) -> ServiceState {
    ServiceState(
      ObjectKey("shop", "backend"),
      type: type,
      ports: ports,
      clusterIP: clusterIP,
      externalName: type == .externalName ? "db.example.com" : nil
    )
  }

  @Test(arguments: [Service.Kind.clusterIP, .nodePort, .loadBalancer])
  func addressSurvivesChangesOfType(type: Service.Kind) throws {
    var registry = Samples.registry()
    let before = try registry.create(Self.service(.nodePort))
    let after = try registry.update(Self.service(type))
    #expect(after.clusterIP == before.clusterIP)
    let kept = type == .clusterIP ? nil : before.ports[0].nodePort
    #expect(after.ports[0].nodePort == kept)
    #expect(registry.nodePorts.takenCount == (type == .clusterIP ? 0 : 1))
  }

  @Test func nodePortFollowsTheNameOfThePort() throws {
    var registry = Samples.registry()
    let ports = [ServiceState.Port(80, name: "http"), ServiceState.Port(443, name: "https")]
    let before = try registry.create(Self.service(.nodePort, ports: ports))
    let after = try registry.update(
      Self.service(
        .nodePort,
        ports: [ServiceState.Port(8443, name: "https"), ServiceState.Port(80, name: "http")]
      )
    )
    #expect(after.ports.map(\.nodePort) == [before.ports[1].nodePort, before.ports[0].nodePort])
  }

  @Test func nodePortIsNotKeptWhereAnotherPortNowUsesTheNumber() throws {
    var registry = Samples.registry()
    let before = try registry.create(
      Self.service(.nodePort, ports: [ServiceState.Port(80, name: "http", nodePort: 30_080)])
    )
    let after = try registry.update(
      Self.service(
        .nodePort,
        ports: [
          ServiceState.Port(80, name: "http"),
          ServiceState.Port(443, name: "https", nodePort: before.ports[0].nodePort),
        ]
      )
    )
    #expect(after.ports[1].nodePort == 30_080)
    #expect(after.ports[0].nodePort != nil && after.ports[0].nodePort != 30_080)
  }

  @Test func externalNameReleasesEverythingAndTheWayBackAllocatesAnew() throws {
    var registry = Samples.registry()
    let before = try registry.create(Self.service(.nodePort))
    let outside = try registry.update(Self.service(.externalName, ports: []))
    #expect(outside.clusterIP == nil)
    #expect(registry.clusterIPs.takenCount == 2 && registry.nodePorts.takenCount == 0)
    let after = try registry.update(Self.service(.nodePort))
    #expect(after.clusterIP != nil && after.clusterIP != before.clusterIP)
  }

  @Test(arguments: ["None", "10.96.77.77"])
  func addressCannotBeChanged(address: String) throws {
    var registry = Samples.registry()
    let before = try registry.create(Self.service(.clusterIP))
    let rejection = try #require(throws: APIRejection.self) {
      try registry.update(Self.service(.clusterIP, clusterIP: address))
    }
    #expect(rejection.field == "spec.clusterIPs[0]")
    #expect(rejection.detail == "may not change once set")
    #expect(registry[before.key] == before)
  }

  @Test func headlessStaysHeadlessAndCannotBecomeNodePort() throws {
    var registry = Samples.registry()
    try registry.create(Self.service(.clusterIP, clusterIP: "None"))
    #expect(try registry.update(Self.service(.clusterIP)).isHeadless)
    let rejection = try #require(throws: APIRejection.self) {
      try registry.update(Self.service(.nodePort))
    }
    #expect(rejection.detail == "may not be set to 'None' for NodePort services")
    #expect(registry.nodePorts.takenCount == 0)
  }

  /// A refused change gives back what it had taken and keeps the old object.
  @Test func refusedUpdateChangesNothing() throws {
    var registry = Samples.registry()
    let before = try registry.create(Self.service(.clusterIP))
    let ports = [
      ServiceState.Port(80, name: "a", nodePort: 30_001),
      ServiceState.Port(81, name: "b", nodePort: 99),
    ]
    let rejection = try #require(throws: APIRejection.self) {
      try registry.update(Self.service(.nodePort, ports: ports))
    }
    #expect(rejection.field == "spec.ports[1].nodePort")
    #expect(registry[before.key] == before && registry.nodePorts.takenCount == 0)
  }

  @Test func unknownNameIsNotFound() throws {
    var registry = Samples.registry()
    let first = try #require(throws: APIRejection.self) {
      try registry.update(Self.service(.clusterIP))
    }
    let second = try #require(throws: APIRejection.self) {
      try registry.delete(ObjectKey("shop", "backend"))
    }
    #expect(first == second && first.reason.rawValue == 404)
    try registry.create(Self.service(.clusterIP))
    let third = try #require(throws: APIRejection.self) {
      try registry.create(Self.service(.clusterIP))
    }
    #expect(third.reason.rawValue == 409)
  }
}
