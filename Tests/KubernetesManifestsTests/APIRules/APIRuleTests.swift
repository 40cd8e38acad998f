import KubernetesManifests
import Testing

@Suite("The API server's rules: same field, same kind of error, and the place in the file")
struct APIRuleTests {
  static let all =
    serviceRules + workloadRules + podRules + schedulingRules + networkRules + otherRules

  @Test("one row per rule", arguments: all)
  func isRefused(_ rule: APIRule) throws {
    #expect(rule.base.contains(rule.find), "the edit must apply")
    let edited = rule.edited(rule.wrong)
    let (text, line, column) = Fixtures.withoutMarker(edited)
    let errors = Fixtures.read(text).diagnostics.filter { $0.severity == .error }
    let shown = "\(errors.map(\.rendered))"
    #expect(errors.count == 1, "\(shown)")
    let error = try #require(errors.first, "\(shown)")
    #expect(error.field == rule.path)
    #expect(error.message.hasPrefix(rule.kind.rawValue + ": "), "\(error.message)")
    guard edited.contains("¶") else { return }
    #expect(error.mark == SourceMark(file: "m.yaml", line: line, column: column))
  }

  @Test("what stands next to it is taken", arguments: all)
  func neighbourIsTaken(_ rule: APIRule) {
    let text = Fixtures.withoutMarker(rule.edited(rule.right)).text
    let errors = Fixtures.read(text).diagnostics.filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(errors.map(\.rendered))")
  }

  @Test("every kind of error has its rows")
  func allKindsAreMet() {
    let kinds: [APIRule.Kind] = [.required, .invalid, .forbidden, .duplicate, .notSupported]
    for kind in kinds { #expect(Self.all.count { $0.kind == kind } >= 5, "\(kind)") }
    #expect(Self.all.count >= 130)
  }
}
