import Foundation
import TestSupport

/// The files of a folder of results, as a reader finds them.
struct ResultFiles {
  /// Name → bytes, hidden files too; empty when there is no folder.
  var contents: [String: Data]

  init(_ folder: URL) throws {
    let manager = FileManager.default
    contents = [:]
    guard manager.fileExists(atPath: folder.path) else { return }
    for name in try manager.contentsOfDirectory(atPath: folder.path) {
      contents[name] = try Data(contentsOf: folder.appending(path: name))
    }
  }

  /// Names of files that do not parse to their end, or are temporary.
  var broken: [String] {
    contents.keys.filter { name in
      name.hasPrefix(".") || !isWhole(name, contents[name] ?? Data())
    }
    .sorted()
  }

  private func isWhole(_ name: String, _ data: Data) -> Bool {
    guard data.last == UInt8(ascii: "\n") else { return false }
    if name.hasSuffix(".json") { return (try? JSONSerialization.jsonObject(with: data)) != nil }
    guard let table = try? CSVTable(parsing: String(decoding: data, as: UTF8.self)) else {
      return false
    }
    return table.rows.allSatisfy { $0.count == table.header.count }
  }

  /// What `run.json` tells; `nil` when there is none.
  var record: RunJSON? {
    contents["run.json"].flatMap { try? JSONDecoder().decode(RunJSON.self, from: $0) }
  }
}

/// The part of `run.json` that tells which runs there are.
struct RunJSON: Decodable {
  struct Variant: Decodable {
    struct Run: Decodable {
      var replication: Int
      var fingerprint: String
    }
    var name: String
    var runs: [Run]
  }
  var partial: Bool
  var variants: [Variant]

  /// `variant replication fingerprint` of every run.
  var runs: Set<String> {
    Set(
      variants.flatMap { variant in
        variant.runs.map { "\(variant.name) \($0.replication) \($0.fingerprint)" }
      }
    )
  }
}
