import ClusterSimulator
import Experiments
import Foundation
import Reports
import Scenarios
import SimKernel
import Testing

/// Rules that every table keeps, and a row of each against hand calculation.
struct TableTests {
  private func row(
    _ table: any ReportTable.Type,
    _ key: [String: String]
  ) throws
    -> [String: String]
  {
    let rows = records(table.csv(of: Fixture().result)).filter { row in
      key.allSatisfy { row[$0.key] == $0.value }
    }
    try #require(rows.count == 1, "\(table.name) \(key)")
    return rows[0]
  }

  private func expect(_ row: [String: String], _ expected: [String: String]) {
    for (column, value) in expected { #expect(row[column] == value, "\(column)") }
  }

  @Test("every table: rows as wide as the header, snake case, a key that tells rows apart")
  func rules() throws {
    let result = Fixture().result
    for table in tables {
      let rows = readCSV(table.csv(of: result))
      let header = table.columns.map(\.name)
      #expect(rows.first == header)
      #expect(rows.count > 1, "\(table.name) has no rows")
      #expect(rows.allSatisfy { $0.count == header.count })
      #expect(Set(header).count == header.count)
      let key = table.primaryKey.compactMap { header.firstIndex(of: $0) }
      #expect(key.count == table.primaryKey.count)
      #expect(Set(rows.map { row in key.map { row[$0] } }).count == rows.count, "\(table.name)")
      for name in header {
        #expect(name.wholeMatch(of: /[a-z][a-z0-9]*(_[a-z0-9]+)*/) != nil)
      }
    }
    #expect(Set(tables.map { $0.name }).count == tables.count)
  }

  @Test("every column is described, and its unit ends its name")
  func columns() {
    for column in tables.flatMap({ $0.columns }) {
      #expect(column.description.hasSuffix("."), "\(column.name)")
      switch column.unit {
      case "s", "ms", "ratio": #expect(column.name.hasSuffix("_" + column.unit))
      case "": break
      default:
        let ends = ["_total", "_count", "_" + column.unit, "_replicas", "_requests"]
        #expect(ends.contains { column.name.hasSuffix($0) }, "\(column.name)")
      }
    }
  }

  @Test("every cell is of its column's type")
  func types() {
    for table in tables {
      for row in records(table.csv(of: Fixture().result)) {
        for column in table.columns {
          guard let cell = row[column.name], !cell.isEmpty else { continue }
          switch column.kind {
          case .integer: #expect(Int(cell) != nil, "\(table.name) \(column.name) \(cell)")
          case .number: #expect(Double(cell) != nil, "\(table.name) \(column.name) \(cell)")
          case .boolean: #expect(cell == "true" || cell == "false")
          case .string: break
          }
        }
      }
    }
  }

  @Test("summary: availability of 50 windows out of 100 at 9 to 5 % success")
  func summary() throws {
    // Replication r fails 90 + r of 100 requests in each of 50 windows: mean 93 of 100.
    let row = try row(
      SummaryTable.self,
      ["variant": "hardcoded-ip", "metric": "availability_ratio"]
    )
    expect(row, ["client": "shoppers", "unit": "ratio", "mean": "0.535", "replications": "5"])
    expect(row, ["difference_mean": "", "confidence_ratio": "0.95"])
    // Spread 0.5 · (-2 … 2) %: deviation 0.00790569, half-width 2.776445 · 0.00790569 / √5.
    let low = try #require(row["ci_low"].flatMap { Double($0) })
    #expect(abs(low - (0.535 - 0.009_816_2)) < 1e-6)
    let lost = try self.row(SummaryTable.self, ["variant": "service", "metric": "lost_revenue"])
    // 4 windows · 93 requests · $4.60, against 50 windows.
    expect(lost, ["mean": "1711.2", "unit": "USD", "difference_mean": "-19678.8"])
  }

  @Test("timeseries: the window at 300 s of replication 2")
  func timeseries() throws {
    let row = try row(
      TimeseriesTable.self,
      ["variant": "hardcoded-ip", "replication": "2", "time_s": "300"]
    )
    expect(row, ["offered_total": "100", "succeeded_total": "8", "timed_out_total": "92"])
    expect(row, ["refused_total": "0", "attempts_total": "300", "latency_p90_ms": "1234.568"])
  }

  @Test("outages: start, end, what was lost and what happened just before")
  func outages() throws {
    let row = try row(OutagesTable.self, ["variant": "hardcoded-ip", "replication": "1"])
    expect(row, ["outage": "1", "start_s": "300", "end_s": "800", "duration_s": "500"])
    expect(row, ["offered_total": "5000", "failed_total": "4550", "lost_revenue": "20930"])
    expect(row, ["worst_success_ratio": "0.09", "dominant_outcome": "timed_out"])
    expect(row, ["is_open": "false", "preceding_reason": "NodeNotReady"])
    expect(row, ["preceding_object": "node/node-2", "preceding_s": "290"])
  }

  @Test("outages: none ends after the run, whose last window may be cut short")
  func outageAtTheHorizon() throws {
    var result = Fixture().result
    result.scenario.variants[0].plan.horizon = .seconds(795)
    let rows = records(OutagesTable.csv(of: result)).filter { $0["variant"] == "hardcoded-ip" }
    expect(try #require(rows.first), ["start_s": "300", "end_s": "795", "duration_s": "495"])
  }

  @Test("load: shares and means over the life of a pod within the run")
  func load() throws {
    // 2000 worker-seconds over 4 workers and 1000 s, whatever it did before the run.
    let busy = try row(
      LoadTable.self,
      ["variant": "service", "replication": "3", "pod": "backend-6f7-abcde"]
    )
    expect(busy, ["share_ratio": "0.75", "busy_ratio": "0.5", "address": "10.0.1.2"])
    expect(busy, ["created_s": "-60", "deleted_s": "", "node": "node-1", "ready_s": "1000"])
    // 350 request-seconds over the 700 s from 200 to 900.
    let idle = try row(
      LoadTable.self,
      ["variant": "service", "replication": "3", "pod": "backend-6f7-fghij"]
    )
    expect(idle, ["queue_mean_requests": "0.5", "deleted_s": "900", "address": ""])
  }

  @Test("calls: shares of all and of failed attempts")
  func calls() throws {
    let row = try row(
      CallsTable.self,
      ["variant": "service", "replication": "1", "outcome": "timed_out"]
    )
    expect(row, ["caller": "shop/frontend", "call": "backend", "cause": "waiting_in_backlog"])
    expect(row, ["attempts_total": "364", "share_ratio": "0.0364", "failed_share_ratio": "1"])
  }

  @Test(
    "events: Kubernetes' words",
    arguments: [
      (
        "1", "200", "Normal", "SuccessfulRescale", "shop", "horizontalpodautoscaler/backend",
        "New size: 2; reason: cpu resource utilization (percentage of request) above target"
      ),
      (
        "2", "200", "Normal", "SuccessfulCreate", "shop", "replicaset/backend-6f7",
        "Created pod: backend-6f7-fghij"
      ),
      (
        "3", "201", "Normal", "Scheduled", "shop", "pod/backend-6f7-fghij",
        "Successfully assigned shop/backend-6f7-fghij to node-2"
      ),
      (
        "4", "290", "Normal", "NodeNotReady", "default", "node/node-2",
        "Node node-2 status is now: NodeNotReady"
      ),
    ]
  )
  func events(
    number: String,
    time: String,
    type: String,
    reason: String,
    namespace: String,
    object: String,
    message: String
  ) throws {
    let row = try row(
      EventsTable.self,
      ["variant": "service", "replication": "1", "event": number]
    )
    expect(row, ["time_s": time, "type": type, "reason": reason, "namespace": namespace])
    expect(row, ["object": object, "message": message])
  }

  @Test("pods and views: the heat map's cell and the hardcoded list")
  func podsAndViews() throws {
    // 120 worker-seconds of 4 · 60.
    let cell = try row(PodsTable.self, ["variant": "service"])
    expect(cell, ["time_s": "120", "phase": "Running", "busy_ratio": "0.5", "requests_total": "7"])
    let view = try row(ViewsTable.self, ["variant": "service"])
    expect(view, ["viewer_kind": "configuration", "viewer": "shop/frontend"])
    expect(view, ["service": "shop/backend", "addresses": "10.0.1.2", "addresses_total": "1"])
  }

  @Test("costs and lookups: an assumed price, and two queries for each name")
  func costsAndLookups() throws {
    let cost = try row(CostsTable.self, ["variant": "service"])
    expect(cost, ["service": "ingress-nginx", "month_cost": "16.425", "currency": "USD"])
    let names = try row(LookupsTable.self, ["variant": "service", "replication": "2"])
    expect(names, ["caller": "shop/frontend", "call": "backend", "lookups_total": "100"])
    // A and AAAA.
    expect(names, ["queries_total": "450", "queries_per_lookup": "4.5", "denied_total": "25"])
    expect(names, ["failed_total": "3", "truncated_total": "7"])
  }

  @Test("latency: one value everywhere, ranks up to all successes of all replications")
  func latency() {
    let rows = records(LatencyTable.csv(of: Fixture().result))
      .filter { $0["variant"] == "service" && $0["result"] == "success" }
    #expect(Set(rows.map { $0["value_ms"] }) == ["250"])
    // 5 · 10000 less 4 · (91 + … + 95).
    #expect(rows.last?["total_count"] == "48140")
    #expect(rows.last?["percentile_ratio"] == "1")
  }

  @Test(
    "percentiles halve the distance to the maximum, ranks are nearest ranks",
    arguments: [
      (1, [(0.0, 1), (0.1, 1), (0.2, 1), (0.3, 1), (0.4, 1), (1.0, 1)]),
      (
        2,
        [
          (0, 1), (0.1, 1), (0.2, 1), (0.3, 1), (0.4, 1), (0.5, 1), (0.55, 2), (0.6, 2), (0.65, 2),
          (0.7, 2), (1, 2),
        ]
      ),
    ] as [(Int, [(Double, Int)])]
  )
  func ticks(count: Int, expected: [(Double, Int)]) {
    let ticks = PercentileTick.ticks(count: count)
    #expect(ticks.map(\.rank) == expected.map(\.1))
    for (tick, truth) in zip(ticks, expected) {
      #expect(abs(Double(tick.share) / Double(tick.whole) - truth.0) < 1e-12)
    }
  }

  @Test("no value, no curve")
  func noTicks() { #expect(PercentileTick.ticks(count: 0).isEmpty) }
}
