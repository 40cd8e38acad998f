import Experiments
import KubernetesManifests
import Reports
import Scenarios
import Testing

/// Remarks stand in `run.json` by place, whatever the order in which readers came upon them.
@Suite struct RemarksTests {
  private static let remarks = [
    remark("nowhere", at: nil),
    remark("first file", at: SourceMark(file: "shop/a.yaml", line: 30, column: 1)),
    remark("early line", at: SourceMark(file: "shop/b.yaml", line: 4, column: 9)),
    remark("early column", at: SourceMark(file: "shop/b.yaml", line: 12, column: 3)),
    remark("alike 1", at: SourceMark(file: "shop/b.yaml", line: 12, column: 7)),
    remark("alike 2", at: SourceMark(file: "shop/b.yaml", line: 12, column: 7)),
  ]

  private static func remark(_ message: String, at mark: SourceMark?) -> Diagnostic {
    Diagnostic(.note, message, at: mark)
  }

  private func record(_ remarks: [Diagnostic]) -> [UInt8] {
    let scenario = Scenario(
      name: "remarks",
      run: RunSettings(),
      variants: [],
      thresholds: [],
      sweep: [],
      tables: [],
      inputs: [],
      resolved: "",
      remarks: remarks
    )
    return RunRecord.json(of: ExperimentResult(scenario: scenario, variants: []), version: "1")
      .bytes()
  }

  @Test(arguments: 1...5)
  func orderOfReadingDoesNotMatter(rotation: Int) {
    let rotated = Array(Self.remarks[rotation...] + Self.remarks[..<rotation])
    #expect(record(rotated) == record(Self.remarks))
    #expect(record(rotated.reversed()) == record(Self.remarks))
  }

  @Test func placesAscend() throws {
    let text = String(decoding: record(Self.remarks.reversed()), as: UTF8.self)
    let places = try Self.remarks.map { try #require(text.firstRange(of: $0.message)?.lowerBound) }
    #expect(places == places.sorted())
  }
}
