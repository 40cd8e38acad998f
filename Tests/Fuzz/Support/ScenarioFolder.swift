import ClusterSimulator
import Foundation
import KubernetesManifests
import Scenarios
import Synchronization

/// A folder with a scenario and its manifests for the loader to read, one for each user at a time.
///
/// The loader reads files, so that what is tried is what a user runs.
package final class ScenarioFolder: Sendable {
  /// Divides the scenario from its manifests in one input.
  package static let divider = Array("\n# manifests\n".utf8)

  private let path: String
  private static let unused = Mutex<[ScenarioFolder]>([])

  private init() {
    path = NSTemporaryDirectory() + "podstorm-fuzz-" + UUID().uuidString
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A folder that nobody else uses until it is let go.
  static var own: Loan { Loan(folder: unused.withLock { $0.popLast() } ?? ScenarioFolder()) }

  /// A folder for as long as it is held.
  final class Loan {
    fileprivate let folder: ScenarioFolder

    fileprivate init(folder: ScenarioFolder) { self.folder = folder }

    deinit {
      let folder = self.folder
      ScenarioFolder.unused.withLock { $0.append(folder) }
    }

    /// What is wrong with how the scenario is read.
    func problems(withScenario input: [UInt8]) -> [String] {
      let (scenario, manifests) = ScenarioFolder.split(input)
      return folder.load(scenario, manifests ?? Corpus.shopManifests, overrides: [])
    }

    /// What is wrong with how the override is read and applied.
    func problems(withOverride input: [UInt8]) -> [String] {
      folder.load(
        Corpus.shopScenario,
        Corpus.shopManifests,
        overrides: [String(decoding: input, as: UTF8.self)]
      )
    }
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
