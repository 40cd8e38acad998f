import KubernetesManifests
import Scenarios

/// The readers of the program, each with what must hold for whatever it is given.
package enum FuzzReader: String, CaseIterable, Sendable {
  /// A file of manifests.
  case manifest
  /// A scenario file with its manifests behind it, divided by `ScenarioFolder.divider`.
  case scenario
  /// The argument of `--set`.
  case override
  /// The syntaxes of single values: quantities, durations, rates and the like.
  case literal

  /// Reads the input; answers what must not be, in words.
  package func problems(with input: [UInt8]) -> [String] {
    switch self {
    case .manifest: Self.manifest(input)
    case .scenario: ScenarioFolder().problems(withScenario: input)
    case .override: ScenarioFolder().problems(withOverride: input)
    case .literal: LiteralChecks.problems(with: String(decoding: input, as: UTF8.self))
    }
  }

  private static func manifest(_ input: [UInt8]) -> [String] {
    var diagnostics = Diagnostics()
    let file = InputFileReader.File(path: "m.yaml", bytes: input, sha256: "")
    _ = ManifestSet(reading: [file], into: &diagnostics)
    return Validity.problems(diagnostics.all, in: ["m.yaml": input])
      + RoundTrip.problems(with: input)
  }
}

/// Trees must survive being written and read again.
enum RoundTrip {
  static func problems(with input: [UInt8]) -> [String] {
    var diagnostics = Diagnostics()
    var limits = YAMLLimits()
    // Aliases are written out, so that what is read again may be far larger.
    limits.nodes = 20_000
    let documents = YAMLParser.documents(
      in: input,
      file: "",
      limits: limits,
      into: &diagnostics
    )
    guard !diagnostics.hasErrors else { return [] }
    return documents.compactMap { document in
      let text = YAMLEmitter.text(document)
      var again = Diagnostics()
      let reread = YAMLParser.documents(in: Array(text.utf8), file: "", into: &again)
      if reread.count == 1, isSame(document, reread[0]) { return nil }
      return "written as something else: \(text.prefix(500)) \(again.all)"
    }
  }

  /// Whether two trees mean the same, wherever they stand and however they are quoted.
  private static func isSame(_ first: YAMLValue, _ second: YAMLValue) -> Bool {
    switch (first.content, second.content) {
    case (.scalar(let a), .scalar(let b)):
      return a.resolved == b.resolved && (a.isNull || a.text == b.text)
    case (.sequence(let a), .sequence(let b)):
      return a.count == b.count && zip(a, b).allSatisfy(isSame)
    case (.mapping(let a), .mapping(let b)):
      return a.count == b.count
        && zip(a, b).allSatisfy { $0.key == $1.key && isSame($0.value, $1.value) }
    default: return false
    }
  }
}

extension FuzzReader {
  /// Whether a file of manifests has errors.
  package static func isRefused(manifest input: [UInt8]) -> Bool {
    var diagnostics = Diagnostics()
    let file = InputFileReader.File(path: "m.yaml", bytes: input, sha256: "")
    _ = ManifestSet(reading: [file], into: &diagnostics)
    return diagnostics.hasErrors
  }
}
