import ClusterSimulator
package import Experiments
import SimKernel

/// Who believed what about addresses, and when.
package enum ViewsTable: ReportTable {
  package static let name = "views"
  package static let rowKey = "variant × change of a view, first replication"
  package static let summary =
    "The addresses that each node's rules, each ingress and each hardcoded list hold for a"
    + " Service, with a row for each change: outdated views are where requests go astray."
  package static let columns = [
    Column.variant,
    Column("change", .integer, "Number of the change within the run, from 1."),
    Column("time_s", .number, unit: "s", "When the view took effect."),
    Column("viewer_kind", .string, "node, ingress or configuration."),
    Column(
      "viewer",
      .string,
      "The node; the group of users behind the ingress, or the controller that serves Ingress"
        + " objects; the workload whose configuration it is."
    ),
    Column("service", .string, "The Service, as namespace/name."),
    Column("addresses_total", .integer, unit: "addresses", "How many addresses the view holds."),
    Column("addresses", .string, "The addresses, separated by spaces."),
  ]
  package static let primaryKey = ["variant", "change"]

  package static func writeRows(of result: ExperimentResult, to csv: inout CSVWriter) {
    for arm in result.arms {
      guard let run = arm.runs.first else { continue }
      for (index, change) in run.views.enumerated() {
        csv.add(arm.name)
        csv.add(index + 1)
        csv.add(seconds: change.time)
        write(change.viewer, plan: arm.plan, to: &csv)
        csv.add(arm.plan.services[change.service].name)
        csv.add(change.addresses.count)
        csv.add(change.addresses.map(dotted).joined(separator: " "))
        csv.endRow()
      }
    }
  }

  private static func write(
    _ viewer: ViewChange.Viewer,
    plan: SimulationPlan,
    to csv: inout CSVWriter
  ) {
    switch viewer {
    case .node(let index):
      csv.add("node")
      csv.add(plan.cluster.nodes[index].name)
    case .client(let index):
      csv.add("ingress")
      csv.add(plan.clients[index].name)
    case .ingress(let index):
      csv.add("ingress")
      csv.add("ingress-\(index + 1)")
    case .configuration(let index):
      csv.add("configuration")
      csv.add(plan.workloads[index].name)
    }
  }
}
