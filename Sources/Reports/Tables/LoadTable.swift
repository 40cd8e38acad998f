import ClusterSimulator
package import Experiments
import SimKernel

/// How the work was shared among pods, over the whole run.
package enum LoadTable: ReportTable {
  package static let name = "load"
  package static let rowKey = "variant × replication × pod"
  package static let summary =
    "What each pod did over its life within the run: who drowned and who stood idle."
  package static let columns = [
    Column.variant,
    .replication,
    .workload,
    .pod,
    Column("node", .string, "The node it ran on; none when it was never scheduled."),
    Column("address", .string, "Its IPv4 address; none when it never got one."),
    Column("created_s", .number, unit: "s", "When it was created; negative: before the run."),
    Column("deleted_s", .number, unit: "s", "When it was gone; none when it outlived the run."),
    Column("requests_total", .integer, unit: "requests", "Requests it took in, without probes."),
    Column("rejected_total", .integer, unit: "requests", "Requests that found its backlog full."),
    Column(
      "share_ratio",
      .number,
      unit: "ratio",
      "Its requests over those of all pods of the workload; none when there were none."
    ),
    Column(
      "busy_ratio",
      .number,
      unit: "ratio",
      "Mean share of its workers that were busy during its life; none for a database."
    ),
    Column(
      "queue_mean_requests",
      .number,
      unit: "requests",
      "Mean number of requests in its backlog during its life."
    ),
    Column("ready_s", .number, unit: "s", "Time in the Ready condition."),
    Column("idle_s", .number, unit: "s", "Time Ready and without a request."),
    Column("cpu_s", .number, unit: "s", "CPU time it used."),
    Column("restarts_total", .integer, unit: "restarts", "Restarts of its container."),
  ]
  package static let primaryKey = ["variant", "replication", "workload", "pod", "created_s"]

  package static func writeRows(of result: ExperimentResult, to csv: inout CSVWriter) {
    for arm in result.arms {
      for run in arm.runs {
        var totals = [Int](repeating: 0, count: arm.plan.workloads.count)
        for pod in run.pods { totals[pod.workload] += pod.requests }
        for pod in run.pods {
          csv.add(arm.name)
          csv.add(run.replication)
          csv.add(arm.plan.workloads[pod.workload].name)
          writeIdentity(of: pod, plan: arm.plan, to: &csv)
          writeLoad(of: pod, total: totals[pod.workload], plan: arm.plan, to: &csv)
          csv.endRow()
        }
      }
    }
  }

  private static func writeIdentity(
    of pod: PodResult,
    plan: SimulationPlan,
    to csv: inout CSVWriter
  ) {
    csv.add(pod.name)
    let nodes = plan.cluster.nodes
    csv.add(nodes.indices.contains(pod.node) ? nodes[pod.node].name : "")
    csv.add(dotted(pod.address))
    csv.add(seconds: pod.createdAt)
    csv.add(seconds: pod.deletedAt)
  }

  private static func writeLoad(
    of pod: PodResult,
    total: Int,
    plan: SimulationPlan,
    to csv: inout CSVWriter
  ) {
    let end = min(pod.deletedAt, .zero + plan.horizon)
    let life = Double(max((end - max(pod.createdAt, .zero)).nanoseconds, 0))
    csv.add(pod.requests)
    csv.add(pod.rejected)
    csv.add(number: total > 0 ? Double(pod.requests) / Double(total) : nil)
    let workload = plan.workloads[pod.workload]
    let workers = workload.database == nil ? Double(workload.server.concurrency) : 0
    csv.add(number: life * workers > 0 ? Double(pod.busyIntegral) / (life * workers) : nil)
    csv.add(number: life > 0 ? Double(pod.queueIntegral) / life : nil)
    csv.add(seconds: pod.ready)
    csv.add(seconds: pod.idle)
    csv.add(seconds: SimDuration(nanoseconds: pod.cpuCoreNanoseconds))
    csv.add(pod.restarts)
  }
}
