/// A column of a table, with all that `datapackage.json` and `docs/METRICS.md` say about it.
package struct Column: Sendable {
  /// As a Frictionless table schema names them.
  package enum Kind: String, Sendable {
    case integer
    case number
    case string
    case boolean
  }
  /// In snake case, the unit last.
  package var name: String
  package var kind: Kind
  /// `s`, `ms`, `ratio`, or what is counted; empty for names.
  package var unit: String
  /// What it holds, in one sentence.
  package var description: String

  package init(_ name: String, _ kind: Kind, unit: String = "", _ description: String) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.description = description
  }
}

/// Columns that mean the same wherever they stand.
extension Column {
  static let variant = Column("variant", .string, "The arm of the comparison.")
  static let replication = Column(
    "replication",
    .integer,
    "Which of the independent runs of the variant, from 1."
  )
  static let client = Column("client", .string, "The group of users.")
  static let workload = Column("workload", .string, "The workload, as namespace/name.")
  static let pod = Column("pod", .string, "The pod, as kubectl prints it.")
  static let windowTime = Column(
    "time_s",
    .number,
    unit: "s",
    "Start of the window, from the start of the run."
  )
}
