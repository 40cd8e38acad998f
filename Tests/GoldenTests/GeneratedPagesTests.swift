import Diagnosis
import Inspection
import Reports
import Scenarios
import TestSupport
import Testing

/// Pages that are written from the code, byte by byte.
@Suite struct GeneratedPagesTests {
  @Test func metricsPageIsCurrent() throws {
    try Golden.check(metricsReference(), against: "docs/METRICS.md")
  }

  @Test func scenarioPageIsCurrent() throws {
    try Golden.check(ScenarioReference.markdown(), against: "docs/SCENARIO.md")
  }

  @Test func diagnosticsPageIsCurrent() throws {
    let folder = "Tests/DiagnosisTests/Fixtures/Rules"
    let names = Repository.entries(of: folder)
    let page = DiagnosticsReference.markdown(observed: observations) { code in
      names.first { $0.hasPrefix(code) }.flatMap { Repository.text("\(folder)/\($0)") }
    }
    try Golden.check(page, against: "docs/DIAGNOSTICS.md")
  }
}
