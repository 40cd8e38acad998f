import ClusterSimulator
import SimKernel
import Testing

/// How the three kinds of probe depend on each other.
@Suite struct StartupProbeTests {
  @Test func readinessIsProbedRightAfterStartupSucceeds() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      var plan = Worlds.single(replicas: 0, rate: 0, horizon: .minutes(6))
      plan.workloads[0].server.startup = .deterministic(5)
      plan.workloads[0].startupProbe = Worlds.probe(period: 10, failures: 30)
      plan.workloads[0].readinessProbe = Worlds.probe(period: 120)
      plan.faults = [.scale(workload: 0, at: .seconds(60), replicas: 1)]
      let result = plan.run(seed: seed)
      let started = try #require(result.times(.started).first)
      let ready = try #require(result.times(.ready).first)
      // Listening 5 s after the start, startup probed within 10 s more, status within 50 ms.
      #expect(ready - started >= 5 && ready - started <= 15.06)
    }
  }

  @Test func livenessWaitsForStartup() throws {
    var plan = Worlds.single(replicas: 0, rate: 0, horizon: .minutes(6))
    plan.workloads[0].server.startup = .deterministic(100)
    plan.workloads[0].startupProbe = Worlds.probe(period: 10, failures: 30)
    plan.workloads[0].livenessProbe = Worlds.probe(period: 1, failures: 1)
    plan.faults = [.scale(workload: 0, at: .seconds(60), replicas: 1)]
    let result = plan.run()
    #expect(result.times(.unhealthy).isEmpty)
    // Without a readiness probe the pod is ready once it has started.
    let started = try #require(result.times(.started).first)
    let ready = try #require(result.times(.ready).first)
    #expect(ready - started >= 100 && ready - started <= 110.06)
  }

  @Test func withoutStartupProbeLivenessKillsASlowStarter() {
    var plan = Worlds.single(replicas: 0, rate: 0, horizon: .minutes(6))
    plan.workloads[0].server.startup = .deterministic(100)
    plan.workloads[0].livenessProbe = Worlds.probe(period: 1, failures: 1)
    plan.faults = [.scale(workload: 0, at: .seconds(60), replicas: 1)]
    #expect(plan.run().times(.unhealthy).count > 2)
  }

  /// From NotReady to Ready for a worker that is busy from 301 to 305 s.
  private static func recoveries(immediateReprobe: Bool) -> [Double] {
    (1...60 as ClosedRange<UInt64>).compactMap { seed in
      var plan = Worlds.single(service: .deterministic(4), horizon: .minutes(6))
      plan.clients[0].arrivals = .deterministic(
        RateProfile(points: [
          .init(time: .zero, rate: 0), .init(time: .seconds(299), rate: 0),
          .init(time: .seconds(301), rate: 1), .init(time: .seconds(302), rate: 0),
        ])
      )
      plan.workloads[0].readinessProbe = Worlds.probe(period: 10, failures: 1)
      plan.cluster.kubelet.immediateReprobe = immediateReprobe
      let result = plan.run(seed: seed)
      guard let lost = result.times(.unready).first, let back = result.times(.ready).first
      else { return nil }
      return back - lost
    }
  }

  @Test func withoutImmediateReprobeThePodIsBackAtTheNextTick() {
    let delays = Self.recoveries(immediateReprobe: false)
    // Probed at τ, failed at τ + 1, probed again at τ + 10; two status writes of 5 to 50 ms.
    #expect(delays.count > 5)
    #expect(delays.allSatisfy { abs($0 - 9) < 0.05 })
  }

  @Test func anImmediateReprobeRestartsTheTicker() {
    let delays = Self.recoveries(immediateReprobe: true)
    // The extra probe at τ + 1 either finds the worker free within a second or fails like the
    // first, and the next one comes a whole period after it.
    #expect(delays.count > 3)
    #expect(delays.allSatisfy { $0 < 1.05 || abs($0 - 10) < 0.05 })
    #expect(delays.contains { abs($0 - 10) < 0.05 })
  }
}
