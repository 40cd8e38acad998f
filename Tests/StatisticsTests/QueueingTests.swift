import Statistics
import Testing

/// Textbook formulas against their definitions (factorials, exact fractions), not against us.
struct QueueingTests {
  @Test(
    "Erlang B equals its definition a^c/c! / Σ a^k/k!",
    arguments: [(2, 1.0, 0.2), (10, 5.0, 0.018_384_570_337), (20, 15.0, 0.045_593_215_590)]
  )
  func erlangB(servers: Int, load: Double, expected: Double) {
    let blocking = ErlangB(offeredLoad: load, servers: servers).blockingProbability
    #expect(abs(blocking - expected) < 1e-10)
  }

  @Test("Erlang B does not overflow where factorials would")
  func manyServers() {
    // At a = c the blocking tends to sqrt(2 / (π·c)): 0.0252 for 1000, to first order.
    let blocking = ErlangB(offeredLoad: 1_000, servers: 1_000).blockingProbability
    #expect(abs(blocking - 0.0248) < 0.0005)
  }

  @Test(
    "Erlang C: exact fractions for small systems",
    arguments: [
      (1.5, 2, 9.0 / 14.0), (2.0, 3, 4.0 / 9.0), (8.0, 10, 0.409_180_150_797), (0.7, 1, 0.7),
    ]
  )
  func erlangC(load: Double, servers: Int, expected: Double) {
    let system = ErlangC(arrivalRate: load * 4, serviceRate: 4, servers: servers)
    #expect(abs(system.waitProbability - expected) < 1e-10)
    let wait = expected / (4 * (Double(servers) - load))
    #expect(abs(system.meanWait - wait) < 1e-10)
    #expect(abs(system.meanSojourn - (wait + 0.25)) < 1e-10)
    #expect(abs(system.meanQueueLength - wait * load * 4) < 1e-10)
    #expect(abs(system.waitExceeds(0) - expected) < 1e-10)
  }

  @Test("the tail of the M/M/c wait is exponential with rate cμ - λ")
  func waitTail() {
    let system = ErlangC(arrivalRate: 2, serviceRate: 1, servers: 3)
    // e^-1 after one mean drain time of 1 s.
    #expect(abs(system.waitExceeds(1) - 4.0 / 9.0 * 0.367_879_441) < 1e-9)
  }

  @Test("M/M/1 at 80 %: 5 s sojourn, 4 s wait, 4 in system")
  func mm1() {
    let system = MM1(arrivalRate: 0.8, serviceRate: 1)
    #expect(abs(system.meanSojourn - 5) < 1e-12)
    #expect(abs(system.meanWait - 4) < 1e-12)
    #expect(abs(system.meanInSystem - 4) < 1e-12)
    // -5·ln(0.01)
    #expect(abs(system.sojournQuantile(0.99) - 23.025_850_930) < 1e-8)
    let other = ErlangC(arrivalRate: 0.8, serviceRate: 1, servers: 1)
    #expect(abs(system.meanWait - other.meanWait) < 1e-12)
  }

  @Test(
    "Pollaczek–Khinchine: deterministic service waits half as long as exponential",
    arguments: [0.1, 0.5, 0.9]
  )
  func pollaczekKhinchine(rho: Double) {
    let exponential = PollaczekKhinchine(arrivalRate: rho, meanService: 1, serviceVariance: 1)
    let constant = PollaczekKhinchine(arrivalRate: rho, meanService: 1, serviceVariance: 0)
    #expect(abs(exponential.meanWait - rho / (1 - rho)) < 1e-12)
    #expect(abs(constant.meanWait - rho / (1 - rho) / 2) < 1e-12)
    #expect(abs(constant.meanSojourn - constant.meanWait - 1) < 1e-12)
  }

  @Test("an overloaded system waits forever")
  func unstable() {
    #expect(ErlangC(arrivalRate: 3, serviceRate: 1, servers: 3).meanWait == .infinity)
    #expect(ErlangC(arrivalRate: 4, serviceRate: 1, servers: 3).waitProbability == 1)
    #expect(MM1(arrivalRate: 1, serviceRate: 1).meanSojourn == .infinity)
    #expect(MM1(arrivalRate: 2, serviceRate: 1).sojournQuantile(0.5) == .infinity)
    let pk = PollaczekKhinchine(arrivalRate: 1, meanService: 1, serviceVariance: 0)
    #expect(pk.meanWait == .infinity)
  }
}
