import ClusterSimulator
import SimKernel
import Testing

/// When a SYN that nobody answers is sent again.
@Suite struct RetransmissionTests {
  /// Linux from 6.5 on (`tcp_syn_linear_timeouts` = 4): five repetitions a second apart, then waits
  /// of 2, 4, 8, 16 s.
  private static let schedule: [Double] = [0, 1, 2, 3, 4, 5, 7, 11, 19, 35]

  @Test func whoeverGetsThroughHasWaitedForARepetition() {
    // The machine is away from 60 to 80 s. It needs 2.4 s or more until its pod has the address
    // again, and a SYN in that time is answered with "no route". So those who waited get through
    // only where the schedule leaves a longer gap: at their repetition after 11 s or 19 s.
    var plan = Worlds.single(
      rate: 20,
      service: .deterministic(0.01),
      concurrency: 10_000,
      timeout: .seconds(30),
      routing: .hardcodedIP(capturedAt: .zero),
      horizon: .minutes(3),
      nodes: 1
    )
    plan.faults = [
      .nodeLoss(node: 0, at: .seconds(60), duration: .seconds(20), emptyDisk: true)
    ]
    var waits: [Double: Int] = [:]
    plan.run().clients[0].latency.forEachBucket { low, high, count in
      let wait = Self.schedule.first { offset in
        let latency = Int64((offset + 0.01) * 1e9)
        return low <= latency && latency <= high
      }
      if let wait {
        waits[wait, default: 0] += count
      } else {
        Issue.record("\(count) requests took \(low) to \(high) ns")
      }
    }
    // Sent between 65 and 69 s: 80 requests, of which 40 at least.
    #expect(waits[19, default: 0] > 40)
    #expect(waits[0, default: 0] > 2_000)
  }
}
