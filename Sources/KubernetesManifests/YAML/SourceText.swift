/// The bytes of a file, known to be UTF-8 without NUL and without a byte order mark.
struct SourceText {
  private(set) var bytes: ArraySlice<UInt8>

  /// Checks the encoding; on failure adds one located error and returns `nil`.
  init?(_ input: [UInt8], file: String, into diagnostics: inout Diagnostics) {
    let start = SourceMark(file: file, line: 1, column: 1)
    if input.starts(with: [0xFE, 0xFF]) || input.starts(with: [0xFF, 0xFE]) {
      diagnostics.add(
        Diagnostic(
          .error,
          "the file is UTF-16 or UTF-32, not UTF-8",
          at: start,
          hint: "save it as UTF-8"
        )
      )
      return nil
    }
    bytes = input.starts(with: [0xEF, 0xBB, 0xBF]) ? input.dropFirst(3) : input[...]
    guard let bad = Self.firstBadByte(in: bytes) else { return }
    let place = Self.position(ofByte: bad - bytes.startIndex, in: bytes)
    let isNUL = bytes[bad] == 0
    diagnostics.add(
      Diagnostic(
        .error,
        isNUL ? "NUL byte in the text" : "byte \(Self.hex(bytes[bad])) is not valid UTF-8",
        at: SourceMark(file: file, line: place.line, column: place.column),
        hint: isNUL ? "is the file UTF-16 or binary? save it as UTF-8" : "save the file as UTF-8"
      )
    )
    return nil
  }

  /// Line and column, both from 1, of a byte counted from the start of the text.
  ///
  /// Lines end where libyaml ends them: CR, LF, both together, NEL, LS and PS.
  static func position(ofByte offset: Int, in bytes: ArraySlice<UInt8>) -> (line: Int, column: Int)
  {
    var line = 1
    var column = 1
    var last: UInt8 = 0
    var beforeLast: UInt8 = 0
    for byte in bytes.prefix(max(0, offset)) {
      let endsLine =
        switch (beforeLast, last, byte) {
        case (_, UInt8(ascii: "\r"), UInt8(ascii: "\n")): false
        case (_, _, UInt8(ascii: "\n")), (_, _, UInt8(ascii: "\r")), (_, 0xC2, 0x85),
          (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9):
          true
        default: false
        }
      if endsLine {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80, byte != UInt8(ascii: "\n") {
        column += 1
      }
      (beforeLast, last) = (last, byte)
    }
    return (line, column)
  }

  private static func firstBadByte(in bytes: ArraySlice<UInt8>) -> Int? {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var index = bytes.startIndex
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let encoded):
        if encoded.first == 0 { return index }
        index += encoded.count
      case .error: return index
      case .emptyInput: return nil
      }
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "0x" + (digits.count == 1 ? "0" : "") + digits
  }
}
