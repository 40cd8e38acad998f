import ClusterSimulator
package import Experiments

/// What the names of every call cost the name server.
package enum LookupsTable: ReportTable {
  package static let name = "lookups"
  package static let rowKey = "variant × replication × caller × call"
  package static let summary =
    "Lookups of names and the queries that CoreDNS got for them: search paths multiply them."
    + " Only calls whose names take time (`cluster.dns.latency`) or may fail have a row."
  package static let columns = [
    Column.variant,
    .replication,
    Column("caller", .string, "The group of users or the workload that calls."),
    Column("call", .string, "The call's name in the scenario."),
    Column("lookups_total", .integer, unit: "lookups", "Times that the caller asked its resolver."),
    Column(
      "queries_total",
      .integer,
      unit: "queries",
      "Questions to CoreDNS: two, A and AAAA, for each name on the search path that was tried."
    ),
    Column("queries_per_lookup", .number, "Their ratio."),
    Column("denied_total", .integer, unit: "lookups", "Lookups that ended with NXDOMAIN."),
    Column("failed_total", .integer, unit: "lookups", "Lookups that met an outage of CoreDNS."),
    Column(
      "truncated_total",
      .integer,
      unit: "lookups",
      "Lookups whose answer did not fit into the caller's message by UDP."
    ),
  ]
  package static let primaryKey = ["variant", "replication", "caller", "call"]

  package static func writeRows(of result: ExperimentResult, to csv: inout CSVWriter) {
    for arm in result.arms {
      for run in arm.runs {
        for call in run.calls where call.lookups.lookups > 0 {
          let totals = call.lookups
          let queries = 2 * totals.queries
          csv.add(arm.name)
          csv.add(run.replication)
          csv.add(arm.caller(of: call))
          csv.add(call.name)
          csv.add(totals.lookups)
          csv.add(queries)
          csv.add(number: Double(queries) / Double(totals.lookups))
          csv.add(totals.denied)
          csv.add(totals.failed)
          csv.add(totals.truncated)
          csv.endRow()
        }
      }
    }
  }
}
