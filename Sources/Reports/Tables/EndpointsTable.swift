import ClusterSimulator
package import Experiments
import SimKernel

/// Replicas and endpoints over time: what the cluster wanted, had, and told its nodes.
package enum EndpointsTable: ReportTable {
  package static let name = "endpoints"
  package static let rowKey = "variant × replication × workload × window"
  package static let summary =
    "Replicas and endpoints of each workload at the end of each window, and on how many nodes"
    + " the newest endpoints are programmed."
  package static let columns = [
    Column.variant,
    .replication,
    .workload,
    .windowTime,
    Column("desired_replicas", .integer, unit: "pods", "Replicas asked for."),
    Column("current_replicas", .integer, unit: "pods", "Pods that exist and are not terminating."),
    Column("ready_replicas", .integer, unit: "pods", "Pods in the Ready condition."),
    Column("ready_endpoints", .integer, unit: "endpoints", "Endpoints that are ready."),
    Column(
      "serving_endpoints",
      .integer,
      unit: "endpoints",
      "Endpoints that serve, terminating ones included."
    ),
    Column("terminating_endpoints", .integer, unit: "endpoints", "Endpoints being terminated."),
    Column(
      "endpoint_slices",
      .integer,
      unit: "slices",
      "EndpointSlices that hold them, of at most 100 each."
    ),
    Column(
      "programmed_nodes",
      .integer,
      unit: "nodes",
      "Nodes whose rules show the newest endpoints."
    ),
  ]
  package static let primaryKey = ["variant", "replication", "workload", "time_s"]

  package static func writeRows(of result: ExperimentResult, to csv: inout CSVWriter) {
    for arm in result.arms {
      for run in arm.runs {
        for window in run.workloadWindows {
          csv.add(arm.name)
          csv.add(run.replication)
          csv.add(arm.plan.workloads[window.workload].name)
          csv.add(seconds: arm.plan.window * Int64(window.window))
          csv.add(window.desired)
          csv.add(window.current)
          csv.add(window.ready)
          csv.add(window.endpointsReady)
          csv.add(window.endpointsServing)
          csv.add(window.endpointsTerminating)
          csv.add(window.endpointSlices)
          csv.add(window.programmedNodes)
          csv.endRow()
        }
      }
    }
  }
}
