import ClusterSimulator
package import Experiments
import SimKernel

/// The load heat map.
package enum PodsTable: ReportTable {
  package static let name = "pods"
  package static let rowKey = "variant × pod × minute, first replication"
  package static let summary =
    "What each pod did in each minute of the first replication: the load heat map."
  package static let columns = [
    Column.variant,
    .workload,
    .pod,
    .windowTime,
    Column("phase", .string, "Running, or Pending when its container does not run."),
    Column("is_ready", .boolean, "Whether it was Ready at the end of the minute."),
    Column("requests_total", .integer, unit: "requests", "Requests it took in during the minute."),
    Column(
      "queue_requests",
      .integer,
      unit: "requests",
      "Requests in its backlog at the end of it."
    ),
    Column(
      "busy_ratio",
      .number,
      unit: "ratio",
      "Mean share of its workers busy during the minute; none for a database."
    ),
  ]
  package static let primaryKey = ["variant", "workload", "pod", "time_s"]

  /// The width of a window here, whatever that of the time series.
  private static let window = SimDuration.seconds(60)

  package static func writeRows(of result: ExperimentResult, to csv: inout CSVWriter) {
    for arm in result.arms {
      guard let run = arm.runs.first else { continue }
      for cell in run.podWindows {
        let pod = run.pods[cell.pod]
        let workload = arm.plan.workloads[pod.workload]
        csv.add(arm.name)
        csv.add(workload.name)
        csv.add(pod.name)
        csv.add(seconds: window * Int64(cell.window))
        csv.add(cell.isRunning ? "Running" : "Pending")
        csv.add(cell.isReady ? "true" : "false")
        csv.add(cell.requests)
        csv.add(cell.queue)
        let capacity =
          workload.database == nil
          ? Double(workload.server.concurrency) * Double(window.nanoseconds) : 0
        csv.add(number: capacity > 0 ? Double(cell.busy) / capacity : nil)
        csv.endRow()
      }
    }
  }
}
