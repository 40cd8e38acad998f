package import SimKernel

/// Writes RFC 4180 in UTF-8, cell by cell, into memory.
///
/// Lines end in a bare line feed and not in CR LF: every CSV reader takes both, and `diff`, `grep`
/// and version control, which reference results are kept in, show CR as noise. Cells with commas,
/// quotes or control characters are quoted; an empty cell means "no value".
package struct CSVWriter: Sendable {
  /// Everything written so far.
  package private(set) var bytes: [UInt8] = []
  private let columnCount: Int
  private var column = 0

  /// A table whose header has been written.
  package init(header: [String]) {
    columnCount = header.count
    for name in header { add(name) }
    endRow()
  }

  /// Adds a text cell.
  package mutating func add(_ text: String) {
    separate()
    let needsQuotes = text.utf8.contains { byte in
      byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"")
    }
    guard needsQuotes else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Adds an integer cell.
  package mutating func add(_ integer: Int) {
    separate()
    appendDigits(of: integer)
  }

  /// Adds a number with the significant digits of `NumberFormat`; empty when there is none.
  package mutating func add(number: Double?) {
    separate()
    if let number { NumberFormat.write(number, to: &bytes) }
  }

  /// Adds share / whole, between 0 and 1, with nine places, from integers and without allocating:
  /// the longer a run, the more rows a percentile curve has.
  package mutating func add(share: Int, of whole: Int) {
    separate()
    let places = NumberFormat.significantDigits
    let scaled = NumberFormat.scaled(share, by: places, over: whole)
    NumberFormat.write(scaled, scale: places, places: places, to: &bytes)
  }

  /// Adds nanoseconds as milliseconds with three places; a negative value means "none".
  package mutating func add(latency nanoseconds: Int64) {
    separate()
    guard nanoseconds >= 0 else { return }
    NumberFormat.write(nanoseconds, scale: 6, places: 3, to: &bytes)
  }

  /// Adds an instant as seconds since the start with three places; empty for `never`.
  package mutating func add(seconds time: SimTime) {
    separate()
    guard time != .never, time != .distantPast else { return }
    NumberFormat.write(time.nanoseconds, scale: 9, places: 3, to: &bytes)
  }

  /// Adds a span as seconds with three places.
  package mutating func add(seconds duration: SimDuration) {
    add(seconds: SimTime.zero + duration)
  }

  /// Adds a cell without a value.
  package mutating func addMissing() { separate() }

  /// Ends the row.
  package mutating func endRow() {
    precondition(column == columnCount, "a row has as many cells as the header")
    bytes.append(UInt8(ascii: "\n"))
    column = 0
  }

  private mutating func separate() {
    if column > 0 { bytes.append(UInt8(ascii: ",")) }
    column += 1
  }

  /// Digits straight into the buffer: a long run has millions of integer cells.
  private mutating func appendDigits(of integer: Int) {
    if integer < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = integer.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes.reverse(from: start)
  }
}
