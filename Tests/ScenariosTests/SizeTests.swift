import ClusterSimulator
import KubernetesManifests
import Scenarios
import Testing

@Suite("What would exhaust the machine is refused before it starts")
struct SizeTests {
  @Test("connections of all pods together")
  func connections() throws {
    let pool = "workloads.web.calls.api.connection={http1: {size: 100000}}"
    #expect(try Shop.errors(overrides: [pool]) == [])
    #expect(
      try Shop.errors(overrides: [pool, "manifests.deployment.web.spec.replicas=101"]) == [
        "9:5 10100000 pooled connections are too many | at most 10000000"
      ]
    )
  }

  @Test("pods that a fault would add")
  func pods() throws {
    let fault = "faults[0]={at: 1m, scale: {workload: web, replicas: 100000}}"
    let more = "manifests.deployment.api.spec.replicas=100000"
    #expect(
      try Shop.errors(overrides: [fault, more, "hpa=null"]) == [
        "--set faults[0]:1:43 200001 pods are too many | at most 200000"
      ]
    )
  }

  @Test("addresses of all nodes together")
  func addresses() throws {
    let wide = ["cluster.podCIDR=10.0.0.0/8", "cluster.nodeCIDRMaskSize=16"]
    #expect(try Shop.errors(overrides: wide + ["cluster.nodes=100"]) == [])
    let errors = try Shop.errors(overrides: wide + ["cluster.nodes=200"])
    // 65,536 of a /16 less network, gateway and broadcast address.
    #expect(errors.count == 1)
    #expect(errors[0].hasSuffix("13106600 pod addresses are too many | at most 10000000"))
  }

  @Test("what a proxy counts at every address for every group of users")
  func counters() throws {
    let wide = [
      "cluster={nodes: 152, podCIDR: 10.0.0.0/8, nodeCIDRMaskSize: 16}", "thresholds=[]",
      "workloads.web.calls.api.routing={ingress: {balancer: leastRequest}}",
    ]
    func groups(_ count: Int) -> String {
      let list = (1...count).map {
        "{name: g\($0), arrivals: {poisson: 1/s}, target: http://web.shop, timeout: 1s}"
      }
      return "traffic=[\(list.joined(separator: ", "))]"
    }
    #expect(try Shop.errors(overrides: wide + [groups(10)]) == [])
    // 152 · (2^16 - 3) addresses for each of 11 groups.
    #expect(
      try Shop.errors(overrides: wide + [groups(11)]) == [
        "--set traffic:1:1 109571176 counters of leastRequest are too many | at most 100000000"
      ]
    )
  }

  @Test(
    "sections whose entries work on each other",
    arguments: [
      ("overrides", "overrides", "    run.seed@: 1\n", 1_000),
      ("variants", "variants", "    v@: {}\n", 100),
      ("sweep", "axes of the sweep", "    run.seed@: [1, 2]\n", 1_000),
    ]
  )
  func sections(_ name: String, _ entries: String, _ entry: String, _ limit: Int) throws {
    let written = (0...limit).map { entry.replacing("@", with: "\($0)") }.joined()
    let bare = Shop.scenario.split(separator: "\n").prefix(25).joined(separator: "\n")
    let text = bare + "\n  \(name):\n" + written
    let error = "27:5 \(limit + 1) \(entries) are too many | at most \(limit)"
    #expect(try Shop.errors(text) == [error])
  }

  /// A chain of workloads, each calling the next, behind the users.
  private func chain(_ names: [String]) throws -> [String] {
    let calls = zip(names, names.dropFirst()).map { name, next in
      "    \(name): {concurrency: 1, calls: {next: {target: http://\(next), timeout: 1s}}}"
    }
    let text = """
      apiVersion: podstorm/v1
      kind: Scenario
      metadata: {name: chain}
      spec:
        manifests: [shop.yaml]
        run: {duration: 1h}
        workloads:
      \(calls.joined(separator: "\n"))
          \(names[names.count - 1]): {concurrency: 1}
        traffic:
          - {name: users, arrivals: {poisson: 1/s}, target: http://a.shop, timeout: 1s}
      """
    let manifests = names.map { Shop.deployment($0, replicas: 1) + "---\n" + Shop.service($0) }
    return try Shop.errors(text, manifests: manifests.joined(separator: "---\n"))
  }

  @Test("calls behind each other")
  func depth() throws {
    #expect(try chain(["a", "b", "c", "d"]) == [])
    #expect(
      try chain(["a", "b", "c", "d", "e"]) == [
        "8:5 calls stand 4 deep behind each other | at most 3"
      ]
    )
  }

  @Test("attempts are estimated by the integral of the rate, every try counted")
  func attempts() throws {
    // A triangle of 1 h up to 2000/s is 3.6 million users; ten tries each, and ten of the call
    // behind each of those: 396 million attempts a run, 26 runs are more than 10^10.
    let profile = "traffic[0].arrivals={poisson: {profile: [[0s, 0/s], [1h, 2000/s]]}}"
    let retries = [
      "traffic[0].retry.attempts=10", "workloads.web.calls.api.retry.attempts=10", "variants=null",
      "thresholds=[]", profile,
    ]
    #expect(try Shop.errors(overrides: retries + ["run.replications=25"]) == [])
    let errors = try Shop.errors(overrides: retries + ["run.replications=26"])
    #expect(errors.map { $0.contains("about 1e10 attempts are too many") } == [true])
  }

  @Test("ways through the calls are not counted one by one")
  func manyWays() throws {
    // 30 layers of two workloads that both call both of the next: 2^30 ways to the last layer.
    let layers = (0..<30).map { ["a\($0)", "b\($0)"] }
    let behaviors = zip(layers, layers.dropFirst() + [[]]).flatMap { layer, next in
      layer.map { name in
        let calls = next.map { "\($0): {target: http://\($0), timeout: 1s}" }
        return "    \(name): {concurrency: 1, calls: {\(calls.joined(separator: ", "))}}"
      }
    }
    let text = """
      apiVersion: podstorm/v1
      kind: Scenario
      metadata: {name: ways}
      spec:
        manifests: [shop.yaml]
        run: {duration: 1h}
        workloads:
      \(behaviors.joined(separator: "\n"))
        traffic:
          - {name: users, arrivals: {poisson: 1/s}, target: http://a0.shop, timeout: 1s}
      """
    let manifests = layers.joined().map {
      Shop.deployment($0, replicas: 1) + "---\n" + Shop.service($0)
    }
    let start = ContinuousClock.now
    let errors = try Shop.errors(text, manifests: manifests.joined(separator: "---\n"))
    #expect(errors == ["8:5 calls stand 29 deep behind each other | at most 3"])
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test("calls of one workload")
  func calls() throws {
    let calls = (0..<9_000).map { "c\($0): {target: http://api.shop, timeout: 1s}" }
    let set = "workloads.web.calls={\(calls.joined(separator: ", "))}"
    let http1 = "{http1: {size: 100000}}"
    let large = set.replacing("timeout: 1s", with: "timeout: 1s, connection: \(http1)")
    for override in [set, large] {
      let errors = try Shop.errors(overrides: [override, "variants=null", "thresholds=[]"])
      #expect(
        errors == [
          "--set workloads.web.calls:1:1 9000 calls of one workload are too many | at most 50"
        ]
      )
    }
  }

  @Test("names that are looked up one by one")
  func unknownWorkloads() throws {
    let names = (0..<9_000).map { "w\($0): {concurrency: 1}" }
    let start = ContinuousClock.now
    let errors = try Shop.errors(overrides: ["workloads={\(names.joined(separator: ", "))}"])
    #expect(errors.count == Diagnostics.errorLimit + 1)
    #expect(errors.first?.contains("there is no workload 'w0'") ?? false)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test("workloads, and what is tried is not worked out")
  func workloads() throws {
    let items = (0..<10_200).map { index in
      let lines = Shop.deployment("w\(index)", replicas: 1).split(separator: "\n")
      return "  - " + lines.joined(separator: "\n    ") + "\n"
    }
    let list = "---\napiVersion: v1\nkind: List\nitems:\n" + items.joined()
    let errors = try Shop.errors(manifests: Shop.manifests + list)
    #expect(errors == ["5:14 10203 workloads are too many | at most 10000"])
  }
}
