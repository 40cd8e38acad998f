import ClusterSimulator
import KubernetesManifests
import Scenarios
import SimKernel
import Testing

/// From the URL of a group of users to the rule of an Ingress and the Service behind it.
@Suite("Ingress objects reach the plan")
struct IngressLoweringTests {
  private static let ingress = """
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: shop
      namespace: shop
      annotations: {}
    spec:
      ingressClassName: nginx
      tls: [{hosts: [shop.example.com]}]
      rules:
        - host: shop.example.com
          http:
            paths:
              - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
              - {path: /api, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}
              - {path: /api, pathType: Exact, backend: {service: {name: db, port: {number: 5432}}}}
              - {path: /old, pathType: Prefix, backend: {service: {name: gone, port: {number: 80}}}}
              - {path: /odd, pathType: Prefix, backend: {service: {name: web, port: {name: web}}}}
        - host: "*.example.org"
          http:
            paths:
              - path: /only
                pathType: ImplementationSpecific
                backend: {service: {name: api, port: {number: 80}}}

    """

  private static func plan(
    _ target: String,
    annotations: String = "{}",
    overrides: [String] = []
  ) throws -> SimulationPlan {
    try Shop.load(
      manifests: Shop.manifests
        + ingress.replacing("annotations: {}", with: "annotations: \(annotations)"),
      overrides: ["traffic[0].target=\(target)"] + overrides
    ).variants[0].plan
  }

  /// The longest path wins, Exact before Prefix, elements and not letters.
  @Test(
    "host and path",
    arguments: [
      ("https://shop.example.com/", "shop/web"), ("https://shop.example.com", "shop/web"),
      ("http://SHOP.example.com/apple?x=/api", "shop/web"),
      ("http://shop.example.com/api", "shop/db"),
      ("http://shop.example.com/api/orders", "shop/api"),
      ("http://eu.example.org/only/this", "shop/api"),
      ("http://shop.example.com/old", "ingress-nginx/default-backend"),
      ("http://shop.example.com/odd", "ingress-nginx/default-backend"),
    ]
  )
  func backends(target: String, service: String) throws {
    let plan = try Self.plan(target)
    let call = plan.clients[0].call
    #expect(plan.services[call.service].name == service)
    #expect(call.ingress?.backend == .service)
    #expect(call.routing == .ingress)
  }

  @Test("no rule", arguments: ["http://eu.example.org/else", "http://www.example.org/"])
  func noRule(target: String) throws {
    #expect(try Self.plan(target).clients[0].call.ingress?.backend == IngressRulePlan.Backend.none)
  }

  @Test("names of Services go before hosts")
  func services() throws {
    let call = try Self.plan("http://web.shop/").clients[0].call
    #expect(call.ingress == nil)
    #expect(call.routing == .ingress)
  }

