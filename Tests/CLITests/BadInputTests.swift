import Foundation
import TestSupport
import Testing

/// The program refuses bad input with its place and a fitting exit code, and leaves no trace.
@Suite struct BadInputTests {
  @Test(arguments: BadInput.all)
  func isRefusedWithoutATrace(_ bad: BadInput) throws {
    try withFixtures { folder in
      try bad.spoil(folder)
      let before = try Self.contents(of: folder)
      let result = try Podstorm.run(
        ["run"] + bad.arguments + ["--output", "out"],
        in: folder,
        environment: ["NO_COLOR": "1"],
        timeout: 20
      )
      #expect(!result.timedOut, "\(result.summary)")
      #expect(result.status == bad.status, "\(result.summary)")
      #expect(result.output.isEmpty)
      let lines = result.errors.split(separator: "\n")
      for message in bad.messages {
        #expect(lines.contains { $0.hasPrefix(message) }, "\(message)\n\(result.summary)")
      }
      #expect(try Self.contents(of: folder) == before)
    }
  }

  /// Every path below the folder, with the size and the time of the last change.
  private static func contents(of folder: URL) throws -> [String] {
    let manager = FileManager.default
    return try manager.subpathsOfDirectory(atPath: folder.path).sorted().map { path in
      let facts = try manager.attributesOfItem(atPath: folder.appending(path: path).path)
      return "\(path) \(facts[.size] ?? 0) \(facts[.modificationDate] ?? Date.distantPast)"
    }
  }
}
