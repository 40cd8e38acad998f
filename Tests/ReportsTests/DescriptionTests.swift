import Experiments
import Foundation
import KubernetesManifests
import Reports
import Scenarios
import Testing

/// What the files say about themselves.
struct DescriptionTests {
  private func parse(_ json: JSON) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(json.bytes()))
    return try #require(object as? [String: Any])
  }

  @Test("datapackage.json describes the columns that the files have, in their order")
  func dataPackage() throws {
    let result = Fixture().result
    let package = try parse(DataPackage.json(of: result, tables: tables))
    let resources = try #require(package["resources"] as? [[String: Any]])
    #expect(resources.count == tables.count)
    for (resource, table) in zip(resources, tables) {
      #expect(resource["path"] as? String == table.name + ".csv")
      let schema = try #require(resource["schema"] as? [String: Any])
      let fields = try #require(schema["fields"] as? [[String: Any]])
      let names = fields.compactMap { $0["name"] as? String }
      #expect(names == readCSV(table.csv(of: result)).first)
      #expect(fields.allSatisfy { $0["description"] is String && $0["type"] is String })
      let key = try #require(schema["primaryKey"] as? [String])
      #expect(key.allSatisfy(names.contains))
    }
  }

  @Test(
    "the package's name keeps to the format's alphabet",
    arguments: [
      ("black-friday", "black-friday"), ("Zwölf Pods/1", "zw-lf-pods-1"), ("", "scenario"),
    ]
  )
  func name(name: String, expected: String) throws {
    var result = Fixture().result
    result.scenario.name = name
    let package = try parse(DataPackage.json(of: result, tables: []))
    #expect(package["name"] as? String == expected)
    #expect(package["title"] as? String == name)
  }

  @Test("run.json holds seed, inputs, scenario and one fingerprint per run")
  func runRecord() throws {
    let run = try parse(RunRecord.json(of: Fixture().result, version: "1.2.3"))
    #expect(run["podstorm"] as? String == "1.2.3")
    #expect(run["seed"] as? Int == 1)
    #expect(run["resolved"] as? String == "apiVersion: podstorm/v1\n")
    let variants = try #require(run["variants"] as? [[String: Any]])
    let runs = try #require(variants.last?["runs"] as? [[String: Any]])
    #expect(runs.compactMap { $0["replication"] as? Int } == [1, 2, 3, 4, 5])
    #expect(runs.first?["fingerprint"] as? String == "000000000000bef0")
  }

  @Test(
    "where an input lay does not get into run.json",
    arguments: [
      ("/home/me/shop/scenario.yaml", "scenario.yaml"), ("/srv/x/other.yaml", "other.yaml"),
      ("../scenario.yaml", "scenario.yaml"), ("scenario.yaml", "scenario.yaml"),
    ]
  )
  func paths(file: String, expected: String) throws {
    var result = Fixture().result
    result.scenario.remarks = [
      Diagnostic(.note, "ignored", at: SourceMark(file: file, line: 3, column: 5))
    ]
    let run = try parse(RunRecord.json(of: result, version: "1"))
    let remark = try #require((run["remarks"] as? [[String: Any]])?.first)
    #expect(remark["file"] as? String == expected)
    #expect(remark["line"] as? Int == 3)
  }

  @Test("a seed that readers would round is written as text")
  func bigSeed() throws {
    var result = Fixture().result
    result.scenario.run.seed = .max
    let run = try parse(RunRecord.json(of: result, version: "1"))
    #expect(run["seed"] as? String == "18446744073709551615")
  }

  @Test("the reference names every table, column and metric once per place")
  func reference() {
    let text = metricsReference()
    for table in tables {
      #expect(text.contains("\n### \(table.name).csv\n"))
      for column in table.columns { #expect(text.contains("| `\(column.name)` | ")) }
    }
    for metric in MetricDictionary.all { #expect(text.contains("| `\(metric.name)` | ")) }
    let rows = text.split(separator: "\n").count { $0.hasPrefix("| `") }
    #expect(rows == tables.reduce(0) { $0 + $1.columns.count } + MetricDictionary.all.count)
    #expect(text.split(separator: "\n").count { $0.hasPrefix("# ") } == 1)
  }
}
