import Diagnosis
import TestSupport
import Testing

/// Every rule fires where its fixture is marked, and nowhere else.
@Suite struct RuleFixtureTests {
  private static let folder = "Tests/DiagnosisTests/Fixtures/Rules"

  @Test(arguments: Repository.entries(of: folder))
  func findingsAreWhereTheMarkersAre(name: String) throws {
    let text = try #require(Repository.text("\(Self.folder)/\(name)"))
    let expected = Marker.all(in: text)
    #expect(!expected.isEmpty)
    let findings = try examine(text)
    let found = Set(findings.map { Marker($0) })
    for marker in expected where !found.contains(marker) {
      Issue.record("\(name): nothing found for \(marker)")
    }
    for finding in findings where !expected.contains(Marker(finding)) {
      Issue.record("\(name): not expected: \(Marker(finding)): \(finding.message)")
    }
    #expect(findings.count == expected.count)
  }

  @Test(arguments: rules.map { $0.code })
  func ruleHasAFixtureOfItsName(code: String) throws {
    let names = Repository.entries(of: Self.folder).filter { $0.hasPrefix(code + "-") }
    #expect(!names.isEmpty, "no Fixtures/Rules/\(code)-….yaml")
    for name in names {
      let text = try #require(Repository.text("\(Self.folder)/\(name)"))
      #expect(Marker.all(in: text).contains { $0.code == code }, "\(name) has no marker of \(code)")
    }
  }

  @Test func everyFileOfTheFolderIsRegistered() throws {
    let files = Repository.entries(of: "Sources/Diagnosis/Rules")
    #expect(files == rules.map { "\($0).swift" }.sorted())
  }

  @Test func codesAscendAndAreUnique() {
    let codes = rules.map { $0.code }
    #expect(codes == Set(codes).sorted())
    #expect(codes.allSatisfy { $0.wholeMatch(of: /PS1\d{3}/) != nil })
    #expect(codes.count >= 25)
  }

  @Test(arguments: Repository.entries(of: folder))
  func findingsSayWhatHappensAndWhatToEdit(name: String) throws {
    let text = try #require(Repository.text("\(Self.folder)/\(name)"))
    for finding in try examine(text) {
      #expect(finding.effect.split(separator: " ").count > 5)
      #expect(!finding.fix.isEmpty && !finding.object.isEmpty)
      // One sentence each, without a full stop that another would follow.
      #expect(!finding.message.hasSuffix("."), "\(finding.message)")
      #expect(finding.message.count <= 320, "\(finding.message)")
    }
  }
}
