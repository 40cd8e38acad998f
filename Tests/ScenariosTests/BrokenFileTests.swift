import Foundation
import KubernetesManifests
import Scenarios
import TestSupport
import Testing

@Suite("What is wrong with whole files is told with its place and a way out")
struct BrokenFileTests {
  @Test("one folder, all its messages", arguments: BrokenFile.all)
  func messages(_ broken: BrokenFile) throws {
    try withTemporaryDirectory { folder in
      try Self.write(broken, to: folder)
      var found: [String] = []
      var isMissing = false
      do {
        _ = try ScenarioLoader.load(path: folder.appending(path: broken.loaded).path)
      } catch let error as InvalidInput {
        found = error.diagnostics.filter { $0.severity == .error }.map(\.rendered)
        isMissing = error.isMissingInput
      }
      #expect(found.map { $0.replacing(folder.path + "/", with: "") } == broken.expected)
      #expect(isMissing == broken.isMissing)
    }
  }

  /// Puts the files of the shop into a folder, and in their place what is broken.
  static func write(_ broken: BrokenFile, to folder: URL) throws {
    try Data(Shop.scenario.utf8).write(to: folder.appending(path: "scenario.yaml"))
    try Data(Shop.manifests.utf8).write(to: folder.appending(path: "shop.yaml"))
    for (path, entry) in broken.entries {
      let url = folder.appending(path: path)
      switch entry {
      case .text(let text): try Data(text.utf8).write(to: url)
      case .bytes(let bytes): try Data(bytes).write(to: url)
      case .folder:
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      case .pipe: #expect(mkfifo(url.path, 0o600) == 0)
      case .link(let target):
        try FileManager.default.createSymbolicLink(atPath: url.path, withDestinationPath: target)
      }
    }
  }
}
