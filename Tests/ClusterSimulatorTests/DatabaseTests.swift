import ClusterSimulator
import SimKernel
import Testing

/// Connections that a vanished machine left behind.
@Suite struct DatabaseTests {
  /// A pod that wants 13.5 connections of a database that allows ten, and the pod's machine.
  private static func plan() -> (plan: SimulationPlan, node: Int) {
    var plan = Worlds.single(
      replicas: 1,
      rate: 30,
      concurrency: 100,
      timeout: .seconds(20),
      horizon: .minutes(20),
      nodes: 2
    )
    plan.workloads[0].server.serviceTime = .deterministic(0)
    plan.addDatabase(maxConnections: 10, transaction: 0.45)
    plan.workloads[1].database?.deadPeerTimeout = .seconds(600)
    // The database stands on the other machine.
    return (plan, plan.run().pods[0].node)
  }

  @Test func deadPeersCountUntilTheyTimeOut() throws {
    var (plan, node) = Self.plan()
    plan.faults = [.nodeLoss(node: node, at: .seconds(60), duration: nil, emptyDisk: false)]
    let result = plan.run()
    // Evicted about 350 s later; the new pod gets no connection before 660 s, then it does.
    let created = try #require(result.times(.successfulCreate).first)
    #expect(created > 400 && created < 420)
    let windows = result.clients[0].windows
    let dead = windows[43..<65].reduce(0) { $0 + Int($1.outcomes[0]) }
    #expect(dead == 0)
    let alive = windows[68..<110].reduce(0) { $0 + Int($1.outcomes[0]) }
    // Ten connections of 0.45 s: 22 a second.
    #expect(Double(alive) / 420 > 20)
    #expect(result.ended(call: 0, .serverError, .databaseConnectionLimit) > 1_000)
  }

  @Test func aProcessThatExitsGivesItsConnectionsBack() {
    // Twenty transactions of 0.1 s a second, evenly spaced, hold two connections or three. After
    // six lives of the pod the limit of ten would be used up if the dead ones counted.
    var plan = Worlds.single(
      replicas: 1,
      rate: 20,
      service: .deterministic(0),
      concurrency: 50,
      timeout: .seconds(20),
      horizon: .minutes(10)
    )
    plan.clients[0].arrivals = .deterministic(
      RateProfile(points: [.init(time: .zero, rate: 20)])
    )
    plan.addDatabase(maxConnections: 10, transaction: 0.1)
    plan.workloads[0].preStopSleep = .seconds(5)
    plan.faults = (1...7).map { .podKill(workload: 0, at: .minutes(Int64($0)), count: 1) }
    let result = plan.run()
    #expect(result.times(.deleted).count == 7)
    #expect(result.ended(call: 0, .serverError, .databaseConnectionLimit) == 0)
    let last = result.clients[0].windows.suffix(12)
    #expect(last.allSatisfy { Int($0.outcomes[0]) + $0.undecided == $0.offered })
  }

  @Test func aDatabaseThatRestartsForgetsThemOnce() {
    // The restart at 500 s frees the dead connections. When their timeout comes at 660 s there is
    // nothing left to free, so the limit of ten holds to the end.
    var (plan, node) = Self.plan()
    plan.faults = [
      .nodeLoss(node: node, at: .seconds(60), duration: nil, emptyDisk: false),
      .podKill(workload: 1, at: .seconds(500), count: 1),
      .scale(workload: 0, at: .seconds(450), replicas: 2),
    ]
    let windows = plan.run().clients[0].windows
    func served(_ range: Range<Int>) -> Double {
      Double(windows[range].reduce(0) { $0 + Int($1.outcomes[0]) }) / Double(range.count * 10)
    }
    // 10 / 0.45 s = 22.2 a second is all the database gives.
    #expect(served(52..<64) > 15)
    #expect(served(70..<118) <= 22.3)
  }
}
