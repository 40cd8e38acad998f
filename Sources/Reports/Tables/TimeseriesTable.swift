import ClusterSimulator
package import Experiments
import SimKernel

/// What each group of users felt, window by window.
package enum TimeseriesTable: ReportTable {
  package static let name = "timeseries"
  package static let rowKey = "variant × replication × client × window"
  package static let summary =
    "Requests of each group of users by the window in which they arrived, how they ended, and"
    + " how long the good answers took."
  package static let columns =
    [
      Column.variant,
      .replication,
      .client,
      .windowTime,
      Column("offered_total", .integer, unit: "requests", "Requests that arrived."),
    ]
    + Outcome.allCases.map { outcome in
      Column(
        outcome.label + "_total",
        .integer,
        unit: "requests",
        outcome == .succeeded
          ? "Of those, how many got a good answer in time."
          : "Of those, how many ended in: \(outcome.words)."
      )
    } + [
      Column(
        "undecided_total",
        .integer,
        unit: "requests",
        "Of those, how many were still in flight at the end of the run."
      ),
      Column(
        "attempts_total",
        .integer,
        unit: "attempts",
        "Attempts started in the window on all tiers below this group of users."
      ),
      Column(
        "latency_p50_ms",
        .number,
        unit: "ms",
        "Median time to a good answer, nearest rank; none without a success."
      ),
      Column("latency_p90_ms", .number, unit: "ms", "90th percentile of the same."),
      Column("latency_p99_ms", .number, unit: "ms", "99th percentile of the same."),
      Column(
        "in_flight_requests",
        .integer,
        unit: "requests",
        "Requests in flight at the end of the window."
      ),
    ]
  package static let primaryKey = ["variant", "replication", "client", "time_s"]

  package static func writeRows(of result: ExperimentResult, to csv: inout CSVWriter) {
    for arm in result.arms {
      for run in arm.runs {
        for (client, plan) in zip(run.clients, arm.plan.clients) {
          for (index, window) in client.windows.enumerated() {
            csv.add(arm.name)
            csv.add(run.replication)
            csv.add(plan.name)
            csv.add(seconds: arm.plan.window * Int64(index))
            write(window, to: &csv)
          }
        }
      }
    }
  }

  private static func write(_ window: ClientWindow, to csv: inout CSVWriter) {
    csv.add(window.offered)
    for count in window.outcomes { csv.add(Int(count)) }
    csv.add(window.undecided)
    csv.add(window.attempts)
    csv.add(latency: window.p50)
    csv.add(latency: window.p90)
    csv.add(latency: window.p99)
    csv.add(window.inFlightAtEnd)
    csv.endRow()
  }
}
