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

  /// Demo shops as their authors wrote them may have weak spots, but they work; of the basics one
  /// Service selects `tier: api-backend` where the pods have `tier: backend`.
  @Test(arguments: Repository.entries(of: "Tests/KubernetesManifestsTests/Manifests"))
  func demoShopsHaveNoErrorsButTheKnownOne(name: String) throws {
    let path = "Tests/KubernetesManifestsTests/Manifests/\(name)"
    let findings = try examine(try #require(Repository.text(path)))
    let errors = findings.filter { $0.severity == .error }.map { "\($0.code) \($0.object)" }
    let known = ["PS1101 Service default/checkout-service"]
    #expect(errors == (name == "service-basics.yaml" ? known : []))
  }
}
