import KubernetesManifests
import Scenarios
import Testing

/// A field with a stated range, and the path that `--set` reaches it by in the shop.
struct NumericField: Sendable, CustomStringConvertible {
  var path: String
  var type: FieldType

  var description: String { path }

  /// Every numeric field of the reference.
  static let all: [NumericField] = ScenarioReference.spec.flatMap { field in
    found(in: field.type, at: field.name)
  }

  private static func found(in type: FieldType, at path: String) -> [NumericField] {
    switch type {
    case .integer, .number, .ratio, .duration, .delay, .rate, .cpu, .memory, .money, .cidr,
      .unlimited:
      return [NumericField(path: path, type: type)]
    case .group(let fields), .oneOf(let fields, _):
      return fields.flatMap { found(in: $0.type, at: "\(path).\($0.name)") }
    case .map(let key, let element):
      return names(for: key, path).flatMap { found(in: element, at: "\(path).\($0)") }
    case .list(let element, _):
      // The only list of lists is a profile; its points are tried as a whole elsewhere.
      if case .group = element { return found(in: element, at: path + "[0]") }
      return []
    case .either(let scalar, _): return found(in: scalar, at: path)
    case .text, .name, .word, .boolean, .pair, .raw: return []
    }
  }

  private static func names(for key: String, _ path: String) -> [String] {
    switch key {
    case "workload": ["web", "db"]
    case "call": path.hasSuffix("web.calls") ? ["api"] : []
    default: []
    }
  }
}

@Suite("No number of a scenario traps or is silently bent")
struct HostileValueTests {
  /// Nothing of this is a value of any numeric field.
  static let hostile = [
    ".nan", ".inf", "-.inf", "1e30", "-1e30", "1e400", "-1", "-1s", "-0.5/s", "abc", "''",
    "[1, 2, 3]", "{a: 1}", "99999999999999999999", "99999999999999999999h", "1e30/s", "0x10",
    "1_000_000_000_000_000_000_000", "١٢", "true",
  ]

  @Test("the reference has numeric fields in every section")
  func covers() {
    let paths = NumericField.all.map(\.path)
    #expect(paths.count > 100)
    for path in [
      "run.confidence", "cluster.nodes", "cluster.kubelet.sandbox", "workloads.web.warmUp.factor",
      "workloads.web.calls.api.retry.backoff.base", "workloads.db.database.maxConnections",
      "traffic[0].arrivals.poisson.rate", "faults[0].nodeLoss.for", "faults[0].scale.replicas",
    ] {
      #expect(paths.contains(path), "\(path)")
    }
  }

  /// What reading one value as the field's type gives: errors, and whether a value came out.
  private func read(_ text: String, as field: NumericField) -> (errors: [Diagnostic], Setting) {
    let reader = YAMLReader()
    let documents = YAMLParser.documents(
      in: Array(text.utf8),
      file: "value",
      into: &reader.diagnostics
    )
    let value = documents.first ?? .plain("", at: SourceMark(file: "value", line: 1, column: 1))
    let setting = SettingReader(reader).read(value, as: field.type, path: field.path)
    return (reader.diagnostics.all, setting)
  }

  @Test("is refused with its place", arguments: NumericField.all)
  func isRefused(_ field: NumericField) {
    for value in Self.hostile {
      let (errors, setting) = read(value, as: field)
      #expect(errors.contains { $0.mark?.file == "value" && $0.field.hasPrefix(field.path) })
      guard case .invalid = setting.value else {
        Issue.record("\(value) was taken for \(setting.value)")
        continue
      }
    }
  }

  @Test("is refused through every path of --set", arguments: NumericField.all)
  func isRefusedByPath(_ field: NumericField) throws {
    // Only one kind of arrivals may be given, so the one of the file makes way.
    let clear = field.path.contains("arrivals") ? ["traffic[0].arrivals=null"] : []
    let errors = try Shop.errors(overrides: clear + ["\(field.path)=1e30"])
    #expect(errors.contains { $0.hasPrefix("--set \(field.path):1:1 ") }, "\(errors)")
  }

  @Test("both ends of a range are in it and one beyond is not", arguments: NumericField.all)
  func boundaries(_ field: NumericField) throws {
    guard case .integer(let range) = field.type, range.upperBound < .max else { return }
    for value in [range.lowerBound - 1, range.upperBound + 1] {
      #expect(read("\(value)", as: field).errors.map(\.message) == ["\(value) is out of range"])
    }
    for value in [range.lowerBound, range.upperBound] {
      #expect(read("\(value)", as: field).errors == [])
    }
  }
}
