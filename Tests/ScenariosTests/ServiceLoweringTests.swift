import ClusterSimulator
import KubernetesManifests
import Scenarios
import SimKernel
import Testing

/// What manifests and scenario say of Services, in the plan.
@Suite("Services reach the plan")
struct ServiceLoweringTests {
  /// The plan after changes of the manifests and overrides of the scenario.
  private static func plan(
    _ changes: [(old: String, new: String)] = [],
    _ overrides: [String] = []
  ) throws -> SimulationPlan {
    var manifests = Shop.manifests
    for change in changes {
      #expect(manifests.contains(change.old))
      manifests = manifests.replacing(change.old, with: change.new)
    }
    return try Shop.load(manifests: manifests, overrides: overrides).variants[0].plan
  }

  private static let api = "spec:\n  selector: {app: api}"
  private static let call = "workloads.web.calls.api"

  @Test(
    "fields of a Service",
    arguments: [
      ("internalTrafficPolicy: Local", "local internal"),
      ("trafficDistribution: PreferClose", "zone"),
      ("trafficDistribution: PreferSameZone", "zone"),
      ("trafficDistribution: PreferSameNode", "node"),
      ("sessionAffinity: ClientIP", "10800"),
      (
        "sessionAffinity: ClientIP\n  sessionAffinityConfig: {clientIP: {timeoutSeconds: 60}}",
        "60"
      ),
      ("type: NodePort\n  externalTrafficPolicy: Local", "local external"),
      ("publishNotReadyAddresses: true", "unready"),
    ]
  )
  func fields(yaml: String, expected: String) throws {
    let plan = try Self.plan([
      (Self.api, Self.api.replacing("spec:", with: "spec:\n  \(yaml)"))
    ])
    let service = try #require(plan.services.first { $0.name == "shop/api" })
    let found: [String: Bool] = [
      "local internal": service.internalTrafficPolicy == .local,
      "local external": service.externalTrafficPolicy == .local,
      "zone": service.trafficDistribution == .preferSameZone,
      "node": service.trafficDistribution == .preferSameNode,
      "10800": service.affinityTimeout == .seconds(10_800),
      "60": service.affinityTimeout == .seconds(60),
      "unready": service.publishNotReadyAddresses,
    ]
    for (name, isSet) in found { #expect(isSet == (name == expected), "\(name)") }
  }

  /// Queries on the search path, by dots: section 6 of the facts on DNS.
  @Test(
    "names and their queries",
    arguments: [
      ("http://api", 1, 4), ("http://api.shop", 2, 4), ("http://api.shop.svc", 3, 4),
      ("http://api.shop.svc.cluster.local", 4, 4), ("http://api.shop.svc.cluster.local.", 1, 1),
    ]
  )
  func queries(target: String, toFind: Int, toDeny: Int) throws {
    let plan = try Self.plan([], ["\(Self.call).target=\(target)"])
    let lookup = plan.workloads[0].server.calls[0].lookup
    #expect([lookup.queriesToFind, lookup.queriesToDeny] == [toFind, toDeny])
  }

  @Test(
    "routing",
    arguments: [
      ("dns", Routing.dns), ("environment", .environment),
      ("{dns: {cache: 30s, negativeCache: 10s}}", .dns),
      ("{hardcodedIP: {capturedAt: 5s}}", .hardcodedIP(capturedAt: .seconds(5))),
    ]
  )
  func routing(yaml: String, routing: Routing) throws {
    let plan = try Self.plan([], ["\(Self.call).routing=\(yaml)"])
    let call = plan.workloads[0].server.calls[0]
    #expect(call.routing == routing)
    let isCached = yaml.contains("cache")
    #expect(call.lookup.cache == (isCached ? .seconds(30) : .zero))
    #expect(call.lookup.negativeCache == (isCached ? .seconds(10) : .zero))
  }

  @Test(
    "a headless Service is called headless",
    arguments: [
      ("dns", AddressChoice.first), ("headless", .first), ("{headless: {choice: random}}", .random),
      ("{headless: {choice: roundRobin, cache: unlimited}}", .roundRobin),
    ]
  )
  func headless(yaml: String, choice: AddressChoice) throws {
    let plan = try Self.plan(
      [(Self.api, Self.api.replacing("spec:", with: "spec:\n  clusterIP: None"))],
      ["\(Self.call).routing=\(yaml)"]
    )
    #expect(plan.workloads[0].server.calls[0].routing == .headless(choice))
  }

  @Test(
    "ways in from outside",
    arguments: [
      ("NodePort", "nodePort", Routing.nodePort(node: nil)),
      ("NodePort", "{nodePort: {node: node-2}}", .nodePort(node: 1)),
      ("LoadBalancer", "nodePort", .nodePort(node: nil)),
      ("LoadBalancer", "loadBalancer", .loadBalancer),
    ]
  )
  func outside(type: String, yaml: String, routing: Routing) throws {
    let web = "spec:\n  selector: {app: web}"
    let plan = try Self.plan(
      [(web, web.replacing("spec:", with: "spec:\n  type: \(type)"))],
      ["traffic[0].routing=\(yaml)", "traffic[0].sources=50", "cluster.cloudProvider=aws"]
    )
    #expect(plan.clients[0].call.routing == routing)
    #expect(plan.clients[0].sources == 50)
    #expect(plan.cluster.loadBalancer?.checkInterval == .seconds(10))
  }

  @Test(
    "a pod's own name",
    arguments: ["db-1.db.shop", "db-1.db", "db-1.db.shop.svc.cluster.local"]
  )
  func podName(host: String) throws {
    let plan = try Self.plan([], ["\(Self.call).target=http://\(host):5432/"])
    let call = plan.workloads[0].server.calls[0]
    #expect(call.routing == .podName(ordinal: 1))
    #expect(plan.services[call.service].name == "shop/db")
  }

  @Test("a name that leads out of the cluster, and back into it")
  func externalNames() throws {
    let external = """
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: pay, namespace: shop}
      spec: {type: ExternalName, externalName: NAME}

      """
    func plan(_ name: String) throws -> (plan: SimulationPlan, service: ServicePlan) {
      let manifests = Shop.manifests + external.replacing("NAME", with: name)
      let plan = try Shop.load(
        manifests: manifests,
        overrides: [
          "\(Self.call).target=http://pay",
          "externalHosts={api.example.com: {latency: 40ms, failures: 1%}}",
        ]
      ).variants[0].plan
      return (plan, plan.services[plan.workloads[0].server.calls[0].service])
    }
    var host = ExternalHostPlan(latency: .deterministic(0.04))
    host.failuresPPM = 10_000
    #expect(try plan("api.example.com").service.externalHost == host)
    #expect(try plan("api.shop.svc.cluster.local").service.name == "shop/api")
    // A CNAME to nowhere is no name at all.
    #expect(try plan("ipa.shop.svc.cluster.local").service.isPresentAtStart == false)
  }

  @Test("the name server and kube-proxy")
  func cluster() throws {
    let plan = try Self.plan(
      [],
      [
        "cluster.services=9000", "cluster.kubeProxy.mode=ipvs", "cluster.kubeProxy.scheduler=lc",
        "cluster.kubeProxy.rewritesAll=true", "cluster.dns.latency=[1ms, 2ms]",
        "cluster.dns.nodeLocalCache=true", "cluster.dns.denialTTL=7s",
        "cluster.kubeProxy.roundPerThousand=7ms",
      ]
    )
    let proxy = plan.cluster.kubeProxy
    #expect(proxy.otherServices == 9_000)
    #expect(proxy.scheduler == .leastConnection)
    #expect(proxy.rewritesAll)
    #expect(proxy.roundPerThousand == UniformDelay(.milliseconds(7), .milliseconds(7)))
    let dns = plan.cluster.dns
    #expect(dns.latency == UniformDelay(.milliseconds(1), .milliseconds(2)))
    #expect(dns.hasNodeLocalCache)
    #expect([dns.cacheTTL, dns.denialTTL] == [.seconds(30), .seconds(7)])
  }

  @Test(
    "what does not go together",
    arguments: [
      (["routing=headless"], "'api' calls a Service that has a ClusterIP | set routing: dns"),
      (["routing=nodePort"], "the Service has no node port | give it type: NodePort"),
      (["routing=loadBalancer"], "the Service has no load balancer | give it type: LoadBalancer"),
      (
        ["target=http://web-1.api.shop/"],
        "'web-1' is no pod of a StatefulSet behind Service 'shop/api'"
          + " | pods are named after their StatefulSet, such as db-0"
      ),
    ]
  )
  func faults(settings: [String], message: String) throws {
    let errors = try Shop.errors(overrides: settings.map { "\(Self.call).\($0)" })
    #expect(errors.contains { $0.hasSuffix(message) }, "\(errors)")
  }
}
