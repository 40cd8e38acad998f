import ClusterSimulator
import SimKernel
import Testing

/// Every pod's own draws stay bit-equal whatever else is added to the world.
///
/// What shows a pod's draws: its name (from its UID) and the times from its creation to being
/// scheduled and from there to its container's start (scheduler, watch, pull, sandbox, container).
@Suite struct PodDrawTests {
  /// One pod's draws in nanoseconds.
  struct Draws: Hashable {
    var scheduling: Int64
    var start: Int64
  }

  static func plan() -> SimulationPlan {
    var plan = Worlds.single(replicas: 2, horizon: .minutes(6), nodes: 4)
    plan.workloads[0].readinessProbe = Worlds.probe(period: 5)
    plan.faults = [.scale(workload: 0, at: .minutes(1), replicas: 8)]
    return plan
  }

  /// The draws of a workload's pods that started during the run, by the pods' names.
  static func draws(_ plan: SimulationPlan, workload: Int = 0) -> [String: Draws] {
    let result = plan.run(seed: 3, details: true)
    var drawn: [String: Draws] = [:]
    for (index, pod) in result.pods.enumerated() where pod.workload == workload {
      let events = result.events.filter { $0.object == index }
      guard let bound = events.first(where: { $0.reason == .scheduled })?.time,
        let started = events.first(where: { $0.reason == .started })?.time
      else { continue }
      drawn[pod.name] = Draws(
        scheduling: (bound - pod.createdAt).nanoseconds,
        start: (started - bound).nanoseconds
      )
    }
    return drawn
  }

  enum Newcomer: CaseIterable {
    case pod, workload, workloadInFront, client, lostNode, killedPods, killedPodsOfOthers
  }

  static func plan(with newcomer: Newcomer) -> (SimulationPlan, workload: Int) {
    var plan = plan()
    let more = WorkloadPlan(
      name: "shop/more",
      replicas: 3,
      server: ServerPlan(concurrency: 1, backlog: 1)
    )
    switch newcomer {
    case .pod: plan.faults = [.scale(workload: 0, at: .minutes(1), replicas: 9)]
    case .workload: plan.workloads.append(more)
    case .workloadInFront:
      plan.workloads.insert(more, at: 0)
      plan.services[0].workloads = [1]
      plan.faults = [.scale(workload: 1, at: .minutes(1), replicas: 8)]
      return (plan, 1)
    case .client:
      plan.clients.append(
        ClientPlan(
          name: "others",
          arrivals: Worlds.constant(30),
          call: CallPlan(name: "web", service: 0, routing: .dns, timeout: .seconds(1))
        )
      )
    case .lostNode:
      plan.faults.append(.nodeLoss(node: 3, at: .minutes(5), duration: nil, emptyDisk: false))
    case .killedPods: plan.faults.append(.podKill(workload: 0, at: .minutes(3), count: 2))
    case .killedPodsOfOthers:
      plan.workloads.append(more)
      plan.faults.insert(.podKill(workload: 1, at: .seconds(30), count: 2), at: 0)
    }
    return (plan, 0)
  }

  @Test(arguments: Newcomer.allCases)
  func newcomersShiftNoPodsDraws(_ newcomer: Newcomer) {
    let alone = Self.draws(Self.plan())
    #expect(alone.count == 6)
    let (crowded, workload) = Self.plan(with: newcomer)
    let now = Self.draws(crowded, workload: workload)
    for (name, draws) in alone { #expect(now[name] == draws, "\(name)") }
  }

  /// Another seed moves every one of them, so the comparison can fail.
  @Test func anotherSeedMovesThemAll() {
    let names = { (seed: UInt64) in Set(Self.plan().run(seed: seed).pods.map(\.name)) }
    #expect(names(3).isDisjoint(with: names(4)))
    let draws = Self.draws(Self.plan()).values
    #expect(Set(draws).count == draws.count)
  }
}
