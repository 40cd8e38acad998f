import ClusterSimulator
import Experiments
import SimKernel
import Testing

/// Metrics of a client group on a run whose numbers can be added up by hand.
///
/// 20 windows of 10 requests: in windows 3…6 and 15…18 five of ten fail, in window 19 nothing is
/// decided. So 40 of 190 decided requests fail, the first outage lasts 40 s, and the second lasts
/// from 150 s to the horizon at 195 s.
@Suite struct ClientMetricsTests {
  private static let windows = (0..<20).map { index in
    let isBad = (3...6).contains(index) || (15...18).contains(index)
    return HandMade.window(
      failed: isBad ? 5 : 0,
      undecided: index == 19 ? 10 : 0,
      attempts: 25
    )
  }

  private func value(_ name: String, of result: ClientResult) throws -> Double? {
    let metric = try #require(MetricDictionary.metric(named: name))
    guard case .client(let extract) = metric.extraction else {
      Issue.record("\(name) is not a metric of clients")
      return nil
    }
    let plan = HandMade.plan(horizon: .seconds(195))
    return extract(ClientRun(plan: plan, client: plan.clients[0], result: result))
  }

  private static let counts: [(String, Double)] = [
    ("offered_total", 200), ("succeeded_total", 150), ("failed_total", 40),
    ("undecided_total", 10), ("availability_ratio", 150.0 / 190), ("lost_revenue", 184),
    ("attempts_per_request_ratio", 2.5), ("outage_s", 85), ("outages_total", 2),
    ("longest_outage_s", 45), ("outage_end_s", 195), ("below_objective_ratio", 8.0 / 19),
  ]

  @Test(arguments: counts)
  func valueIsTheOneComputedByHand(name: String, expected: Double) throws {
    let value = try #require(try value(name, of: HandMade.client(Self.windows)))
    #expect(abs(value - expected) < 1e-9)
  }

  private static let latencies: [(String, Double)] = [
    ("latency_mean_ms", 50.5), ("latency_p50_ms", 50), ("latency_p90_ms", 90),
    ("latency_p99_ms", 99), ("latency_p999_ms", 100), ("failure_latency_p50_ms", 2_000),
  ]

  @Test(arguments: latencies)
  func latencyIsNearestRankWithinABin(name: String, expected: Double) throws {
    var client = HandMade.client(Self.windows)
    for milliseconds in 1...100 { client.latency.record(Int64(milliseconds) * 1_000_000) }
    for seconds in [1, 2, 3] { client.failureLatency.record(Int64(seconds) * 1_000_000_000) }
    let value = try #require(try value(name, of: client))
    #expect(abs(value - expected) <= expected * 0.01)
  }

  @Test(arguments: [
    "availability_ratio", "latency_mean_ms", "latency_p99_ms", "failure_latency_p50_ms",
    "attempts_per_request_ratio", "below_objective_ratio", "outage_end_s",
  ])
  func nobodyCameSoThereIsNoValue(name: String) throws {
    #expect(try value(name, of: ClientResult()) == nil)
  }

  @Test(arguments: ["outage_s", "outages_total", "longest_outage_s", "lost_revenue"])
  func nobodyCameSoNothingWasLost(name: String) throws {
    #expect(try value(name, of: ClientResult()) == 0)
  }
}
