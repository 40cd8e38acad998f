import Diagnosis
import Testing

/// The way of a connection ends at the first step that is broken.
@Suite struct WalkTests {
  private static let manifest = """
    apiVersion: v1
    kind: Service
    metadata: {name: checkout, namespace: shop}
    spec: {selector: {app: checkout}, ports: [{name: http, port: 80, targetPort: http}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: typo, namespace: shop}
    spec: {selector: {app: Checkout}, ports: [{port: 80}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: wrong-port, namespace: shop}
    spec: {selector: {app: checkout}, ports: [{port: 80, targetPort: 9090}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: local, namespace: shop}
    spec:
      internalTrafficPolicy: Local
      selector: {app: single}
      ports: [{port: 80, targetPort: 8080}]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: headless-typo, namespace: shop}
    spec: {clusterIP: None, selector: {app: Checkout}, ports: [{port: 80}]}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: single, namespace: shop, labels: {app: single}}
    spec: {containers: [{name: c, image: "c:1"}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: public, namespace: shop}
    spec: {type: LoadBalancer, selector: {app: checkout}, ports: [{port: 80, targetPort: 8080}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: open, namespace: shop}
    spec:
      type: NodePort
      selector: {app: checkout}
      ports: [{port: 80, targetPort: 8080, nodePort: 30080}]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: shop-web, namespace: shop}
    spec: {selector: {app: checkout}, ports: [{port: 80, targetPort: http}]}
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: shop, namespace: shop}
    spec: {defaultBackend: {service: {name: shop-web, port: {number: 80}}}}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: alias, namespace: shop}
    spec: {type: ExternalName, externalName: checkout.shop.svc.cluster.local}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: mainframe, namespace: shop}
    spec: {ports: [{port: 23}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: unready, namespace: shop}
    spec: {selector: {app: unready}, ports: [{port: 80, targetPort: 8080}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: db, namespace: shop}
    spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: db, namespace: shop}
    spec:
      serviceName: db
      replicas: 3
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec: {containers: [{name: db, image: "db:1", ports: [{containerPort: 5432}]}]}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: checkout, namespace: shop}
    spec:
      replicas: 2
      selector: {matchLabels: {app: checkout}}
      template:
        metadata: {labels: {app: checkout}}
        spec:
          containers:
            - name: c
              image: c:1
              ports: [{name: http, containerPort: 8080}]
              readinessProbe: {httpGet: {path: /ready, port: http}}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: unready, namespace: shop}
    spec:
      selector: {matchLabels: {app: unready}}
      template:
        metadata: {labels: {app: unready}}
        spec:
          containers:
            - name: c
              image: c:1
              ports: [{name: http, containerPort: 8080}]
              readinessProbe: {tcpSocket: {port: web}}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: client, namespace: web}
    spec: {containers: [{name: c, image: "c:1"}]}
    """

  private func walk(_ from: String, _ to: String, bareMetal: Bool = false) throws -> ConnectionWalk
  {
    let facts = ClusterFacts(hasLoadBalancers: bareMetal ? false : nil)
    let inventory = try inventory(of: Self.manifest, cluster: facts)
    let client = try #require(Walker.client(from, in: inventory))
    var walker = try #require(Walker(inventory, from: from, client, to: to))
    return walker.run()
  }

  @Test(arguments: [
    ("web/client", "checkout.shop:80"), ("shop/checkout", "checkout"), ("shop", "checkout"),
    ("web/client", "http://checkout.shop.svc.cluster.local/orders"), ("shop", "alias"),
    ("outside", "public.shop"), ("outside", "open.shop"), ("outside", "http://open.shop:30080"),
    ("outside", "http://shop-web.shop/"), ("shop", "db:5432"), ("shop", "db-2.db:5432"),
    ("web", "db-0.db.shop:5432"),
  ])
  func wayIsClear(from: String, to: String) throws {
    let walk = try walk(from, to)
    #expect(!walk.isBroken)
    #expect(walk.finding == nil)
    #expect(walk.result == "connected")
    #expect(Set(walk.steps.map(\.name)) == Set(ConnectionWalk.StepName.allCases))
  }

  @Test(arguments: [
    ("web/client", "checkout", ConnectionWalk.StepName.name, "PS1302", "no such host"),
    ("web/client", "checkot.shop", .name, "PS1303", "no such host"),
    ("shop", "nobody", .name, "PS1304", "no such host"),
    ("shop", "10.1.1.5:80", .name, "PS1301", "whoever"),
    ("outside", "checkout.shop", .service, "PS1408", "timeout"),
    ("shop", "checkout:8080", .port, "PS1203", "timeout"),
    ("shop", "typo", .endpoints, "PS1101", "connection refused"),
    ("shop", "wrong-port", .podPort, "PS1201", "connection refused"),
    ("shop", "unready", .readiness, "PS1502", "connection refused"),
    ("web/client", "local.shop", .readiness, "PS1409", "timeout"),
    ("shop", "headless-typo", .name, "PS1101", "no such host"),
  ])
  func wayEndsAtTheFirstBreak(
    from: String,
    to: String,
    step: ConnectionWalk.StepName,
    code: String,
    result: String
  ) throws {
    let walk = try walk(from, to)
    let last = try #require(walk.steps.last)
    #expect(last.name == step)
    #expect(last.outcome == .broken)
    #expect(walk.steps.dropLast().allSatisfy { $0.outcome == .passed })
    #expect(walk.finding?.code == code)
    #expect(walk.result.hasPrefix(result), "\(walk.result)")
  }

  @Test(arguments: [
    ("db-3.db:5432", ConnectionWalk.StepName.name), ("mainframe:23", .endpoints),
    ("db:5433", .podPort),
  ])
  func someBreaksHaveNoRule(to: String, step: ConnectionWalk.StepName) throws {
    let walk = try walk("shop", to)
    #expect(walk.steps.last?.name == step)
    #expect(walk.isBroken)
  }

  @Test func loadBalancerOnBareMetalIsPending() throws {
    let walk = try walk("outside", "public.shop", bareMetal: true)
    #expect(walk.steps.last?.name == .service)
    #expect(walk.finding?.code == "PS1401")
  }

  @Test func wayOutOfTheManifestsIsNotBroken() throws {
    let walk = try walk("shop", "api.example.com:443")
    #expect(!walk.isBroken)
    #expect(walk.steps.map(\.name) == [.client, .name])
  }

  @Test(arguments: ["", ":80", "http://", "a b", "-x"])
  func targetsThatAreNoneAreRefused(to: String) throws {
    let inventory = try inventory(of: Self.manifest)
    #expect(Walker(inventory, from: "outside", .outside, to: to) == nil)
  }
}
