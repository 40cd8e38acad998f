import ClusterState
import SimKernel
import Testing

@Suite struct BalancingTests {
  @Test func fourEndpointsHaveProbabilitiesOfAQuarterAThirdAHalfAndOne() {
    #expect(IPTablesRules.probabilities(endpoints: 4) == [0.25, 1.0 / 3, 0.5, 1])
    #expect(
      [4, 3, 2, 1].map(IPTablesRules.text) == [
        "0.2500000000", "0.3333333333", "0.5000000000", "1.0000000000",
      ]
    )
    #expect(IPTablesRules.text(of: 6) == "0.1666666667")
    #expect(IPTablesRules.probabilities(endpoints: 0).isEmpty)
  }

  /// Whatever the number of endpoints, each has the same share of the unit interval.
  @Test(arguments: 1...8)
  func everyEndpointHasTheSameShare(n: Int) {
    var left = 1.0
    for probability in IPTablesRules.probabilities(endpoints: n) {
      #expect(abs(left * probability - 1 / Double(n)) < 1e-12)
      left *= 1 - probability
    }
  }

  @Test(arguments: [
    ([0.24, 0.9, 0.9], 0), ([0.26, 0.3, 0.9], 1), ([0.26, 0.4, 0.49], 2), ([0.26, 0.4, 0.51], 3),
  ])
  func firstRuleThatMatchesWins(uniforms: [Double], expected: Int) {
    #expect(IPTablesRules.pick(endpoints: 4, uniforms: uniforms) == expected)
  }

  private static let client = IPv4Address(10 << 24 | 1)

  private func picks(_ server: inout VirtualServer, _ count: Int) -> String {
    (0..<count).compactMap { _ in server.pick(client: Self.client, destination: Self.client) }
      .joined()
  }

  /// New servers enter at the head; the turn starts there.
  @Test func roundRobinTakesTurnsAndSkipsDrainedServers() {
    var server = VirtualServer(servers: ["c", "b", "a"])
    #expect(picks(&server, 4) == "abca")
    server.setWeight(0, of: "b")
    #expect(picks(&server, 3) == "cac")
  }

  /// The cursor rests on the last used server, and steps to its predecessor when that goes.
  @Test func cursorSurvivesChangesOfTheList() {
    var server = VirtualServer(servers: ["c", "b", "a"])
    #expect(picks(&server, 2) == "ab")
    server.add(VirtualServer.RealServer("n"))
    #expect(picks(&server, 1) == "c")
    server.remove("c")
    #expect(picks(&server, 3) == "nab")
    for name in ["n", "a", "b"] { server.remove(name) }
    #expect(picks(&server, 1) == "")
  }

  /// lc counts 256 × active + inactive, sed active + 1, nq an idle one first; ties: list order.
  @Test(arguments: [
    (VirtualServer.Scheduler.leastConnection, [2, 0, 1, 255, 1, 254], "c"),
    (.leastConnection, [1, 0, 0, 255, 0, 256], "b"), (.leastConnection, [0, 0, 0, 0, 0, 0], "a"),
    (.shortestExpectedDelay, [2, 0, 1, 900, 1, 0], "b"), (.neverQueue, [1, 0, 0, 900, 0, 0], "b"),
  ])
  func leastLoadedServerWins(
    scheduler: VirtualServer.Scheduler,
    load: [Int],
    expected: String
  ) {
    var server = VirtualServer(scheduler, servers: ["c", "b", "a"])
    for (index, name) in ["a", "b", "c"].enumerated() {
      server.setConnections(active: load[2 * index], inactive: load[2 * index + 1], of: name)
    }
    #expect(picks(&server, 1) == expected)
  }

  /// sh keeps a client where it is; dh sends everybody to one server, so it balances nothing.
  @Test func hashingFollowsOneAddress() {
    var byClient = VirtualServer(.sourceHashing, servers: ["c", "b", "a"])
    var byDestination = VirtualServer(.destinationHashing, servers: ["c", "b", "a"])
    let service = IPv4Address(10 << 24 | 96 << 16 | 5)
    let clients = (0..<300).map { IPv4Address(10 << 24 | 244 << 16 | UInt32($0)) }
    let first = clients.map { byClient.pick(client: $0, destination: service) }
    #expect(first == clients.map { byClient.pick(client: $0, destination: service) })
    #expect(Set(first).count == 3)
    let all = Set(clients.map { byDestination.pick(client: $0, destination: service) })
    #expect(all.count == 1)
  }
}
