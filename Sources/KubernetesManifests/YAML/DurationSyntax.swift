/// Durations as Go and Kubernetes write them: `250ms`, `5s`, `1h30m`.
package enum DurationSyntax {
  /// Why a text is not a duration, as message and advice.
  package struct Problem: Error, Hashable, Sendable {
    package var message: String
    package var hint: String?
  }

  /// No duration may be longer: about 73 years, a quarter of what 64 bits hold.
  package static let longest = Int64.max / 4

  private static let units: [(name: String, nanoseconds: Int64)] = [
    ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000),
    ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
  ]

  /// The length in nanoseconds; fractions finer than that are cut off.
  package static func nanoseconds(_ text: String) throws(Problem) -> Int64 {
    if text == "0" { return 0 }
    if text.hasPrefix("-") {
      throw Problem(message: "a duration cannot be negative", hint: nil)
    }
    var rest = Substring(text)
    if rest.isEmpty { throw Problem(message: "a duration is missing", hint: example) }
    var total: Int64 = 0
    while !rest.isEmpty {
      let part = try takePart(&rest, of: text)
      let (sum, overflow) = total.addingReportingOverflow(part)
      if overflow || sum > longest { throw tooLong }
      total = sum
    }
    return total
  }

  /// The shortest exact spelling, such as `1h30m` or `250ms`.
  package static func text(nanoseconds: Int64) -> String {
    if nanoseconds == 0 { return "0s" }
    var rest = nanoseconds.magnitude
    var text = nanoseconds < 0 ? "-" : ""
    let scale: [(String, UInt64)] = [
      ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000),
      ("us", 1_000), ("ns", 1),
    ]
    for (unit, size) in scale where rest >= size {
      text += "\(rest / size)\(unit)"
      rest %= size
    }
    return text
  }

  private static let example = "write it like 250ms, 5s, 10m or 1h30m"
  private static var tooLong: Problem {
    Problem(message: "the duration is too long", hint: "73 years is the longest")
  }

  /// Reads one number with its unit.
  private static func takePart(_ rest: inout Substring, of text: String) throws(Problem) -> Int64 {
    let whole = takeDigits(&rest)
    var fraction = Substring()
    if rest.first == "." {
      rest.removeFirst()
      fraction = takeDigits(&rest)
    }
    guard !whole.isEmpty || !fraction.isEmpty else {
      throw Problem(message: "not a duration", hint: example)
    }
    let name = rest.prefix { !isDigit($0) && $0 != "." }
    rest = rest[name.endIndex...]
    guard let unit = units.first(where: { $0.name == name }) else {
      throw unknownUnit(String(name), in: text)
    }
    return try scaled(whole, fraction, by: unit.nanoseconds)
  }

  private static func scaled(
    _ whole: Substring,
    _ fraction: Substring,
    by unit: Int64
  ) throws(Problem) -> Int64 {
    var value: Int64 = 0
    for digit in whole.utf8 {
      let (tens, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = tens.addingReportingOverflow(Int64(digit - UInt8(ascii: "0")))
      if first || second { throw tooLong }
      value = sum
    }
    let (product, overflow) = value.multipliedReportingOverflow(by: unit)
    if overflow { throw tooLong }
    // Digit by digit: the remainder of each division by ten is worth less than the unit's parts.
    var place = unit
    var part: Int64 = 0
    for digit in fraction.utf8.prefix(13) {
      let count = Int64(digit - UInt8(ascii: "0"))
      part += count * (place / 10) + count * (place % 10) / 10
      place /= 10
    }
    let (sum, carry) = product.addingReportingOverflow(part)
    if carry { throw tooLong }
    return sum
  }

  private static func unknownUnit(_ name: String, in text: String) -> Problem {
    if name.isEmpty {
      return Problem(
        message: "a duration needs a unit",
        hint: "write \(text)s for seconds, \(text)ms, \(text)m"
      )
    }
    let meanings = [
      "sec": "s", "secs": "s", "second": "s", "seconds": "s", "S": "s", "min": "m", "mins": "m",
      "minute": "m", "minutes": "m", "M": "m", "hour": "h", "hours": "h", "hr": "h", "H": "h",
      "msec": "ms", "millis": "ms", "MS": "ms", "d": "24h a day",
    ]
    let hint = meanings[name].map { "did you mean '\($0)'?" } ?? "units are ns, us, ms, s, m, h"
    return Problem(message: "unknown unit '\(name)' in the duration", hint: hint)
  }

  private static func takeDigits(_ rest: inout Substring) -> Substring {
    let digits = rest.prefix(while: isDigit)
    rest = rest[digits.endIndex...]
    return digits
  }

  private static func isDigit(_ character: Character) -> Bool {
    character >= "0" && character <= "9" && character.utf8.count == 1
  }
}
