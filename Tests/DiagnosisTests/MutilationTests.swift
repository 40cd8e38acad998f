import Diagnosis
import KubernetesManifests
import TestSupport
import Testing

/// Manifests with a line torn out or a value spoilt: what is found is always somewhere in them.
@Suite struct MutilationTests {
  private static let fixtures = ["Rules", "Correct"].flatMap { folder in
    Repository.files(below: "Tests/DiagnosisTests/Fixtures/\(folder)")
  }

  @Test(arguments: fixtures)
  func findingsStandInTheText(path: String) throws {
    let lines = try #require(Repository.text(path)).split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    // Every third line, so that it does not take long.
    for index in stride(from: path.count % 3, to: lines.count, by: 3) {
      var torn = lines
      torn.remove(at: index)
      check(torn, "\(path) without line \(index + 1)")
      guard index % 2 == 0, let colon = lines[index].firstRange(of: ": ") else { continue }
      var spoilt = lines
      spoilt[index] = lines[index][..<colon.upperBound] + "[99999999999, {a: -1}]"
      check(spoilt, "\(path) with line \(index + 1) spoilt")
    }
  }

  /// Text that is no YAML any more is refused, which is another reader's test.
  private func check(_ lines: [Substring], _ what: String) {
    let text = lines.joined(separator: "\n")
    guard let findings = try? examine(text) else { return }
    for finding in findings {
      let mark = finding.span.mark
      guard lines.indices.contains(mark.line - 1) else {
        Issue.record("\(what): \(finding.code) on line \(mark.line)")
        continue
      }
      let end = mark.column - 1 + finding.span.length
      if mark.column < 1 || end > max(1, lines[mark.line - 1].count) {
        Issue.record("\(what): \(Marker(finding)): \(finding.message)")
      }
    }
  }

  /// Every way between a namespace and a Service of the fixtures has an end.
  @Test(arguments: fixtures)
  func everyWayEnds(path: String) throws {
    let inventory = try inventory(of: try #require(Repository.text(path)))
    for service in inventory.services {
      let name = "\(service.object.name).\(service.object.namespace)"
      for (words, client) in [
        ("inside", Walker.Client.pod(namespace: "default", workload: nil)), ("outside", .outside),
      ] {
        var walker = try #require(Walker(inventory, from: words, client, to: name))
        let walk = walker.run()
        #expect(!walk.result.isEmpty)
        #expect(walk.isBroken == (walk.steps.last?.outcome == .broken))
        // What works says so, and nothing else does.
        let isThrough = !walk.isBroken && walk.steps.count > 6
        let ends = ["connected", "the way leads out of these manifests"]
        #expect(isThrough ? ends.contains(walk.result) : walk.result != "connected")
      }
    }
  }
}
