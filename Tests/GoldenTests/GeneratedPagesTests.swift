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
}
