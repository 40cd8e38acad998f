import ClusterSimulator
package import Experiments
import Statistics

/// The headline numbers with their intervals.
package enum SummaryTable: ReportTable {
  package static let name = "summary"
  package static let rowKey = "variant × client × metric"
  package static let summary =
    "Every metric as a mean over the replications with its Student interval, and its paired"
    + " difference to the baseline. Metrics of the whole cluster have no client."
  package static let columns = [
    Column.variant,
    .client,
    Column("metric", .string, "A name of the list of metrics below."),
    Column("unit", .string, "The metric's unit; for money the currency's ISO 4217 code."),
    Column("mean", .number, "Mean over the replications that have a value."),
    Column("ci_low", .number, "Lower bound of the interval; the mean when there is one value."),
    Column("ci_high", .number, "Upper bound of the interval."),
    Column("confidence_ratio", .number, unit: "ratio", "The interval's confidence level."),
    Column("replications", .integer, "Values that the mean is taken over."),
    Column(
      "difference_mean",
      .number,
      "Mean of this variant minus the baseline, replication by replication; none for the"
        + " baseline itself."
    ),
    Column("difference_ci_low", .number, "Lower bound of the difference's interval."),
    Column("difference_ci_high", .number, "Upper bound of the difference's interval."),
  ]
  package static let primaryKey = ["variant", "client", "metric"]

  package static func writeRows(of result: ExperimentResult, to csv: inout CSVWriter) {
    for arm in result.arms {
      for estimate in arm.estimates {
        let interval = estimate.interval
        csv.add(arm.name)
        csv.add(estimate.client ?? "")
        csv.add(estimate.metric)
        csv.add(arm.unit(of: estimate))
        csv.add(number: interval.mean)
        csv.add(number: interval.low)
        csv.add(number: interval.high)
        csv.add(number: interval.confidence)
        csv.add(interval.count)
        csv.add(number: estimate.difference?.mean)
        csv.add(number: estimate.difference?.low)
        csv.add(number: estimate.difference?.high)
        csv.endRow()
      }
    }
  }
}

extension Arm {
  /// The unit of a metric; money is in the client's currency.
  func unit(of estimate: MetricEstimate) -> String {
    let unit = MetricDictionary.metric(named: estimate.metric)?.unit ?? ""
    guard unit == "currency" else { return unit }
    return plan.clients.first { $0.name == estimate.client }?.currency ?? unit
  }
}
