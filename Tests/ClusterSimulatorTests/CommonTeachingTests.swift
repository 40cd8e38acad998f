import ClusterSimulator
import SimKernel
import Testing

/// What is often taught about pods and Services, and what happens: the part that takes time.
///
/// `ClusterStateTests` has a suite of this name for what can be seen at one instant.
@Suite struct CommonTeachingTests {
  /// A restart in place keeps the address, a replacement has another one.
  @Test func podIPChangesOnEveryRestart() throws {
    var plan = Worlds.single(replicas: 1, rate: 0, horizon: .minutes(10), nodes: 1)
    plan.cluster.makeDelaysExact()
    plan.workloads[0].server.startup = .deterministic(3)
    plan.workloads[0].startupProbe = Worlds.probe(period: 1, failures: 1)
    plan.services[0].publishNotReadyAddresses = true
    plan.operations = [
      OperationPlan(at: .minutes(1), .scale(workload: 0, replicas: 2)),
      OperationPlan(at: .minutes(5), .deletePods(workload: 0, count: 1)),
    ]
    let result = plan.run(details: true)
    let views = result.views.filter { $0.viewer == .node(0) }
    #expect(result.pods.count == 3)
    // The second pod restarts again and again, and what the node believes never changes for it.
    #expect(result.pods[1].restarts >= 3)
    let restarting = result.pods[1].address
    let seen = views.drop { !$0.addresses.contains(restarting) }
    #expect(!seen.isEmpty && seen.allSatisfy { $0.addresses.contains(restarting) })
    // The first is deleted; its successor has an address that was never seen before.
    #expect(result.pods[2].address != 0)
    #expect(!result.pods[..<2].map(\.address).contains(result.pods[2].address))
  }

  /// An address goes when somebody notices: a probe after 20 to 31 s, a lost machine after 40 to
  /// 55; until then it takes its share of new connections, and connections that live keep it.
  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func addressIsInstantlyStrippedAndNeverRoutesToADeadContainer(seed: UInt64) throws {
    var plan = Worlds.single(replicas: 2, rate: 100, horizon: .minutes(4), nodes: 2)
    plan.workloads[0].server.concurrency = 100
    plan.clients[0].call.timeout = .seconds(2)
    plan.faults = [.nodeLoss(node: 0, at: .seconds(60), duration: nil, emptyDisk: false)]
    let result = plan.run(seed: seed, details: true)
    let survivor = result.views.filter { $0.viewer == .node(1) }
    let stripped = try #require(survivor.first { $0.addresses.count == 1 }).time.seconds
    #expect(stripped - 60 >= 40 && stripped - 60 <= 55.2)
    // Half of the new connections meet nobody until then, and none of those that come later.
    let lost = result.clients[0].outcomes.dropFirst().reduce(0, +)
    let expected = 50 * (stripped - 60)
    #expect(abs(Double(lost) - expected) < 5 * (expected / 2).squareRoot() + 50)
    let last = try #require(result.clients[0].windows.last)
    #expect(Int(last.outcomes[0]) == last.offered - last.undecided)
  }

  /// A Service whose pods are all unready refuses at once: nobody is left waiting.
  @Test func trafficToNotReadyPodsDrops() {
    var plan = Worlds.single(replicas: 2, rate: 10, timeout: .seconds(1), horizon: .minutes(5))
    plan.cluster.makeDelaysExact()
    plan.workloads[0].readinessProbe = Worlds.probe(period: 5, failures: 1)
    plan.workloads[0].server.serviceTime = .deterministic(0.001)
    // Both are replaced at once by pods that listen after an hour.
    plan.workloads[0].server.startup = .deterministic(3_600)
    plan.operations = [OperationPlan(at: .minutes(1), .deletePods(workload: 0, count: 2))]
    let result = plan.run()
    let refused = result.ended(call: 0, .refused, .noEndpoints)
    #expect(refused > 2_200)
    // Only until the rules know, which takes 0.2 s, do connections meet an address without a pod.
    #expect(result.failed(0, .connectTimedOut) + result.failed(0, .timedOut) < 15)
    #expect(SimDuration(nanoseconds: result.clients[0].failureLatency.quantile(0.99)) < .seconds(1))
  }
}
