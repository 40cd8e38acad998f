import KubernetesManifests
import Scenarios
import Testing

@Suite("The resolved scenario")
struct ResolvedTests {
  @Test("is the same text every time")
  func isDeterministic() throws {
    let first = try BlackFridayTests.load().resolved
    for _ in 0..<3 { #expect(try BlackFridayTests.load().resolved == first) }
  }

  @Test(
    "reads back as the same plans and resolves to itself",
    arguments: [
      [], ["run.seed=3", "hpa.maxReplicas=7"], ["cluster.kubeProxy.mode=ipvs"], ["hpa=null"],
    ]
  )
  func isAFixedPoint(_ overrides: [String]) throws {
    let scenario = try Shop.load(overrides: overrides)
    let again = try Shop.load(scenario.resolved)
    #expect(again.resolved == scenario.resolved)
    for (first, second) in zip(scenario.variants, again.variants) {
      #expect(first.name == second.name)
      #expect(String(reflecting: first.plan) == String(reflecting: second.plan))
    }
  }

  @Test("states defaults, derived ones too")
  func statesDefaults() throws {
    let resolved = try Shop.load(overrides: ["cluster.kubeProxy.mode=ipvs"]).resolved
    for line in [
      "    replications: 10", "    podCIDR: 10.244.0.0/16", "      minSyncPeriod: 0s",
      "      port: 8080", "        acquireTimeout: 30s", "        pool: 10",
      "        deadPeerTimeout: 2h11m15s", "          balancer: roundRobin",
    ] {
      #expect(resolved.split(separator: "\n").contains(Substring(line)), "\(line)")
    }
  }
}
