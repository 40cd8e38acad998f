import ClusterSimulator
import SimKernel
import Testing

/// Viewers that stand at different changes share what they believe.
@Suite struct SharedViewsTests {
  /// A StatefulSet of four loses its last pod three times, two seconds apart.
  ///
  /// kube-proxy's rounds take 0.1 s with a floor of 1 s, those of the ingress 3 s with one of 5 s.
  /// So the ingress shows what was written when its rounds began, at 10.1 and 18.1 s.
  private static func shrinking(zones: [String] = ["zone-a"]) -> SimulationPlan {
    var plan = Worlds.single(replicas: 4, rate: 0, routing: .ingress, nodes: zones.count)
    plan.cluster.makeDelaysExact()
    for (node, zone) in zones.enumerated() { plan.cluster.nodes[node].zone = zone }
    plan.cluster.ingress.minSyncPeriod = .seconds(5)
    plan.cluster.ingress.round = UniformDelay(.seconds(3), .seconds(3))
    plan.workloads[0].kind = .statefulSet
    plan.faults = [(10, 3), (12, 2), (14, 1)].map { second, replicas in
      .scale(workload: 0, at: .seconds(second), replicas: replicas)
    }
    return plan
  }

  private static func views(_ plan: SimulationPlan) -> String {
    Timeline(plan).lines(from: .seconds(1)).split(separator: "\n")
      .filter { $0.contains("web:") }.joined(separator: "\n")
  }

  @Test func aSlowViewerShowsAnOlderListThanAFastOne() {
    #expect(
      Self.views(Self.shrinking()) == """
        10.2s node-1 web: web-0 web-1 web-2
        12.2s node-1 web: web-0 web-1
        13.1s users web: web-0 web-1 web-2
        14.2s node-1 web: web-0
        21.1s users web: web-0
        """
    )
  }

  /// The same where each node sees its own zone: pods lie on the nodes in turn, two in each zone.
  @Test func viewsByPlaceDifferAndTheIngressSeesAll() {
    var plan = Self.shrinking(zones: ["zone-a", "zone-b"])
    plan.services[0].trafficDistribution = .preferSameZone
    let lines = Self.views(plan).split(separator: "\n").map(String.init)
    let users = lines.filter { $0.contains("users") }
    #expect(users == ["13.1s users web: web-0 web-1 web-2", "21.1s users web: web-0"])
    // Each node loses one of its two, then one of them the other and uses the last one elsewhere.
    let sizes = (1...2).map { node in
      lines.filter { $0.contains("node-\(node)") }.map { $0.split(separator: " ").count - 3 }
    }
    #expect(sizes.map { $0.sorted() }.sorted { $0.count < $1.count } == [[1], [1, 1]])
  }

  /// Changes that nobody has to see one by one are still all seen: twenty in one round.
  @Test func manyChangesWithinARoundComeOutAsTheLast() {
    var plan = Self.shrinking()
    plan.workloads[0].replicas = 30
    plan.faults = (0..<20).map { step in
      .scale(workload: 0, at: .seconds(10) + .milliseconds(Int64(step) * 140), replicas: 29 - step)
    }
    let users = Self.views(plan).split(separator: "\n").filter { $0.contains("users") }
    #expect(users.map { $0.split(separator: " ").count - 3 } == [29, 10])
  }
}