  @Test("annotations")
  func annotations() throws {
    let prefix = "nginx.ingress.kubernetes.io/proxy"
    let rule = try #require(
      try Self.plan(
        "https://shop.example.com/",
        annotations: """
          {\(prefix)-connect-timeout: "2", \(prefix)-read-timeout: "7", \
          \(prefix)-next-upstream: error http_503 non_idempotent, \
          \(prefix)-next-upstream-tries: "5", \(prefix)-next-upstream-timeout: "9"}
          """
      ).clients[0].call.ingress
    )
    #expect(rule.connectTimeout == .seconds(2))
    #expect(rule.readTimeout == .seconds(7))
    #expect(rule.nextUpstream == [.error, .http503, .nonIdempotent])
    #expect(rule.tries == 5)
    #expect(rule.triesTimeout == .seconds(9))
    // What the ConfigMap of ingress-nginx says without annotations.
    let standard = try #require(try Self.plan("https://shop.example.com/").clients[0].call.ingress)
    #expect(standard.connectTimeout == .seconds(5) && standard.readTimeout == .seconds(60))
    #expect(standard.nextUpstream == [.error, .timeout])
    #expect(standard.tries == 3 && standard.triesTimeout == .zero)
  }

  @Test("methods", arguments: [("GET", true), ("PUT", true), ("POST", false), ("PATCH", false)])
  func methods(method: String, isIdempotent: Bool) throws {
    let plan = try Self.plan(
      "https://shop.example.com/",
      overrides: ["traffic[0].method=\(method)"]
    )
    #expect(plan.clients[0].call.ingress?.isIdempotent == isIdempotent)
  }

  @Test(
    "the way to the controllers",
    arguments: [
      ([], false), (["cluster.cloudProvider=aws"], true),
      (["cluster.cloudProvider=aws", "cluster.ingress.exposure=hostPort"], false),
      (["cluster.ingress.exposure=loadBalancer"], true),
    ]
  )
  func exposure(overrides: [String], isBalanced: Bool) throws {
    let plan = try Self.plan("https://shop.example.com/", overrides: overrides)
    #expect((plan.cluster.ingress.exposure != .hostPort) == isBalanced)
    #expect(plan.cluster.ingress.instances == 2)
  }

  @Test("what is wrong is said at once")
  func errors() throws {
    let scenario = Shop.scenario.replacing(
      "target: http://web.shop/\n",
      with: "target: https://shop.example.com/\n      routing: dns\n      connection: http2\n"
    ).replacing("http://api.shop", with: "http://shop.example.com")
    #expect(
      try Set(Shop.errors(scenario, manifests: Shop.manifests + Self.ingress)) == [
        "13:23 'shop.example.com' is the host of an Ingress, and only users outside come by one"
          + " | call the Service behind it",
        "23:16 the target is a host of an Ingress, whose controller takes its pods in turn"
          + " | leave out routing, or name a Service",
        "24:19 connections to an ingress controller are not simulated"
          + " | leave out connection; those from the controller to pods are kept",
      ]
    )
    let misspelt = Shop.scenario.replacing(
      "http://web.shop/\n",
      with: "http://shop.exmple.com/\n      method: Get\n"
    )
    #expect(
      try Set(Shop.errors(misspelt, manifests: Shop.manifests + Self.ingress)) == [
        "22:15 no Ingress serves 'shop.exmple.com' | did you mean 'shop.example.com'?",
        "23:15 unknown value 'Get' | did you mean 'GET'?",
      ]
    )
  }

  @Test("what ingress-nginx would pass over, or answer with an error of its own")
  func warnings() throws {
    let manifests =
      Shop.manifests
      + Self.ingress.replacing(
        "annotations: {}",
        with: """
          annotations:
                nginx.ingress.kubernetes.io/proxy-read-timeout: 60s
                nginx.ingress.kubernetes.io/proxy-next-upstream: eror
                nginx.ingress.kubernetes.io/affinity: cookie
          """
      ).replacing("ingressClassName: nginx", with: "ingressClassName: alb")
    func warnings(_ target: String) throws -> [String] {
      try Shop.warnings(
        Shop.scenario.replacing("http://web.shop/", with: target),
        manifests: manifests
      ).map { String($0.drop { $0 != " " }.dropFirst()) }
    }
    let prefix = "annotation nginx.ingress.kubernetes.io/"
    let common = [
      prefix + "proxy-read-timeout: ingress-nginx passes over '60s'"
        + " | it takes a whole number of seconds or tries, such as \"60\"",
      prefix + "proxy-next-upstream: ingress-nginx passes over 'eror' | did you mean 'error'?",
      prefix + "affinity is not simulated | requests are treated as if it were not there",
      "class 'alb' is served as ingress-nginx would serve it"
        + " | other controllers retry and time out in other ways",
    ]
    #expect(
      try Set(warnings("http://shop.example.com/old"))
        == Set(
          common + [
            "Ingress 'shop/shop' leads to Service 'shop/gone', which does not exist"
              + " | one of: shop/web, shop/api, shop/db"
          ]
        )
    )
    #expect(
      try Set(warnings("http://shop.example.com/odd"))
        == Set(
          common + [
            "Ingress 'shop/shop' leads to a port that Service 'shop/web' does not have"
              + " | it has 80; users get 503"
          ]
        )
    )
    #expect(
      try Set(warnings("https://a.example.org/only"))
        == Set(
          common + [
            "no Ingress has a certificate for 'a.example.org'"
              + " | ingress-nginx shows its own, which browsers refuse; list the host under tls"
          ]
        )
    )
    #expect(
      try warnings("http://a.example.org/onyl") == [
        "no rule of an Ingress leads 'a.example.org/onyl' anywhere | did you mean '/only'?"
      ]
    )
  }
}
