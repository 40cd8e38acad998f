import ClusterSimulator
package import Experiments
import KubernetesManifests
import Scenarios
import Statistics

/// `run.json`: all it takes to get the same bytes again, and the fingerprints that prove it.
///
/// Nothing in it depends on when, where or how fast the experiment ran.
package enum RunRecord {
  /// The file's name.
  package static let fileName = "run.json"

  /// The record; `version` is that of podstorm.
  package static func json(of result: ExperimentResult, version: String) -> JSON {
    let scenario = result.scenario
    return .object([
      ("podstorm", .string(version)),
      ("scenario", .string(scenario.name)),
      ("seed", seed(scenario.run.seed)),
      ("replications", .integer(scenario.run.replications)),
      ("confidence", .number(scenario.run.confidence)),
      ("partial", .bool(result.isPartial)),
      ("inputs", .array(scenario.inputs.map(input))),
      ("variants", .array(result.variants.map(variant))),
      ("thresholds", .array(result.verdicts.map(verdict))),
      ("remarks", .array(remarks(of: scenario))),
      ("resolved", .string(scenario.resolved)),
    ])
  }

  /// Seeds beyond 2^53 would lose digits in most JSON readers; those become strings.
  private static func seed(_ seed: UInt64) -> JSON {
    seed < 1 << 53 ? .integer(Int(seed)) : .string(String(seed))
  }

  private static func input(_ file: InputFile) -> JSON {
    .object([("path", .string(file.path)), ("sha256", .string(file.sha256))])
  }

  private static func variant(_ variant: VariantResult) -> JSON {
    let runs = variant.runs.map { run in
      JSON.object([
        ("replication", .integer(run.replication)),
        ("fingerprint", .string(hexadecimal(run.fingerprint))),
      ])
    }
    return .object([("name", .string(variant.name)), ("runs", .array(runs))])
  }

  /// Sixteen digits, the form in which fingerprints are compared.
  package static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  private static func verdict(_ verdict: ThresholdVerdict) -> JSON {
    .object([
      ("threshold", .string(verdict.threshold.text)),
      ("variant", .string(verdict.variant)),
      ("client", verdict.client.isEmpty ? .null : .string(verdict.client)),
      ("result", .string(verdict.result.label)),
      ("mean", verdict.estimate.map { .number($0.interval.mean) } ?? .null),
      ("ci_low", verdict.estimate.map { .number($0.interval.low) } ?? .null),
      ("ci_high", verdict.estimate.map { .number($0.interval.high) } ?? .null),
    ])
  }

  private static func remarks(of scenario: Scenario) -> [JSON] {
    sorted(scenario.remarks, inputs: scenario.inputs)
      .map { remark($0, inputs: scenario.inputs) }
  }

  /// By place and then by text: the order in which readers came upon them means nothing.
  private static func sorted(_ remarks: [Diagnostic], inputs: [InputFile]) -> [Diagnostic] {
    func key(_ remark: Diagnostic) -> (String, Int, Int, String, String) {
      let file = remark.mark.map { relative($0.file, to: inputs) } ?? ""
      let mark = remark.mark
      return (file, mark?.line ?? 0, mark?.column ?? 0, remark.field, remark.message)
    }
    return remarks.sorted { key($0) < key($1) }
  }

  private static func remark(_ diagnostic: Diagnostic, inputs: [InputFile]) -> JSON {
    .object([
      ("severity", .string(diagnostic.severity.rawValue)),
      ("message", .string(diagnostic.message)),
      ("hint", .optional(diagnostic.hint)),
      ("field", diagnostic.field.isEmpty ? .null : .string(diagnostic.field)),
      ("file", .optional(diagnostic.mark.map { relative($0.file, to: inputs) })),
      ("line", diagnostic.mark.map { .integer($0.line) } ?? .null),
      ("column", diagnostic.mark.map { .integer($0.column) } ?? .null),
    ])
  }

  /// A file as the list of inputs names it, so that the record does not tell where it lay.
  private static func relative(_ file: String, to inputs: [InputFile]) -> String {
    let known = inputs.map(\.path).filter { file == $0 || file.hasSuffix("/" + $0) }
    if let longest = known.max(by: { $0.utf8.count < $1.utf8.count }) { return longest }
    return file.split(separator: "/").last.map { String($0) } ?? file
  }
}

extension ThresholdVerdict.Result {
  /// The spelling in `run.json`.
  var label: String {
    switch self {
    case .pass: "pass"
    case .fail: "fail"
    case .notEnoughRuns: "unclear"
    }
  }
}
