import Foundation
import TestSupport
import Testing

/// The program itself, given what it must refuse: what it says, how it ends, what it leaves.
@Suite("A run that cannot start says why, ends with 65 or 66 and writes nothing")
struct RefusedInputTests {
  /// Errors and hints of `podstorm run` in a folder, without the lines of files that it shows.
  private func refusal(
    in folder: URL,
    of file: String = "scenario.yaml",
    status: Int32
  ) throws -> [String] {
    let result = try Podstorm.run(["run", file, "--output", "out"], in: folder, timeout: 60)
    #expect(result.status == status, "\(result.summary)")
    #expect(result.output == "")
    #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "out").path))
    let lines = result.errors.split(separator: "\n").map(String.init)
    return lines.filter { $0.contains("error: ") || $0.hasPrefix("  hint: ") }
  }

  @Test("one broken scenario after the other", arguments: BrokenScenario.all)
  func scenario(_ broken: BrokenScenario) throws {
    try withTemporaryDirectory { folder in
      try Data(broken.text.utf8).write(to: folder.appending(path: "scenario.yaml"))
      try Data(Shop.manifests.utf8).write(to: folder.appending(path: "shop.yaml"))
      let found = try refusal(in: folder, status: 65)
      let parts = broken.expected.split(separator: " ", maxSplits: 1)
      let start = "scenario.yaml:\(parts[0]): error: \(broken.message)"
      let error = try #require(found.first)
      // The field stands behind the message, in parentheses.
      #expect(error == start || error.hasPrefix(start + " ("))
      #expect(Array(found.dropFirst()) == (broken.hint.map { ["  hint: \($0)"] } ?? []))
    }
  }

  @Test("files that are none", arguments: BrokenFile.all.filter { !$0.expected.isEmpty })
  func file(_ broken: BrokenFile) throws {
    try withTemporaryDirectory { folder in
      try BrokenFileTests.write(broken, to: folder)
      let found = try refusal(in: folder, of: broken.loaded, status: broken.isMissing ? 66 : 65)
      for line in broken.expected.flatMap({ $0.split(separator: "\n") }) {
        // What has no place in a file begins with the program's name.
        #expect(found.contains { $0 == line || $0 == "podstorm: " + line }, "\(line)")
      }
    }
  }
}
