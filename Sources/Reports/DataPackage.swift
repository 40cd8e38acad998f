package import Experiments
import Scenarios

/// `datapackage.json`: what the CSV files hold, as a Frictionless tabular data package.
package enum DataPackage {
  /// The file's name.
  package static let fileName = "datapackage.json"

  /// The description of the tables that were written, in that order.
  package static func json(of result: ExperimentResult, tables: [any ReportTable.Type]) -> JSON {
    .object([
      ("profile", .string("tabular-data-package")),
      ("name", .string(slug(result.scenario.name))),
      ("title", .string(result.scenario.name)),
      ("resources", .array(tables.map(resource))),
    ])
  }

  private static func resource(_ table: any ReportTable.Type) -> JSON {
    .object([
      ("profile", .string("tabular-data-resource")),
      ("name", .string(table.name)),
      ("title", .string("One row per " + table.rowKey)),
      ("description", .string(table.summary)),
      ("path", .string(table.name + ".csv")),
      ("format", .string("csv")),
      ("mediatype", .string("text/csv")),
      ("encoding", .string("utf-8")),
      ("dialect", dialect),
      ("schema", schema(of: table)),
    ])
  }

  private static let dialect = JSON.object([
    ("delimiter", .string(",")),
    ("lineTerminator", .string("\n")),
    ("quoteChar", .string("\"")),
    ("doubleQuote", .bool(true)),
    ("header", .bool(true)),
  ])

  private static func schema(of table: any ReportTable.Type) -> JSON {
    .object([
      ("fields", .array(table.columns.map(field))),
      ("primaryKey", .array(table.primaryKey.map { .string($0) })),
      ("missingValues", .array([.string("")])),
    ])
  }

  private static func field(_ column: Column) -> JSON {
    var members: [(key: String, value: JSON)] = [
      ("name", .string(column.name)),
      ("type", .string(column.kind.rawValue)),
      ("description", .string(column.description)),
    ]
    if !column.unit.isEmpty { members.append(("unit", .string(column.unit))) }
    return .object(members)
  }

  /// Lower-case letters, digits, `.`, `_` and `-` only, as the format demands of a name.
  private static func slug(_ name: String) -> String {
    let allowed = name.lowercased().unicodeScalars.map { scalar -> Character in
      switch scalar {
      case "a"..."z", "0"..."9", ".", "_", "-": Character(scalar)
      default: "-"
      }
    }
    return allowed.isEmpty ? "scenario" : String(allowed)
  }
}
