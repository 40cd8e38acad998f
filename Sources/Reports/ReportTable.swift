package import Experiments

/// A table of the output: one CSV file, one row per observation.
package protocol ReportTable: Sendable {
  /// The file's name without `.csv`.
  static var name: String { get }
  /// What one row is, such as `variant × client × metric`.
  static var rowKey: String { get }
  /// What the table is for, in one or two sentences.
  static var summary: String { get }
  static var columns: [Column] { get }
  /// The columns that together name one row.
  static var primaryKey: [String] { get }
  /// Writes the rows, in an order that depends on nothing but the result.
  static func writeRows(of result: ExperimentResult, to csv: inout CSVWriter)
}

extension ReportTable {
  /// The whole file.
  package static func csv(of result: ExperimentResult) -> [UInt8] {
    var csv = CSVWriter(header: columns.map(\.name))
    writeRows(of: result, to: &csv)
    return csv.bytes
  }
}

/// Every table there is, in the order in which they are documented.
///
/// A new table is registered here and nowhere else.
package let tables: [any ReportTable.Type] = [
  SummaryTable.self,
  TimeseriesTable.self,
  LatencyTable.self,
  OutagesTable.self,
  LoadTable.self,
  EndpointsTable.self,
  CallsTable.self,
  EventsTable.self,
  PodsTable.self,
  ViewsTable.self,
  CostsTable.self,
  LookupsTable.self,
]
