import Diagnosis
import Foundation
import KubernetesManifests
import TestSupport
import Testing

/// No false alarm on manifests that work.
@Suite struct CorrectManifestTests {
  private static let folder = "Tests/DiagnosisTests/Fixtures/Correct"

  @Test func thereAreManyStyles() { #expect(Repository.entries(of: Self.folder).count >= 12) }

  @Test(arguments: Repository.entries(of: folder))
  func correctManifestHasNeitherErrorsNorWarnings(name: String) throws {
    let text = try #require(Repository.text("\(Self.folder)/\(name)"))
    for finding in try examine(text) where finding.severity != .note {
      Issue.record("\(name): \(Marker(finding)): \(finding.message)")
    }
  }

  @Test(arguments: Repository.folders(of: "Scenarios"))
  func shippedManifestsHaveNeitherErrorsNorWarnings(name: String) throws {
    let path = "Scenarios/\(name)/manifests"
    guard Repository.exists(path) else { return }
    // Incidents are wrong on purpose.
    if name.hasPrefix("incident-") { return }
    let input = try Examination.read(manifests: [Repository.url(path).path])
    for finding in Examination.findings(in: input.inventory) where finding.severity == .error {
      Issue.record("\(name): \(finding.span.mark): \(finding.message)")
    }
  }
}
