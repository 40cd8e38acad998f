import KubernetesManifests
import Testing

@Suite struct YAMLReaderTests {
  private func object(_ text: String) throws -> (FieldReader, YAMLReader) {
    let reader = YAMLReader()
    let value = try #require(parse(text).documents.first)
    return (reader.mapping(value, path: "spec"), reader)
  }

  @Test func rightFieldsAreRead() throws {
    var (fields, reader) = try object(
      """
      {name: abc, count: 3, ratio: 0.25, on: true, wait: 1m, cpu: 250m, mode: ipvs, rate: 50/s,
      list: [a, b], map: {x: 1}, gone: null}
      """
    )
    #expect(fields.string("name") == "abc")
    #expect(fields.int("count", in: 1...5) == 3)
    #expect(fields.double("ratio", in: 0...1) == 0.25)
    #expect(fields.bool("on") == true)
    #expect(fields.duration("wait") == 60_000_000_000)
    #expect(fields.quantity("cpu")?.milliValue == 250)
    #expect(fields.enumeration("mode", of: ["iptables", "ipvs"]) == "ipvs")
    #expect(fields.text("rate") == "50/s")
    #expect(fields.sequence("list").map(\.path) == ["spec.list[0]", "spec.list[1]"])
    #expect(fields.mappingEntries("map").map(\.path) == ["spec.map.x"])
    #expect(fields.string("gone", default: "default") == "default")
    #expect(fields.int("absent", in: 0...1, default: 7) == 7)
    fields.finish()
    #expect(reader.diagnostics.all.isEmpty)
  }

  @Test func unreadFieldsAreUnknown() throws {
    var (fields, reader) = try object("{timeuot: 1s, retries: 2, zzz: 1}")
    _ = fields.duration("timeout")
    fields.accept(["retries"])
    fields.finish()
    #expect(
      reader.diagnostics.all.map(\.rendered) == [
        "f.yaml:1:2: error: unknown field 'timeuot' (spec.timeuot)\n"
          + "  hint: did you mean 'timeout'?",
        "f.yaml:1:27: error: unknown field 'zzz' (spec.zzz)\n  hint: one of: timeout, retries",
      ]
    )
  }

  @Test func missingRequiredFieldsAreNamed() throws {
    var (fields, reader) = try object("{}")
    #expect(fields.string("name", required: true) == nil)
    #expect(
      reader.diagnostics.all.map(\.rendered)
        == ["f.yaml:1:1: error: required field 'name' is missing (spec.name)"]
    )
  }

  @Test func aWrongKindOfValueIsReportedOnce() throws {
    let reader = YAMLReader()
    let value = try #require(parse("[1]").documents.first)
    var fields = reader.mapping(value, path: "spec")
    _ = fields.string("name", required: true)
    fields.finish()
    #expect(reader.diagnostics.all.map(\.message) == ["expected a mapping, found a list"])
  }

  private static let doubles: [(String, String)] = [
    (".nan", "not a number"), ("1e30", "out of range"), ("1e999", "out of range"),
    ("-1", "out of range"), ("'1'", "found the text '1'"), ("0x10", "hexadecimal"),
    ("1,5", "found the text"), ("[]", "found a list"), ("true", "found the boolean"),
    ("NaN", "found the text"), ("infinity", "found the text"),
  ]

  @Test(arguments: doubles)
  func badNumbers(_ text: String, _ message: String) throws {
    var (fields, reader) = try object("x: \(text)")
    #expect(fields.double("x", in: 0...1e6) == nil)
    #expect(reader.diagnostics.all.count == 1)
    #expect(reader.diagnostics.all.first?.message.contains(message) == true)
  }

  @Test(arguments: [
    ("5", "needs a unit"), ("-5s", "negative"), (".nan", "not a duration"), ("[]", "found a list"),
    ("1e30s", "unknown unit"), ("2h", "out of range"), ("true", "not a duration"),
  ])
  func badDurations(_ text: String, _ message: String) throws {
    var (fields, reader) = try object("x: \(text)")
    #expect(fields.duration("x", in: 0...3_600_000_000_000) == nil)
    #expect(reader.diagnostics.all.count == 1)
    let shown = reader.diagnostics.all.first?.rendered ?? ""
    #expect(shown.contains(message) && shown.hasPrefix("f.yaml:1:4: error:"), "\(shown)")
  }

  @Test func longAndOddTextIsCutInMessages() throws {
    var (fields, reader) = try object("x: \"\(String(repeating: "y", count: 500))\\n\\e\"")
    _ = fields.int("x", in: 0...1)
    #expect((reader.diagnostics.all.first?.message.count ?? 999) < 120)
  }
}
