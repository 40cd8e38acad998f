import ClusterSimulator
import SimKernel
import Testing

/// How an L7 proxy spreads requests, by theory and by what its counters must do.
@Suite struct LoadBalancingTests {
  /// Many single-worker servers at load 0.7 behind one proxy.
  private func meanRequestsPerServer(_ balancer: Balancer) -> Double {
    let servers = 400
    let rate = 0.7 * Double(servers) / 0.02
    var plan = Worlds.single(
      replicas: servers,
      rate: rate,
      service: .exponential(mean: 0.02),
      backlog: 100_000,
      timeout: .seconds(30),
      routing: .ingress,
      horizon: .seconds(45),
      nodes: 8
    )
    plan.warmUp = .seconds(5)
    plan.clients[0].call.balancer = balancer
    let client = plan.run().clients[0]
    // Little's law: what is measured is the mean time, per service time.
    let mean = Double(client.latency.sum) / Double(client.latency.count) / 1e9
    return mean * rate / Double(servers)
  }

  /// Mitzenmacher 2001: with d choices among infinitely many servers, a share ρ^((d^k - 1)/(d - 1))
  /// of them has k or more requests.
  @Test(arguments: [2, 3])
  func leastRequestHasTheTailOfTheory(choices: Int) {
    var expected = 0.0
    var exponent = 0.0
    for _ in 1...6 {
      exponent = exponent * Double(choices) + 1
      expected += PortableMath.pow(0.7, exponent)
    }
    let found = meanRequestsPerServer(.leastRequest(choices: choices))
    #expect(abs(found / expected - 1) < 0.01, "found \(found), theory \(expected)")
  }

  /// A Poisson stream split at random is a Poisson stream at each M/M/1 queue: ρ/(1-ρ).
  @Test func randomChoiceGivesIndependentQueues() {
    let found = meanRequestsPerServer(.random)
    #expect(abs(found / (0.7 / 0.3) - 1) < 0.02, "found \(found)")
  }

  /// A turn per server makes every 400th arrival its own: better than random, worse than asking.
  @Test func roundRobinIsBetweenRandomAndLeastRequest() {
    let found = meanRequestsPerServer(.roundRobin)
    #expect(found < 0.9 * 0.7 / 0.3)
    #expect(found > 1.13)
  }

  @Test func roundRobinGivesEveryPodTheSame() {
    var plan = Worlds.single(replicas: 5, rate: 100, routing: .ingress)
    plan.clients[0].call.balancer = .roundRobin
    let requests = plan.run().pods.map(\.requests)
    #expect(requests.max().map { $0 - (requests.min() ?? 0) } ?? 9 <= 1, "\(requests)")
  }

  /// One choice is no choice: the draw alone decides, and the very same as `random`'s.
  @Test func oneChoiceIsRandom() {
    var plan = Worlds.single(replicas: 7, rate: 100, routing: .ingress)
    plan.clients[0].call.balancer = .leastRequest(choices: 1)
    let one = plan.run()
    plan.clients[0].call.balancer = .random
    #expect(one.fingerprint == plan.run().fingerprint)
  }

  /// A lone pod is overloaded until its requests time out, then calm; then a second pod comes.
  ///
  /// Were timed-out requests counted for ever, the first one would look busy and get a quarter of
  /// the requests, those for which both draws fall on it.
  @Test func aPodThatWasOverloadedIsNotShunned() {
    var plan = Worlds.single(replicas: 1, service: .exponential(mean: 0.01), routing: .ingress)
    plan.clients[0].arrivals = .poisson(
      RateProfile(points: [
        .init(time: .zero, rate: 150), .init(time: .minutes(2), rate: 150),
        .init(time: .seconds(121), rate: 50),
      ])
    )
    plan.clients[0].call.balancer = .leastRequest(choices: 2)
    plan.faults = [.scale(workload: 0, at: .minutes(3), replicas: 2)]
    let run = plan.run(details: true)
    #expect(run.failed(0, .timedOut) > 1_000)
    let late = run.podWindows.filter { $0.window >= 5 }
    let total = late.reduce(0) { $0 + $1.requests }
    let first = late.filter { $0.pod == 0 }.reduce(0) { $0 + $1.requests }
    let share = Double(first) / Double(total)
    #expect(abs(share - 0.5) < 0.02, "\(share) of \(total)")
  }
}
