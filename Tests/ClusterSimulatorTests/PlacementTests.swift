import ClusterSimulator
import SimKernel
import Testing

/// Where pods go, and what the scheduler says when there is no place.
@Suite struct PlacementTests {
  /// Nodes of one core each, in zones a, b, c in turn, and a workload of 500m a pod.
  private func plan(nodes: Int, replicas: Int) -> SimulationPlan {
    var plan = Worlds.single(replicas: replicas, rate: 0, horizon: .minutes(5), nodes: nodes)
    plan.workloads[0].milliCPURequest = 500
    for node in plan.cluster.nodes.indices {
      plan.cluster.nodes[node].allocatableMilliCPU = 1_000
      plan.cluster.nodes[node].zone = "zone-\(node % 3)"
    }
    return plan
  }

  private func message(_ result: RunResult) throws -> String {
    let event = try #require(result.events.last { $0.reason == .failedScheduling })
    return result.diagnoses[event.value - 1].message
  }

  private static let hostname = 0
  private static let zone = 1

  private func own(_ topology: Int) -> PlacementPlan.PodTerm {
    PlacementPlan.PodTerm(topology: topology, workloads: [0])
  }

  @Test func reasonsAreCountedAndSortedAsTheSchedulerWritesThem() throws {
    var plan = plan(nodes: 5, replicas: 1)
    plan.workloads[0].milliCPURequest = 2_000
    var placement = PlacementPlan()
    placement.verdicts = [.fits, .taint, .fits, .taintAndAffinity, .fits]
    plan.workloads[0].placement = placement
    #expect(
      try message(plan.run())
        == "0/5 nodes are available: 2 node(s) had untolerated taint(s), 3 Insufficient cpu. "
        + "no new claims to deallocate, preemption: 0/5 nodes are available: "
        + "2 Preemption is not helpful for scheduling, "
        + "3 No preemption victims found for incoming pod."
    )
  }

  @Test func oneNodeMayLackSeveralResources() throws {
    var plan = plan(nodes: 2, replicas: 1)
    plan.workloads[0].milliCPURequest = 2_000
    plan.workloads[0].memoryRequest = 1 << 39
    plan.operations = [OperationPlan(at: .zero, .cordon(node: 0))]
    #expect(
      try message(plan.run()).hasPrefix(
        "0/2 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, "
          + "1 node(s) were unschedulable."
      )
    )
  }

  @Test func aSilentNodeIsTainted() throws {
    var plan = plan(nodes: 1, replicas: 1)
    plan.faults = [.nodeLoss(node: 0, at: .seconds(1), duration: nil, emptyDisk: false)]
    plan.operations = [OperationPlan(at: .minutes(2), .scale(workload: 0, replicas: 2))]
    #expect(
      try message(plan.run()).hasPrefix(
        "0/1 nodes are available: 1 node(s) had untolerated taint(s)."
      )
    )
  }

  @Test func selectorsNarrowTheChoice() throws {
    var plan = plan(nodes: 4, replicas: 3)
    var placement = PlacementPlan()
    placement.verdicts = [.affinity, .fits, .affinity, .affinity]
    plan.workloads[0].placement = placement
    let result = plan.run()
    #expect(result.pods.map(\.node) == [1, 1, -1])
    #expect(
      try message(result).hasPrefix(
        "0/4 nodes are available: 1 Insufficient cpu, "
          + "3 node(s) didn't match Pod's node affinity/selector."
      )
    )
  }

  /// One a node: the fourth pod has none left, nor has the successor of one that is still leaving.
  @Test func antiAffinityKeepsPodsApart() throws {
    var plan = plan(nodes: 3, replicas: 4)
    var placement = PlacementPlan()
    placement.antiAffinity = [own(Self.hostname)]
    plan.workloads[0].placement = placement
    let result = plan.run()
    #expect(result.pods.map(\.node).filter { $0 >= 0 }.sorted() == [0, 1, 2])
    #expect(
      try message(result).hasPrefix(
        "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules."
      )
    )
  }

  @Test func aSuccessorWaitsForThePodThatIsLeaving() throws {
    var plan = plan(nodes: 3, replicas: 3)
    var placement = PlacementPlan()
    placement.antiAffinity = [own(Self.hostname)]
    plan.workloads[0].placement = placement
    plan.workloads[0].preStopSleep = .seconds(7)
    plan.faults = [.podKill(workload: 0, at: .seconds(60), count: 1)]
    let result = plan.run()
    let gone = try #require(result.times(.deleted).first)
    let bound = try #require(result.times(.scheduled).first)
    #expect(gone >= 67)
    #expect(bound >= gone && bound - gone <= 0.1)
  }

  /// Whoever is there may refuse newcomers that ask for nothing.
  @Test func antiAffinityHoldsBothWays() throws {
    var plan = plan(nodes: 2, replicas: 2)
    var placement = PlacementPlan()
    placement.antiAffinity = [PlacementPlan.PodTerm(topology: Self.hostname, workloads: [1])]
    plan.workloads[0].placement = placement
    plan.workloads.append(
      WorkloadPlan(
        name: "shop/noisy",
        replicas: 1,
        server: ServerPlan(concurrency: 1, backlog: 1)
      )
    )
    let result = plan.run()
    #expect(Set(result.pods.prefix(2).map(\.node)) == [0, 1])
    #expect(
      try message(result).hasPrefix(
        "0/2 nodes are available: "
          + "2 node(s) didn't satisfy existing pods anti-affinity rules."
      )
    )
  }

  /// The first pod may go anywhere, the others to its zone: two nodes of two pods each.
  @Test func affinityGathersPodsInOneZone() throws {
    var plan = plan(nodes: 6, replicas: 5)
    var placement = PlacementPlan()
    placement.affinity = [own(Self.zone)]
    plan.workloads[0].placement = placement
    let result = plan.run()
    let placed = result.pods.map(\.node).filter { $0 >= 0 }
    #expect(placed.count == 4)
    #expect(Set(placed.map { $0 % 3 }).count == 1)
    #expect(
      try message(result).hasPrefix(
        "0/6 nodes are available: 2 Insufficient cpu, "
          + "4 node(s) didn't match pod affinity rules."
      )
    )
  }

  /// Zone c has room for one pod: with a skew of one the others take two each, then nobody may.
  @Test func spreadConstraintsHoldBackWhatWouldTilt() throws {
    var plan = plan(nodes: 3, replicas: 6)
    for node in 0..<2 { plan.cluster.nodes[node].allocatableMilliCPU = 4_000 }
    plan.cluster.nodes[2].allocatableMilliCPU = 600
    var placement = PlacementPlan()
    placement.spreads = [PlacementPlan.Spread(own(Self.zone), maxSkew: 1, isRequired: true)]
    plan.workloads[0].placement = placement
    let result = plan.run()
    let nodes = result.pods.map(\.node)
    #expect((0..<3).map { node in nodes.count { $0 == node } } == [2, 2, 1])
    #expect(
      try message(result).hasPrefix(
        "0/3 nodes are available: 1 Insufficient cpu, "
          + "2 node(s) didn't match pod topology spread constraints."
      )
    )
  }

  /// The same as a wish: everything is placed, as evenly as it goes.
  @Test func aWishToSpreadRefusesNothing() {
    var plan = plan(nodes: 3, replicas: 6)
    for node in 0..<2 { plan.cluster.nodes[node].allocatableMilliCPU = 4_000 }
    plan.cluster.nodes[2].allocatableMilliCPU = 600
    var placement = PlacementPlan()
    placement.spreads = [PlacementPlan.Spread(own(Self.zone), maxSkew: 1, isRequired: false)]
    plan.workloads[0].placement = placement
    let nodes = plan.run().pods.map(\.node)
    #expect((0..<3).map { node in nodes.count { $0 == node } }.sorted() == [1, 2, 3])
  }

  @Test func minDomainsAsksForMoreZones() throws {
    var plan = plan(nodes: 3, replicas: 2)
    for node in 0..<3 { plan.cluster.nodes[node].zone = "zone-0" }
    var placement = PlacementPlan()
    var spread = PlacementPlan.Spread(own(Self.zone), maxSkew: 1, isRequired: true)
    spread.minDomains = 2
    placement.spreads = [spread]
    plan.workloads[0].placement = placement
    #expect(plan.run().pods.count { $0.node >= 0 } == 1)
  }

  enum Wish: CaseIterable {
    case preferredNode, dislikedTaint, near
  }

  /// On an otherwise even cluster a wish decides; it never refuses a node.
  @Test(arguments: Wish.allCases)
  func wishesDecideAmongEquals(_ wish: Wish) {
    var plan = plan(nodes: 3, replicas: 1)
    var placement = PlacementPlan()
    switch wish {
    case .preferredNode: placement.nodePreferences = [0, 50, 0]
    case .dislikedTaint: placement.dislikedTaints = [1, 0, 1]
    case .near:
      var other = WorkloadPlan(
        name: "shop/cache",
        replicas: 1,
        server: ServerPlan(concurrency: 1, backlog: 1)
      )
      var pinned = PlacementPlan()
      pinned.verdicts = [.affinity, .fits, .affinity]
      other.placement = pinned
      plan.workloads.insert(other, at: 0)
      plan.services[0].workloads = [1]
      let term = PlacementPlan.PodTerm(topology: Self.hostname, workloads: [0])
      placement.wishes = [PlacementPlan.Wish(weight: 100, term: term)]
    }
    plan.workloads[plan.workloads.count - 1].placement = placement
    #expect(plan.run().pods.last?.node == 1)
  }
}
