import ClusterSimulator
import SimKernel
import Testing

/// A user's patience covers all tries and their waits.
@Suite struct PatienceTests {
  @Test func nobodyWaitsBeyondHisPatienceForARetry() {
    // Refused at 0, 1 and 3 s after the arrival; the wait for 7 s is cut off at 5 s.
    var plan = Worlds.single(replicas: 0, rate: 10, timeout: .seconds(5))
    plan.clients[0].call.retry.attempts = 10
    plan.clients[0].call.retry.base = .seconds(1)
    plan.clients[0].call.retry.jitter = .none
    let result = plan.run()
    let client = result.clients[0]
    #expect(client.failureLatency.maximum == 5_000_000_000)
    #expect(client.failureLatency.quantile(0.01) >= 4_960_000_000)
    #expect(result.failed(0, .timedOut) == client.offered - client.inFlight)
    // Those who still wait at the horizon have made one to three tries.
    let whole = 3 * (client.offered - client.inFlight)
    #expect(result.calls[0].attempts >= whole && result.calls[0].attempts <= 3 * client.offered)
    #expect(result.ended(call: 0, .refused, .noEndpoints) == result.calls[0].attempts)
  }

  @Test(arguments: [1, 2, 3, 5])
  func aUserMakesAsManyTriesAsThePolicySays(attempts: Int) {
    // Nobody is there, so each try is refused at once; the waits are 0.1, 0.2, 0.4, 0.8 s.
    var plan = Worlds.single(replicas: 0, rate: 10, timeout: .minutes(1), horizon: .minutes(5))
    plan.clients[0].call.retry.attempts = attempts
    plan.clients[0].call.retry.base = .milliseconds(100)
    plan.clients[0].call.retry.jitter = .none
    let result = plan.run()
    let client = result.clients[0]
    let decided = client.offered - client.inFlight
    #expect(result.failed(0, .refused) == decided)
    #expect(result.calls[0].attempts >= attempts * decided)
    #expect(result.calls[0].attempts <= attempts * client.offered)
    // The waits double: 0.1 · (2^(n−1) − 1) s in all.
    #expect(client.failureLatency.maximum == 100_000_000 * (1 << Int64(attempts - 1) - 1))
  }

  @Test func aConnectThatOutlastsThePatienceIsNotRepeated() {
    var plan = Worlds.single(
      rate: 10,
      timeout: .seconds(2),
      routing: .hardcodedIP(capturedAt: .zero),
      nodes: 1
    )
    plan.clients[0].call.retry.attempts = 3
    plan.faults = [.nodeLoss(node: 0, at: .zero, duration: nil, emptyDisk: false)]
    let result = plan.run()
    #expect(result.clients[0].failureLatency.maximum == 2_000_000_000)
    #expect(result.calls[0].attempts == result.calls[0].requests)
    #expect(result.failed(0, .connectTimedOut) > 5_900)
  }
}
