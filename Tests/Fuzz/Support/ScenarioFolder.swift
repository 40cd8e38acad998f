import ClusterSimulator
import Foundation
import KubernetesManifests
import Scenarios

/// A folder of its own with a scenario and its manifests for the loader to read.
///
/// The loader reads files, so that what is tried is what a user runs.
package final class ScenarioFolder: Sendable {
  /// Divides the scenario from its manifests in one input.
  package static let divider = Array("\n# manifests\n".utf8)

  private let path: String

  /// Makes an empty folder, which is removed with this object.
  init() {
    path = NSTemporaryDirectory() + "podstorm-fuzz-" + UUID().uuidString
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// What is wrong with how the scenario is read.
  func problems(withScenario input: [UInt8]) -> [String] {
    let (scenario, manifests) = Self.split(input)
    return load(scenario, manifests ?? Corpus.shopManifests, overrides: [])
  }

  /// What is wrong with how the override is read and applied.
  func problems(withOverride input: [UInt8]) -> [String] {
    load(
      Corpus.shopScenario,
      Corpus.shopManifests,
      overrides: [String(decoding: input, as: UTF8.self)]
    )
  }

  /// The two halves of an input; without a divider all of it is the scenario.
  package static func split(_ input: [UInt8]) -> (scenario: [UInt8], manifests: [UInt8]?) {
    guard let range = input.firstRange(of: divider) else { return (input, nil) }
    return (Array(input[..<range.lowerBound]), Array(input[range.upperBound...]))
  }

  private func load(_ scenario: [UInt8], _ manifests: [UInt8], overrides: [String]) -> [String] {
    let file = path + "/scenario.yaml"
    do {
      try Data(scenario).write(to: URL(fileURLWithPath: file))
      try Data(manifests).write(to: URL(fileURLWithPath: path + "/shop.yaml"))
    } catch {
      return ["cannot write the input: \(error)"]
    }
    let texts = ["scenario.yaml": scenario, "shop.yaml": manifests]
    do {
      let loaded = try ScenarioLoader.load(path: file, overrides: overrides)
      return Validity.problems(loaded.remarks, in: texts) + Rehearsal.problems(with: loaded)
    } catch {
      if error.diagnostics.isEmpty { return ["refused without a word"] }
      return Validity.problems(error.diagnostics, in: texts)
    }
  }
}
