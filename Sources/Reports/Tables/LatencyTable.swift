import ClusterSimulator
package import Experiments
import SimKernel

/// The whole distribution of latencies, as HdrHistogram prints it.
package enum LatencyTable: ReportTable {
  package static let name = "latency"
  package static let rowKey = "variant × client × result × percentile"
  package static let summary =
    "Percentile curves of the time to an answer, merged over the replications; successes and"
    + " failures apart. The percentiles are HdrHistogram's with five ticks per half distance: each"
    + " five rows halve the share of requests that lie beyond."
  package static let columns = [
    Column.variant,
    .client,
    Column("result", .string, "success or failure."),
    Column(
      "percentile_ratio",
      .number,
      unit: "ratio",
      "The share of requests that took no longer than value_ms."
    ),
    Column(
      "value_ms",
      .number,
      unit: "ms",
      "The time, nearest rank, within the histogram's relative error."
    ),
    Column("total_count", .integer, unit: "requests", "The rank: how many requests that share is."),
  ]
  package static let primaryKey = ["variant", "client", "result", "percentile_ratio"]

  package static func writeRows(of result: ExperimentResult, to csv: inout CSVWriter) {
    for arm in result.arms {
      for (index, client) in arm.plan.clients.enumerated() {
        for isSuccess in [true, false] {
          var merged = LogLinearHistogram()
          for run in arm.runs {
            merged.merge(isSuccess ? run.clients[index].latency : run.clients[index].failureLatency)
          }
          for tick in PercentileTick.ticks(count: merged.count) {
            csv.add(arm.name)
            csv.add(client.name)
            csv.add(isSuccess ? "success" : "failure")
            csv.add(share: tick.share, of: tick.whole)
            // By rank and not by percentile, which has been rounded.
            csv.add(latency: merged.quantile(Double(tick.rank) / Double(merged.count)))
            csv.add(tick.rank)
            csv.endRow()
          }
        }
      }
    }
  }
}

/// One point of a percentile curve.
package struct PercentileTick: Hashable, Sendable {
  /// The percentile is share / whole, exactly.
  package var share: Int
  package var whole: Int
  /// The nearest rank, ceil(percentile · count), at least 1.
  package var rank: Int

  /// The points of a curve over so many values: 0, 10, … 40, 50, 55, … 75, 77.5 … and 100 %.
  ///
  /// 1 - percentile is (10 - j) / (10 · 2^k), so the rank comes from integers. The curve ends
  /// where fewer than one value would lie beyond.
  package static func ticks(count: Int) -> [PercentileTick] {
    guard count > 0 else { return [] }
    var ticks: [PercentileTick] = []
    var halvings = 1
    while halvings <= count {
      for j in 0..<5 {
        let whole = 10 * halvings
        let rank = max(count - count * (10 - j) / whole, 1)
        ticks.append(PercentileTick(share: whole - (10 - j), whole: whole, rank: rank))
      }
      halvings *= 2
    }
    ticks.append(PercentileTick(share: 1, whole: 1, rank: count))
    return ticks
  }
}
