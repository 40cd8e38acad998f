import Foundation
import TestSupport
import Testing

/// The reductions behind the charts, on tables small enough to reckon by hand.
///
/// Only the specifications are made here, which needs nothing but Python's standard library.
@Suite struct ChartTests {
  /// Two replications of one variant, three windows of 60 s: 1, 0.5 and 0 of the requests succeed
  /// in the first replication, all of them in the second.
  static let tables = [
    "timeseries": """
    variant,replication,client,time_s,offered_total,succeeded_total,timed_out_total,\
    undecided_total,latency_p50_ms,latency_p90_ms,latency_p99_ms
    a,1,users,0,60,60,0,0,100,200,400
    a,1,users,60,60,30,30,0,100,200,400
    a,1,users,120,60,0,60,0,,,
    a,2,users,0,120,120,0,0,100,200,400
    a,2,users,60,120,120,0,0,300,200,400
    a,2,users,120,120,110,0,10,100,200,400

    """,
    "summary": """
    variant,client,metric,unit,mean,ci_low,ci_high
    a,users,outage_s,s,90,80,100
    a,users,failed_total,requests,45,0,90
    a,users,lost_revenue,USD,450,0,900
    a,users,latency_p99_ms,ms,400,400,400

    """,
    "events": """
    variant,replication,event,time_s,type,reason,namespace,object,message
    a,1,1,60,Normal,SuccessfulRescale,shop,horizontalpodautoscaler/b,New size: 3; reason: cpu
    a,1,2,75,Normal,SuccessfulRescale,shop,horizontalpodautoscaler/b,New size: 5; reason: cpu
    a,1,3,75.01,Normal,ScalingReplicaSet,shop,deployment/b,Scaled up replica set b-1 from 3 to 5
    a,1,4,90,Normal,Scheduled,shop,pod/b-1,Successfully assigned
    a,1,5,150,Normal,ScalingReplicaSet,shop,deployment/c,Scaled up replica set c-1 from 1 to 4
    a,1,6,160,Normal,ScalingReplicaSet,shop,deployment/d,Scaled up replica set d-2 from 0 to 1
    a,1,7,170,Normal,ScalingReplicaSet,shop,deployment/d,Scaled down replica set d-1 from 1 to 0
    a,2,1,61,Warning,NodeLost,default,node/n,The machine vanished

    """,
    "pods": """
    variant,workload,pod,time_s,phase,is_ready,requests_total,queue_requests,busy_ratio
    \(pod("b-1", ready: true, requests: 600))\
    \(pod("b-2", ready: true, requests: 0))\
    \(pod("b-3", ready: false, requests: 0))
    """,
    "calls": """
    variant,replication,caller,call,outcome,cause,attempts_total,share_ratio,failed_share_ratio
    a,1,shop/f,b,succeeded,none,10,0,
    a,1,shop/f,b,timed_out,slow_service,30,0,0
    a,1,shop/f,b,rejected,backlog_full,10,0,0

    """,
  ]

  private static func pod(_ name: String, ready: Bool, requests: Int) -> String {
    (0..<8).map { "a,shop/b,\(name),\($0 * 60),Running,\(ready),\(requests),0,0\n" }.joined()
  }

  @Test func outageShowsMeanAndRange() throws {
    let chart = try chart("outage")
    #expect(chart.title == "Outage: 1 min 30 s (a)")
    let windows = chart.rows("panels").filter { $0["kind"] as? String == "window" }
    #expect(windows.map { $0["minute"] as? Double } == [0, 1, 2, 3])
    #expect(windows.map { $0["share"] as? Double } == [1, 0.75, 0.5, 0.5])
    #expect(windows.map { $0["low"] as? Double } == [1, 0.5, 0, 0])
    #expect(windows.map { $0["high"] as? Double } == [1, 1, 1, 1])
    #expect(chart.rows("load").map { $0["rate"] as? Double } == [1.5, 1.5, 1.5, 1.5])
  }

  @Test func outageNamesEventsOfOneReplication() throws {
    let events = try chart("outage").rows("panels").filter { $0["kind"] as? String == "event" }
    #expect(
      events.map { $0["label"] as? String } == ["HPA: b to 5", "c scaled to 4", "d rolled out"]
    )
    #expect(events.map { $0["minute"] as? Double } == [1, 2.5, 2.6667])
  }

  @Test func revenueIsSummedUp() throws {
    let chart = try chart("revenue")
    #expect(chart.title == "Lost USD: 450 (a)")
    #expect(chart.rows("losses").map { $0["mean"] as? Double } == [0, 0, 150, 450])
    #expect(chart.rows("losses").map { $0["high"] as? Double } == [0, 0, 300, 900])
    #expect(chart.rows("ends").map { $0["label"] as? String } == ["a  450 ± 450"])
  }

  @Test func latencyTakesTheMedian() throws {
    let rows = try chart("latency").rows("percentiles")
    let medians = rows.filter { $0["percentile"] as? String == "p50" }
    #expect(medians.map { $0["seconds"] as? Double } == [0.1, 0.1, 0.1])
    #expect(rows.allSatisfy { $0["segment"] as? Int == 0 })
  }

  @Test func loadTellsIdleFromNotReady() throws {
    let chart = try chart("load")
    #expect(chart.title == "Most pods idle at once: 1 (a)")
    let rows = chart.rows("cells")
    #expect(rows.map { $0["pod"] as? String } == ["b-1", "b-2", "b-3"])
    #expect(rows.map { $0["end"] as? Double } == [8, 8, 8])
    let levels = rows.map { $0["level"] as? String }
    #expect(levels == ["≥ 8", "idle: Ready, < 1 % of a fair share", "not Ready"])
  }

  @Test func causesAreShares() throws {
    let rows = try chart("causes").rows("causes")
    #expect(rows.map { $0["cause"] as? String } == ["slow service", "backlog full"])
    #expect(rows.map { $0["share"] as? Double } == [0.75, 0.25])
    #expect(rows.map { $0["start"] as? Double } == [0, 0.75])
  }

  @Test func chartWithoutItsTableIsNamed() throws {
    try withTemporaryDirectory { folder in
      let result = try render("causes", tables: ["timeseries"], in: folder)
      #expect(result.status == 1)
      #expect(result.errors == "causes: not drawn, calls.csv is not in the result folder\n")
    }
  }

  private func chart(_ name: String) throws -> Chart {
    try withTemporaryDirectory { folder in
      let result = try render(name, tables: Array(Self.tables.keys), in: folder)
      try #require(result.status == 0, "\(result.summary)")
      return try Chart(folder.appending(path: "out/\(name).vl.json"))
    }
  }

  private func render(_ name: String, tables: [String], in folder: URL) throws -> CommandResult {
    for table in tables {
      let text = try #require(Self.tables[table])
      try Data(text.utf8).write(to: folder.appending(path: "\(table).csv"))
    }
    return try runCommand(
      named: "python3",
      [
        "plots/render.py", folder.path, folder.appending(path: "out").path, "--chart", name,
        "--formats", "json",
      ]
    )
  }
}

/// A filled chart specification.
private struct Chart {
  private var object: [String: Any]

  init(_ file: URL) throws {
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    object = try #require(json as? [String: Any])
  }

  var title: String? { (object["title"] as? [String: Any])?["text"] as? String }

  /// The rows of one of its data sets.
  func rows(_ name: String) -> [[String: Any]] {
    (object["datasets"] as? [String: Any])?[name] as? [[String: Any]] ?? []
  }
}
