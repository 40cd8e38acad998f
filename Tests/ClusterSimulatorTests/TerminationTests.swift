import ClusterSimulator
import SimKernel
import Testing

/// From `deletionTimestamp` to SIGKILL: preStop → SIGTERM → the end of the grace period.
@Suite struct TerminationTests {
  /// One request a second, each of which hangs; the pod is deleted at 100.5 s.
  private static func deafProcess(preStop: Int64, grace: Int64) -> RunResult {
    var plan = Worlds.single(
      service: .deterministic(100_000),
      concurrency: 1_000,
      timeout: .forever,
      routing: .hardcodedIP(capturedAt: .zero),
      horizon: .minutes(4)
    )
    plan.clients[0].arrivals = .deterministic(
      RateProfile(points: [.init(time: .zero, rate: 1)])
    )
    plan.workloads[0].preStopSleep = .seconds(preStop)
    plan.workloads[0].terminationGracePeriod = .seconds(grace)
    plan.faults = [.podKill(workload: 0, at: .milliseconds(100_500), count: 1)]
    return plan.run()
  }

  /// SIGTERM comes when preStop or the grace period is over, SIGKILL at the end of the grace
  /// period and never less than 2 s after SIGTERM.
  @Test(arguments: [(0, 30, 0, 30), (10, 30, 10, 30), (40, 30, 30, 32), (29, 30, 29, 31)])
  func aDeafProcessIsKilled(preStop: Int64, grace: Int64, signal: Int, kill: Int) {
    let result = Self.deafProcess(preStop: preStop, grace: grace)
    // Whoever arrived at 1, 2 … s before SIGTERM hangs until SIGKILL; later ones are refused.
    #expect(result.ended(call: 0, .reset, .serverDied) == 100 + signal)
    #expect(result.ended(call: 0, .refused, .notListening) >= kill - signal)
    let longest = SimDuration(nanoseconds: result.clients[0].failureLatency.maximum)
    #expect(longest == .milliseconds(100_500 + Int64(kill) * 1_000 - 1_000))
  }

  /// SIGTERM closes the port at once and a hanging request keeps the process: T = U(20, 30) s with
  /// period 10 and three failures, U(0, 5) s with period 5 and one.
  @Test(arguments: [(10, 3), (5, 1)])
  func readinessGoesOnWhileAPodTerminatesAndARefusalIsDetectedByTheLaw(
    period: Int64,
    failures: Int
  ) throws {
    var delays: [Double] = []
    for seed in 1...60 as ClosedRange<UInt64> {
      var plan = Worlds.single(
        service: .deterministic(100_000),
        concurrency: 10,
        timeout: .forever,
        horizon: .minutes(5)
      )
      plan.clients[0].arrivals = .deterministic(
        RateProfile(points: [
          .init(time: .zero, rate: 1), .init(time: .seconds(1), rate: 1),
          .init(time: .seconds(2), rate: 0),
        ])
      )
      plan.workloads[0].readinessProbe = Worlds.probe(period: period, failures: failures)
      plan.workloads[0].terminationGracePeriod = .seconds(100)
      plan.faults = [.podKill(workload: 0, at: .seconds(100), count: 1)]
      delays.append(try #require(plan.run(seed: seed).times(.unready).first) - 100)
    }
    let width = Double(period)
    let low = width * Double(failures - 1)
    #expect(delays.allSatisfy { $0 >= low && $0 <= low + width + 0.05 })
    let mean = delays.reduce(0, +) / 60
    let error = width / 12.0.squareRoot() / 60.0.squareRoot()
    #expect(abs(mean - low - width / 2 - 0.0275) < 4 * error)
  }
}
