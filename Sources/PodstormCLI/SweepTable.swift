package import Experiments
package import Reports
package import Scenarios
import Statistics

/// `sweep.csv`: one row per point, variant, client group and metric.
package struct SweepTable {
  /// The table so far.
  package private(set) var csv: CSVWriter
  /// Points in it.
  package private(set) var points = 0

  package init(axes: [SweepAxis]) {
    let columns = ["variant", "client", "metric", "mean", "ci_low", "ci_high", "replications"]
    csv = CSVWriter(header: axes.map(\.path) + columns)
  }

  /// Adds the rows of one point.
  package mutating func append(_ point: SweepPoint) {
    points += 1
    for variant in point.variants {
      for estimate in variant.estimates {
        for coordinate in point.coordinates { csv.add(coordinate) }
        csv.add(variant.name)
        csv.add(estimate.client ?? "")
        csv.add(estimate.metric)
        csv.add(number: estimate.interval.mean)
        // One replication has no interval, which is not the same as an interval of no width.
        let hasInterval = estimate.interval.count > 1
        csv.add(number: hasInterval ? estimate.interval.low : nil)
        csv.add(number: hasInterval ? estimate.interval.high : nil)
        csv.add(estimate.interval.count)
        csv.endRow()
      }
    }
  }
}
