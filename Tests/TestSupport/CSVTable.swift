/// A CSV table (RFC 4180) as text cells, read without any code of the program under test.
package struct CSVTable: Equatable, Sendable {
  package var header: [String]
  package var rows: [[String]]

  /// Why a text is no table.
  package struct Malformed: Error, Equatable {
    /// Counted from 1, the header included.
    package var line: Int
    package var reason: String
  }

  /// Reads a table; every row must have as many cells as the header.
  package init(parsing text: String) throws(Malformed) {
    var reader = Reader(bytes: Array(text.utf8))
    guard let header = try reader.nextRecord() else {
      throw Malformed(line: 1, reason: "no header")
    }
    self.header = header
    rows = []
    while let row = try reader.nextRecord() {
      guard row.count == header.count else {
        throw Malformed(
          line: reader.line,
          reason: "\(row.count) cells under a header of \(header.count)"
        )
      }
      rows.append(row)
    }
  }

  /// The cells of one column, top to bottom; `nil` when there is no such column.
  package func column(_ name: String) -> [String]? {
    guard let index = header.firstIndex(of: name) else { return nil }
    return rows.map { $0[index] }
  }

  /// The rows whose cells equal all the given ones, as column → cell.
  package func rows(where conditions: [String: String]) -> [[String: String]] {
    rows.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
      .filter { row in conditions.allSatisfy { row[$0.key] == $0.value } }
  }
}

/// Walks over the records of a CSV text.
private struct Reader {
  let bytes: [UInt8]
  var position = 0
  /// The record read last, counted from 1.
  var line = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func nextRecord() throws(CSVTable.Malformed) -> [String]? {
    guard position < bytes.count else { return nil }
    line += 1
    var cells: [String] = []
    while true {
      cells.append(try nextCell())
      guard position < bytes.count else { return cells }
      let separator = bytes[position]
      position += 1
      if separator == UInt8(ascii: ",") { continue }
      if separator == UInt8(ascii: "\r"), position < bytes.count,
        bytes[position] == UInt8(ascii: "\n")
      {
        position += 1
      }
      return cells
    }
  }

  private mutating func nextCell() throws(CSVTable.Malformed) -> String {
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
      return try quotedCell()
    }
    let start = position
    while position < bytes.count, !endsCell(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func quotedCell() throws(CSVTable.Malformed) -> String {
    var cell: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte != UInt8(ascii: "\"") {
        cell.append(byte)
      } else if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        cell.append(byte)
        position += 1
      } else if position == bytes.count || endsCell(bytes[position]) {
        return String(decoding: cell, as: UTF8.self)
      } else {
        throw CSVTable.Malformed(line: line, reason: "text after a closing quote")
      }
    }
    throw CSVTable.Malformed(line: line, reason: "quote never closed")
  }

  private func endsCell(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}
