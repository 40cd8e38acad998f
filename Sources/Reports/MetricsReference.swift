import Experiments

/// `docs/METRICS.md`: every table, column and metric, written from the code that makes them.
package func metricsReference() -> String {
  var text = """
    # Metrics

    <!-- Generated from Sources/Reports and Sources/Experiments; do not edit. -->

    `podstorm run` writes one CSV file per table into the result folder: RFC 4180 in UTF-8 with a
    header, one observation a row, lines ended by a line feed. An empty cell means "no value".
    Numbers have at most \(NumberFormat.significantDigits) significant digits, times three decimals.
    `datapackage.json` holds the same descriptions for programs.

    The unit stands last in a column's name. A `ratio` lies between 0 and 1 unless it compares two
    quantities.

    ## Tables

    | file | one row per |
    |---|---|

    """
  for table in tables { text += "| [`\(table.name).csv`](#\(table.name)csv) | \(table.rowKey) |\n" }
  for table in tables { text += section(table) }
  text += metricSection()
  return text
}

private func section(_ table: any ReportTable.Type) -> String {
  let key = table.primaryKey.map { "`\($0)`" }.joined(separator: ", ")
  var text = "\n### \(table.name).csv\n\n\(table.summary)\n\n"
  text += "Primary key: \(key).\n\n| column | type | unit | meaning |\n|---|---|---|---|\n"
  for column in table.columns {
    text += "| `\(column.name)` | \(column.kind.rawValue) | \(column.unit)"
    text += " | \(cell(column.description)) |\n"
  }
  return text
}

private func metricSection() -> String {
  var text = """

    ## Metrics of summary.csv

    Each is computed for every replication by itself; the table holds the mean over replications
    and its interval. A threshold names a metric with or without the unit at its end.

    | metric | of | unit | meaning | formula |
    |---|---|---|---|---|

    """
  for metric in MetricDictionary.all {
    let scope =
      switch metric.extraction {
      case .client: "client"
      case .cluster: "cluster"
      }
    text += "| `\(metric.name)` | \(scope) | \(metric.unit)"
    text += " | \(cell(metric.summary)) | \(cell(metric.formula)) |\n"
  }
  return text
}

/// Bars would end a Markdown cell.
private func cell(_ text: String) -> String {
  text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
}
