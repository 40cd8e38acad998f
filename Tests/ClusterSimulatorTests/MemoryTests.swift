import ClusterSimulator
import SimKernel
import Testing

/// Containers that take more memory than they may.
@Suite struct MemoryTests {
  /// One pod whose requests never end, one arriving every second from 1 s on.
  private static func plan(_ memory: MemoryPlan, limit: Int) -> SimulationPlan {
    var plan = Worlds.single(
      service: .deterministic(100_000),
      concurrency: 4,
      timeout: .forever,
      horizon: .minutes(3),
      nodes: 1
    )
    plan.cluster.makeDelaysExact()
    plan.clients[0].arrivals = .deterministic(
      RateProfile(points: [.init(time: .zero, rate: 1)])
    )
    plan.workloads[0].memoryLimit = limit
    plan.workloads[0].server.memory = memory
    return plan
  }

  /// 100 at rest, 10 a request, 160 allowed: the seventh request is one too many.
  ///
  /// Four of the six
  /// before it are being served and two wait; all seven are reset. Killed, started again at once,
  /// and so on, with 10, 20, 40 and 80 s between.
  @Test func theRequestThatIsOneTooManyKillsTheContainer() {
    var memory = MemoryPlan(base: 100)
    memory.perRequest = 10
    let result = Self.plan(memory, limit: 160).run()
    // Requests at 1, 2 … 7 s; refused while it waits: 7 s of life, 10 s of waiting.
    #expect(result.times(.outOfMemory).prefix(2).map { $0.rounded() } == [7, 14])
    let waits = result.events.filter { $0.reason == .backOff }.map { $0.value / 1_000 }
    #expect(waits.prefix(3) == [10, 20, 40])
    let lives = result.times(.outOfMemory).count
    #expect(result.ended(call: 0, .reset, .serverDied) == 7 * lives)
    #expect(result.pods.count == 1)
  }

  @Test func belowTheLimitNothingHappens() {
    var memory = MemoryPlan(base: 100)
    memory.perRequest = 10
    // 180 requests at most.
    let result = Self.plan(memory, limit: 100 + 180 * 10).run()
    #expect(result.times(.outOfMemory).isEmpty)
    #expect(result.clients[0].offered > 170)
  }

  /// 100 at rest, 60 a minute, 130 allowed: full after 30 s, too much at the next byte.
  @Test func aLeakKillsInTime() throws {
    var memory = MemoryPlan(base: 100)
    memory.growthPerMinute = 60
    let result = Self.plan(memory, limit: 130).run()
    let first = try #require(result.times(.outOfMemory).first)
    #expect(abs(first - 31) < 1e-6)
    // Started again at once, it lasts as long; then 10 s of waiting.
    #expect(result.times(.outOfMemory).prefix(3).map { $0.rounded() } == [31, 62, 103])
  }

  @Test func oneThatStartsTooBigNeverGetsAnywhere() {
    let result = Self.plan(MemoryPlan(base: 200), limit: 100).run()
    let waits = result.events.filter { $0.reason == .backOff }.map { $0.value / 1_000 }
    // Killed at 0, again at once, then at 10, 30, 70 and 150 s.
    #expect(waits == [10, 20, 40, 80, 160])
    #expect(result.times(.outOfMemory).map { $0.rounded() } == [0, 0, 10, 30, 70, 150])
  }

  /// The model itself changes nothing as long as the limit is far away.
  @Test func aWatchedServerServesAsAnUnwatchedOneDoes() {
    var plan = Worlds.single(
      rate: 90,
      service: .exponential(mean: 0.01),
      backlog: 5,
      horizon: .minutes(5)
    )
    let bare = plan.run()
    plan.workloads[0].memoryLimit = 1 << 40
    plan.workloads[0].server.memory = MemoryPlan(base: 1)
    let watched = plan.run()
    #expect(bare.failed(0, .rejected) > 0)
    #expect(bare.fingerprint == watched.fingerprint)
  }
}
