/// Reads RFC 4180, written from the RFC and not from the writer.
func readCSV(_ bytes: [UInt8]) -> [[String]] {
  var rows: [[String]] = []
  var row: [String] = []
  var cell: [UInt8] = []
  var isQuoted = false
  var index = 0
  func text() -> String { String(decoding: cell, as: UTF8.self) }
  while index < bytes.count {
    let byte = bytes[index]
    index += 1
    if isQuoted {
      if byte != UInt8(ascii: "\"") {
        cell.append(byte)
      } else if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
        cell.append(byte)
        index += 1
      } else {
        isQuoted = false
      }
      continue
    }
    switch byte {
    case UInt8(ascii: "\""): isQuoted = true
    case UInt8(ascii: ","):
      row.append(text())
      cell = []
    case UInt8(ascii: "\n"):
      rows.append(row + [text()])
      row = []
      cell = []
    default: cell.append(byte)
    }
  }
  return rows
}

/// A table as one dictionary per row.
func records(_ bytes: [UInt8]) -> [[String: String]] {
  let rows = readCSV(bytes)
  guard let header = rows.first else { return [] }
  return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
}
