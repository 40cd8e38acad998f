import Foundation
import TestSupport
import Testing

/// A folder of committed tables beside a file COMMAND, the arguments of `podstorm` that make them.
///
/// The arguments stand on one line, without an output folder.
struct ReferenceResults {
  /// Relative to the root, such as `Results/node-failure`.
  let folder: String

  /// The words of COMMAND.
  func arguments() throws -> [String] {
    let command = try #require(Repository.text("\(folder)/COMMAND"))
    return command.split { $0 == " " || $0 == "\n" }.map(String.init)
  }

  /// Makes the tables again and compares them, byte by byte; `make golden` rewrites them instead.
  func check(threads: Int) throws {
    let arguments = try arguments()
    try withTemporaryDirectory { temporary in
      let output = temporary.appending(path: "out")
      let result = try Podstorm.run(
        arguments + ["--jobs", String(threads), "--output", output.path]
      )
      let command = arguments.joined(separator: " ")
      try #require([0, 98, 99].contains(result.status), "\(command)\n\(result.summary)")
      let tables = try tables(in: output)
      try #require(!tables.isEmpty)
      for table in tables {
        let text = try String(contentsOf: output.appending(path: table), encoding: .utf8)
        try Golden.check(text, against: "\(folder)/\(table)")
      }
      checkNothingIsLeftOver(tables)
    }
  }

  private func tables(in output: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: output.path)
      .filter { $0.hasSuffix(".csv") }.sorted()
  }

  private func checkNothingIsLeftOver(_ tables: [String]) {
    let committed = Repository.entries(of: folder).filter { $0.hasSuffix(".csv") }
    for table in committed where !tables.contains(table) {
      Issue.record("\(folder)/\(table) is no longer written: remove it")
    }
  }
}
