import Foundation
package import Testing

/// Comparing what a program wrote with what is committed.
package enum Golden {
  /// Whether this test run rewrites the committed files instead of comparing (`make golden`).
  package static var isUpdating: Bool {
    ProcessInfo.processInfo.environment["PODSTORM_UPDATE"] == "1"
  }

  /// Records an issue when the text differs from the committed file, byte by byte.
  ///
  /// With `PODSTORM_UPDATE=1` the committed file is rewritten instead.
  package static func check(
    _ actual: String,
    against path: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let expected = Repository.text(path)
    if isUpdating {
      if expected != actual { try Data(actual.utf8).write(to: Repository.url(path)) }
      return
    }
    guard let expected else {
      Issue.record(
        "\(path) is not committed; write it with `make golden`",
        sourceLocation: sourceLocation
      )
      return
    }
    if let difference = firstDifference(expected: expected, actual: actual) {
      Issue.record(
        "\(path): \(difference). If that is meant, run `make golden` and say why in CHANGELOG.",
        sourceLocation: sourceLocation
      )
    }
  }

  /// The first difference in words, a table's by row and column; `nil` when the bytes are equal.
  package static func firstDifference(expected: String, actual: String) -> String? {
    if Array(expected.utf8) == Array(actual.utf8) { return nil }
    guard let old = try? CSVTable(parsing: expected), let new = try? CSVTable(parsing: actual)
    else { return differingLine(expected, actual) }
    return differingCell(old, new) ?? differingLine(expected, actual)
  }

  private static func differingCell(_ old: CSVTable, _ new: CSVTable) -> String? {
    if old.header != new.header {
      return "columns \(old.header) became \(new.header)"
    }
    for (index, (before, after)) in zip(old.rows, new.rows).enumerated() where before != after {
      for (column, cells) in zip(old.header, zip(before, after)) where cells.0 != cells.1 {
        return """
          row \(index + 1) (\(before.prefix(4).joined(separator: ", "))), column '\(column)': \
          expected '\(cells.0)', found '\(cells.1)'
          """
      }
    }
    if old.rows.count != new.rows.count {
      return "\(old.rows.count) rows became \(new.rows.count)"
    }
    return nil
  }

  private static func differingLine(_ old: String, _ new: String) -> String {
    let before = lines(old)
    let after = lines(new)
    for (index, pair) in zip(before, after).enumerated() where pair.0 != pair.1 {
      return "line \(index + 1): expected '\(pair.0)', found '\(pair.1)'"
    }
    return "\(before.count) lines became \(after.count), or line ends differ"
  }

  private static func lines(_ text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(Substring($0)).replacing("\r", with: "\\r") }
  }
}
