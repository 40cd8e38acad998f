import ClusterSimulator
package import Experiments

/// What each variant's load balancers cost.
package enum CostsTable: ReportTable {
  package static let name = "costs"
  package static let rowKey = "variant × load balancer"
  package static let summary =
    "The base price of every load balancer that the manifests ask for, traffic not included; an"
    + " assumption of the scenario and no measurement. Variants without load balancers have no row."
  package static let columns = [
    Column.variant,
    Column(
      "service",
      .string,
      "The Service that it belongs to, as namespace/name; `ingress-nginx` for the one in front of"
        + " the controllers."
    ),
    Column("month_cost", .number, "Base price of a month of 730 hours, in `currency`."),
    Column("currency", .string, "ISO 4217 code of month_cost."),
  ]
  package static let primaryKey = ["variant", "service"]

  package static func writeRows(of result: ExperimentResult, to csv: inout CSVWriter) {
    for arm in result.arms {
      for item in arm.plan.bill {
        csv.add(arm.name)
        csv.add(item.service)
        csv.add(number: Double(item.monthlyMicros) / 1e6)
        csv.add(item.currency)
        csv.endRow()
      }
    }
  }
}
