import ClusterSimulator
import SimKernel
import Testing

/// Detection laws of probes: T = U(0,P) + (F−1)·P + d.
@Suite struct ProbeTests {
  /// A pod whose only worker hangs on one endless request from time `t`, so that probes time out.
  private static func hangingPod(period: Int64, failures: Int) -> SimulationPlan {
    var plan = Worlds.single(
      replicas: 1,
      rate: 0,
      service: .deterministic(100_000),
      timeout: .forever,
      horizon: .minutes(20)
    )
    plan.clients[0].arrivals = .deterministic(
      RateProfile(points: [
        .init(time: .zero, rate: 0), .init(time: .seconds(299), rate: 0),
        .init(time: .seconds(301), rate: 1), .init(time: .seconds(302), rate: 0),
      ])
    )
    plan.workloads[0].readinessProbe = Worlds.probe(period: period, failures: failures)
    return plan
  }

  @Test(arguments: [(10, 3, 21.0, 31.0), (5, 1, 1.0, 6.0), (5, 3, 11.0, 16.0)])
  func aHangingServerLeavesWithinTheLaw(
    period: Int64,
    failures: Int,
    low: Double,
    high: Double
  ) throws {
    var delays: [Double] = []
    for seed in 1...60 as ClosedRange<UInt64> {
      // The integral of the profile reaches 1 exactly at t = 301 s.
      let result = Self.hangingPod(period: period, failures: failures).run(seed: seed)
      let time = try #require(result.times(.unready).first)
      delays.append(time - 301)
    }
    // Publishing takes up to 50 ms more.
    #expect(delays.allSatisfy { $0 >= low && $0 <= high + 0.05 })
    let mean = delays.reduce(0, +) / 60
    // Uniform over one period: standard error P/√12/√60.
    let error = Double(period) / 12.0.squareRoot() / 60.0.squareRoot()
    #expect(abs(mean - (low + high) / 2 - 0.0275) < 4 * error)
  }

  @Test func aNewPodIsReadyAboutASecondAfterItsProcessListens() throws {
    var plan = Worlds.single(replicas: 1, horizon: .minutes(5))
    plan.workloads[0].readinessProbe = Worlds.probe(period: 10)
    plan.faults = [.scale(workload: 0, at: .seconds(60), replicas: 2)]
    let result = plan.run()
    let started = try #require(result.times(.started).last)
    let ready = try #require(result.times(.ready).last)
    // PLEG ≤ 1 s, then the probe fires at once; status ≤ 50 ms.
    #expect(ready > started && ready - started <= 1.06)
  }

  @Test func withoutReadinessProbeAPodIsReadyAsSoonAsItRuns() throws {
    var plan = Worlds.single(replicas: 1, horizon: .minutes(5))
    plan.workloads[0].server.startup = .deterministic(40)
    plan.faults = [.scale(workload: 0, at: .seconds(60), replicas: 2)]
    let result = plan.run()
    let started = try #require(result.times(.started).last)
    let ready = try #require(result.times(.ready).last)
    #expect(ready - started <= 1.06)
    // And its process does not listen yet: clients are refused.
    #expect(result.ended(call: 0, .refused, .notListening) > 0)
  }

  @Test func livenessThatSharesTheServerRestartsTheContainerInPlace() throws {
    var plan = Self.hangingPod(period: 10, failures: 3)
    plan.workloads[0].readinessProbe = nil
    plan.workloads[0].livenessProbe = Worlds.probe(period: 10, failures: 3)
    let result = plan.run()
    let killed = try #require(result.times(.unhealthy).first)
    #expect(killed - 301 >= 21 && killed - 301 <= 31)
    // The worker never finishes, so the process dies of SIGKILL after the 30 s grace period.
    let restarted = try #require(result.times(.started).first)
    #expect(restarted - killed > 30 && restarted - killed < 32)
    #expect(result.pods.count == 1)
    #expect(result.pods[0].restarts == 1)
    #expect(result.ended(call: 0, .reset, .serverDied) == 1)
  }

  @Test func crashLoopWaitsDoubleFromTenSecondsToFiveMinutes() {
    // Startup probes that can never succeed: the process listens after an hour.
    var plan = Worlds.single(replicas: 0, horizon: .hours(3))
    plan.workloads[0].server.startup = .deterministic(3_600)
    plan.workloads[0].startupProbe = Worlds.probe(period: 1, failures: 1)
    plan.workloads[0].terminationGracePeriod = .seconds(2)
    plan.faults = [.scale(workload: 0, at: .seconds(1), replicas: 1)]
    let result = plan.run()
    let waits = result.events.filter { $0.reason == .backOff }.map { $0.value / 1000 }
    #expect(Array(waits.prefix(8)) == [10, 20, 40, 80, 160, 300, 300, 300])
    #expect(result.times(.started).count >= 9)
  }
}
