import ClusterSimulator
import SimKernel
import Testing

/// How long a container's past counts against it.
@Suite struct CrashLoopTests {
  @Test func tenMinutesWithoutACrashAreANewStart() {
    // Requests at 61.5, 201 and 1,001 s hang, and liveness has the container killed each time. The
    // first has run for an hour, the second for two minutes, the third for more than ten.
    var plan = Worlds.single(
      service: .deterministic(100_000),
      timeout: .forever,
      horizon: .minutes(20)
    )
    let profile: [(Int64, Double)] = [
      (0, 0), (60_000, 0), (61_000, 1), (61_500, 1), (62_500, 0), (200_000, 0), (201_000, 1),
      (202_000, 0), (1_000_000, 0), (1_001_000, 1), (1_002_000, 0),
    ]
    plan.clients[0].arrivals = .deterministic(
      RateProfile(points: profile.map { .init(time: .zero + .milliseconds($0.0), rate: $0.1) })
    )
    plan.workloads[0].livenessProbe = Worlds.probe(period: 5, failures: 1)
    plan.workloads[0].terminationGracePeriod = .seconds(2)
    let result = plan.run()
    #expect(result.pods[0].restarts == 3)
    let waits = result.events.filter { $0.reason == .backOff }.map { $0.value / 1_000 }
    #expect(waits == [10])
  }
}
