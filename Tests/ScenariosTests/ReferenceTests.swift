import KubernetesManifests
import Scenarios
import Testing

@Suite("The reference of fields")
struct ReferenceTests {
  @Test("every field is explained by one sentence, and no two share a path")
  func isComplete() {
    let entries = ScenarioReference.entries
    #expect(Set(entries.map(\.path)).count == entries.count)
    for entry in entries {
      #expect(entry.field.summary.hasSuffix("."), "\(entry.path)")
      #expect(entry.field.summary.count < 160, "\(entry.path)")
    }
  }

  @Test("the page has a row for each field")
  func page() {
    let page = ScenarioReference.markdown()
    for path in [
      "spec.run.duration", "spec.cluster.kubelet.sandbox", "spec.workloads.‹workload›.backlog",
      "spec.traffic[].arrivals.poisson.rate", "‹distribution›.lognormal.sigma",
    ] {
      #expect(page.contains("| `\(path)` |"), "\(path)")
    }
  }

  @Test(
    "every default is a value that may be written",
    arguments: ScenarioReference.entries.map(\.path)
  )
  func defaultsAreLegal(_ path: String) throws {
    let field = try #require(ScenarioReference.entries.first { $0.path == path }).field
    guard case .preset(let text) = field.presence else { return }
    let reader = YAMLReader()
    let documents = YAMLParser.documents(
      in: Array(text.utf8),
      file: "default",
      into: &reader.diagnostics
    )
    _ = SettingReader(reader).read(try #require(documents.first), as: field.type, path: path)
    #expect(reader.diagnostics.all == [])
  }
}
