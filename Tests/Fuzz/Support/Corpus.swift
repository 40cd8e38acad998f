package import Foundation

/// The committed inputs that mutations start from, regressions among them.
package enum Corpus {
  /// `Tests/Fuzz/Corpus`, found from this file.
  package static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Corpus")

  /// The inputs of one reader with their names, in byte order of name.
  package static func inputs(of reader: FuzzReader) -> [(name: String, bytes: [UInt8])] {
    let place = folder.appending(path: reader.rawValue)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { name in
        let data = (try? Data(contentsOf: place.appending(path: name))) ?? Data()
        return (name, Array(data))
      }
  }

  private static let shop: (scenario: [UInt8], manifests: [UInt8]?) = {
    let data = try? Data(contentsOf: folder.appending(path: "scenario/shop.yaml"))
    return ScenarioFolder.split(Array(data ?? Data()))
  }()

  /// A small valid scenario.
  static var shopScenario: [UInt8] { shop.scenario }

  /// The manifests of that scenario.
  static var shopManifests: [UInt8] { shop.manifests ?? [] }
}

extension Corpus {
  /// The names of the folders in it.
  package static var folders: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }
}
