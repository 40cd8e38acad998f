import KubernetesManifests
import Scenarios
import Testing

@Suite("No number of a scenario traps or is silently bent")
struct HostileValueTests {
  @Test("there are enough fields in every section, and enough values")
  func covers() {
    let paths = NumericField.all.map(\.path)
    #expect(paths.count > 150)
    for path in [
      "run.confidence", "cluster.nodes", "cluster.nodes[0].cpu", "cluster.kubelet.sandbox",
      "workloads.web.warmUp.factor", "workloads.web.serviceTime.empirical",
      "workloads.web.calls.api.retry.backoff.base", "workloads.db.database.maxConnections",
      "traffic[0].routing.ingress.balancer.leastRequest.choices",
      "traffic[0].arrivals.poisson.rate", "traffic[0].arrivals.poisson.profile",
      "faults[0].nodeLoss.for", "faults[0].scale.replicas",
    ] {
      #expect(paths.contains(path), "\(path)")
    }
    #expect(Set(HostileValue.all.map(\.text)).count == HostileValue.all.count)
    #expect(HostileValue.all.count >= 40)
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

  @Test("each value is taken for what it means or refused", arguments: NumericField.single)
  func isTakenOrRefused(_ field: NumericField) {
    for hostile in HostileValue.all {
      let (errors, setting) = read(hostile.text, as: field)
      if hostile.isValue(of: field.type) {
        #expect(errors == [], "\(hostile.text)")
        #expect(hostile.means(setting.value), "\(hostile.text) was taken for \(setting.value)")
        continue
      }
      #expect(errors.contains { $0.mark?.file == "value" && $0.field.hasPrefix(field.path) })
      guard case .invalid = setting.value else {
        Issue.record("\(hostile.text) was taken for \(setting.value)")
        continue
      }
    }
  }

  @Test("what no field takes is refused through every path", arguments: NumericField.all)
  func isRefusedByPath(_ field: NumericField) throws {
    for text in ["1e30", "-5s", ".nan"] {
      let errors = try Shop.errors(overrides: field.overrides(text))
      #expect(errors.contains { $0.hasPrefix("--set \(field.path):1:") }, "\(text): \(errors)")
    }
  }

  @Test("both ends of a range are in it and one beyond is not", arguments: NumericField.single)
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
