import Foundation
import TestSupport
import Testing

/// The committed reference results, made again from their scenarios.
///
/// `Results/<name>/COMMAND` holds the arguments of `podstorm`, on one line and without an output
/// folder; a scenario that would take long is reduced there. `make golden` rewrites the tables.
@Suite(.serialized) struct GoldenTests {
  /// Once on one thread and once on two: the bytes must not depend on it.
  @Test(arguments: Repository.folders(of: "Results"), [1, 2])
  func resultsAreReproduced(name: String, threads: Int) throws {
    let command = try #require(Repository.text("Results/\(name)/COMMAND"))
    let arguments = command.split { $0 == " " || $0 == "\n" }.map(String.init)
    try withTemporaryDirectory { folder in
      let output = folder.appending(path: "out")
      let result = try Podstorm.run(
        arguments + ["--jobs", String(threads), "--output", output.path]
      )
      try #require([0, 98, 99].contains(result.status), "\(command)\(result.summary)")
      let tables = try tables(in: output)
      try #require(!tables.isEmpty)
      for table in tables {
        let text = try String(contentsOf: output.appending(path: table), encoding: .utf8)
        try Golden.check(text, against: "Results/\(name)/\(table)")
      }
      checkNothingIsLeftOver(in: name, tables: tables)
    }
  }

  private func tables(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".csv") }.sorted()
  }

  private func checkNothingIsLeftOver(in name: String, tables: [String]) {
    let committed = Repository.entries(of: "Results/\(name)").filter { $0.hasSuffix(".csv") }
    for table in committed where !tables.contains(table) {
      Issue.record("Results/\(name)/\(table) is no longer written: remove it")
    }
  }
}
