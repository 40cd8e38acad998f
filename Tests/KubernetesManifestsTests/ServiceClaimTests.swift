import KubernetesManifests
import Testing

@Suite("What only one Service can have")
struct ServiceClaimTests {
  private func service(_ name: String, _ spec: String, namespace: String = "default") -> String {
    """
    apiVersion: v1
    kind: Service
    metadata: {name: \(name), namespace: \(namespace)}
    spec: {\(spec), selector: {app: a}, ports: [{port: 80}]}

    """
  }

  private func node(_ name: String, port: Int, namespace: String = "default") -> String {
    service(name, "type: NodePort", namespace: namespace)
      .replacing("{port: 80}", with: "{port: 80, nodePort: \(port)}")
  }

  @Test("a node port is claimed over all namespaces, the first in file order has it")
  func nodePorts() throws {
    let text = [
      node("a", port: 30_080), node("b", port: 30_081), node("c", port: 30_080, namespace: "shop"),
    ].joined(separator: "---\n")
    let errors = Fixtures.read(text).diagnostics
    #expect(errors.count == 1)
    let error = try #require(errors.first)
    #expect(error.field == "spec.ports[0].nodePort")
    #expect(error.message == "Invalid value: '30080': provided port is already allocated")
    #expect(error.hint?.contains("'default/a'") == true)
    // Each document has four lines and a divider.
    #expect(error.mark?.line == 14)
  }

  @Test("TCP and UDP of one Service share a port, two Services never do")
  func transports() {
    let both = node("dns", port: 30_053)
      .replacing(
        "[{port: 80, nodePort: 30053}]",
        with: "[{name: a, port: 53, nodePort: 30053, protocol: UDP}, "
          + "{name: b, port: 53, nodePort: 30053, protocol: TCP}]"
      )
    #expect(Fixtures.read(both).diagnostics.isEmpty)
    let other = node("log", port: 30_053).replacing("{port: 80,", with: "{protocol: UDP, port: 80,")
    #expect(Fixtures.read(both + "---\n" + other).diagnostics.count == 1)
  }

  @Test("the port that balancers ask for health comes out of the same range")
  func healthPorts() throws {
    let balancer = service(
      "web",
      "type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30080"
    )
    let text = node("a", port: 30_080) + "---\n" + balancer
    let errors = Fixtures.read(text).diagnostics.filter { $0.severity == .error }
    #expect(errors.map(\.field) == ["spec.healthCheckNodePort"])
  }

  @Test("a cluster address is reported where the server reports it")
  func addresses() throws {
    let text = ["a", "b"].map { service($0, "clusterIP: 10.96.0.20") }.joined(separator: "---\n")
    let errors = Fixtures.read(text).diagnostics
    #expect(errors.count == 1)
    let error = try #require(errors.first)
    #expect(error.field == "spec.clusterIPs")
    #expect(
      error.message == "Invalid value: '10.96.0.20': failed to allocate IP 10.96.0.20: "
        + "provided IP is already allocated"
    )
    #expect(error.mark?.line == 9)
    let headless = ["a", "b"].map { service($0, "clusterIP: None") }.joined(separator: "---\n")
    #expect(Fixtures.read(headless).diagnostics.isEmpty)
  }

  @Test("in a list the path begins with the item")
  func pathsInLists() {
    let items = ["a", "b"].map { name in
      "  - {apiVersion: v1, kind: Service, metadata: {name: \(name)}, "
        + "spec: {clusterIP: 10.96.0.20, ports: [{port: 80}]}}\n"
    }
    let text = "apiVersion: v1\nkind: List\nitems:\n" + items.joined()
    #expect(Fixtures.read(text).diagnostics.map(\.field) == ["items[1].spec.clusterIPs"])
  }

  /// 10.96.0.0/12 ends at 10.111.255.255; its first and last address are never given out, and the
  /// second is that of `kubernetes`.
  @Test(
    "the cluster's range",
    arguments: [
      ("10.96.0.2", nil), ("10.111.255.254", nil), ("10.96.0.0", "not in the valid range"),
      ("10.111.255.255", "not in the valid range"), ("10.112.0.0", "not in the valid range"),
      ("10.95.255.255", "not in the valid range"), ("10.96.0.1", "already allocated"),
      ("fd00::1", nil),
    ]
  )
  func range(_ address: String, _ problem: String?) throws {
    let range = try #require(AddressRange("10.96.0.0/12"))
    let set = Fixtures.read(service("a", "clusterIP: \"\(address)\"")).set
    let reader = YAMLReader()
    ServiceClaims.check(set.services, in: range, reader)
    let errors = reader.diagnostics.all
    #expect(errors.count == (problem == nil ? 0 : 1))
    if let problem {
      #expect(errors.first?.message.contains(problem) == true)
      #expect(errors.first?.field == "spec.clusterIPs")
    }
  }

  @Test func kubernetesItselfHasTheSecondAddress() throws {
    let range = try #require(AddressRange("10.96.0.0/12"))
    let reader = YAMLReader()
    let set = Fixtures.read(service("kubernetes", "clusterIP: 10.96.0.1")).set
    ServiceClaims.check(set.services, in: range, reader)
    #expect(reader.diagnostics.all.isEmpty)
  }
}
