import ClusterState
import KubernetesManifests
import Testing

@Suite struct ServiceEnvironmentTests {
  private static let web = ServiceState(
    ObjectKey("shop", "checkout-service"),
    ports: [
      ServiceState.Port(80, name: "http"),
      ServiceState.Port(53, name: "dns-udp", protocol: .udp),
    ],
    clusterIP: "10.96.45.23"
  )
  private static let kubernetes = ServiceState(
    ObjectKey("default", "kubernetes"),
    ports: [ServiceState.Port(443, name: "https")],
    clusterIP: "10.96.0.1"
  )

  @Test func variablesOfAServiceAreThoseOfTheKubelet() {
    let variables = ServiceEnvironment.variables(of: Self.web).map { "\($0.name)=\($0.value)" }
    #expect(
      variables == [
        "CHECKOUT_SERVICE_SERVICE_HOST=10.96.45.23", "CHECKOUT_SERVICE_SERVICE_PORT=80",
        "CHECKOUT_SERVICE_SERVICE_PORT_HTTP=80", "CHECKOUT_SERVICE_SERVICE_PORT_DNS_UDP=53",
        "CHECKOUT_SERVICE_PORT=tcp://10.96.45.23:80",
        "CHECKOUT_SERVICE_PORT_80_TCP=tcp://10.96.45.23:80",
        "CHECKOUT_SERVICE_PORT_80_TCP_PROTO=tcp", "CHECKOUT_SERVICE_PORT_80_TCP_PORT=80",
        "CHECKOUT_SERVICE_PORT_80_TCP_ADDR=10.96.45.23",
        "CHECKOUT_SERVICE_PORT_53_UDP=udp://10.96.45.23:53",
        "CHECKOUT_SERVICE_PORT_53_UDP_PROTO=udp", "CHECKOUT_SERVICE_PORT_53_UDP_PORT=53",
        "CHECKOUT_SERVICE_PORT_53_UDP_ADDR=10.96.45.23",
      ]
    )
  }

  @Test(arguments: [
    ("shop", true, true), ("shop", false, false), ("web", true, false), ("default", true, false),
  ])
  func onlyTheOwnNamespaceAndKubernetes(namespace: String, links: Bool, hasService: Bool) {
    let environment = ServiceEnvironment(
      namespace: namespace,
      services: [Self.web, Self.kubernetes],
      enableServiceLinks: links
    )
    #expect((environment["CHECKOUT_SERVICE_SERVICE_HOST"] != nil) == hasService)
    #expect(environment["KUBERNETES_SERVICE_HOST"] == "10.96.0.1")
    let names = environment.variables.map(\.name)
    #expect(names == names.sorted() && Set(names).count == names.count)
  }

  @Test func headlessAndExternalServicesHaveNone() {
    var headless = Self.web
    headless.clusterIP = "None"
    let outside = ServiceState(
      ObjectKey("shop", "db"),
      type: .externalName,
      externalName: "db.example.com"
    )
    let environment = ServiceEnvironment(namespace: "shop", services: [headless, outside])
    #expect(environment.variables.isEmpty && environment.byteCount == 0)
  }

  /// The classic clash: a program that reads NAME_PORT as a number.
  @Test func manifestOverridesWhatTheKubeletInjects() {
    let before = ServiceEnvironment(namespace: "shop", services: [Self.web])
    #expect(before["CHECKOUT_SERVICE_PORT"] == "tcp://10.96.45.23:80")
    let after = ServiceEnvironment(
      namespace: "shop",
      services: [Self.web],
      env: [ServiceEnvironment.Variable("CHECKOUT_SERVICE_PORT", "8080")]
    )
    #expect(after["CHECKOUT_SERVICE_PORT"] == "8080")
    #expect(after.variables.count == before.variables.count)
  }

  @Test func serviceNamedKubernetesOfTheOwnNamespaceComesFirst() {
    var own = Self.web
    own.key = ObjectKey("shop", "kubernetes")
    for services in [[own, Self.kubernetes], [Self.kubernetes, own]] {
      let environment = ServiceEnvironment(namespace: "shop", services: services)
      #expect(environment["KUBERNETES_SERVICE_HOST"] == "10.96.45.23")
      let without = ServiceEnvironment(
        namespace: "shop",
        services: services,
        enableServiceLinks: false
      )
      #expect(without["KUBERNETES_SERVICE_HOST"] == "10.96.0.1")
    }
  }

  @Test func addressesOfIPv6StandInBrackets() {
    var service = Self.kubernetes
    service.clusterIP = "fd00::1"
    let environment = ServiceEnvironment(namespace: "shop", services: [service])
    #expect(environment["KUBERNETES_PORT"] == "tcp://[fd00::1]:443")
    #expect(environment["KUBERNETES_PORT_443_TCP_ADDR"] == "fd00::1")
  }

  /// A thousand Services weigh on every exec in their namespace: 7 variables each.
  @Test func everyServiceOfTheNamespaceWeighs() {
    let services = (0..<1000).map { index in
      ServiceState(
        ObjectKey("shop", "service-\(index)"),
        ports: [ServiceState.Port(80)],
        clusterIP: "10.96.1.1"
      )
    }
    let environment = ServiceEnvironment(namespace: "shop", services: services)
    #expect(environment.variables.count == 7_000)
    #expect(environment.byteCount > 131_072)
  }
}
