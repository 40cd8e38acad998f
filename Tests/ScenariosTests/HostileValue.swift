import ClusterSimulator
import Scenarios
import SimKernel
import Testing

/// A spelling that somebody might put where a number is wanted, and what each syntax makes of it.
///
/// The readings are written by hand from the definitions of the syntaxes. A syntax without a
/// reading must refuse the text; one with a reading must give exactly that, and only where the
/// range of the field has room for it.
struct HostileValue: Sendable, CustomTestStringConvertible {
  var text: String
  var integer: Int?
  var number: Double?
  /// In nanoseconds.
  var duration: Int64?
  /// A second.
  var rate: Double?
  /// In parts per million.
  var ratio: Int?
  /// In thousandths, rounded up as the API server rounds.
  var quantity: Int?
  /// In millionths.
  var money: Int64?

  init(
    _ text: String,
    integer: Int? = nil,
    number: Double? = nil,
    duration: Int64? = nil,
    rate: Double? = nil,
    ratio: Int? = nil,
    quantity: Int? = nil,
    money: Int64? = nil
  ) {
    self.text = text
    self.integer = integer
    self.number = number
    self.duration = duration
    self.rate = rate
    self.ratio = ratio
    self.quantity = quantity
    self.money = money
  }

  var testDescription: String { String(text.prefix(30)) }

  static let all = notNumbers + notFinite + otherBases + otherShapes + large + small + units
}

extension HostileValue {
  /// Nothing, words and spellings that look like numbers to people only.
  static let notNumbers = [
    "''", "~", "null", "true", "yes", "abc", "-", "١٢", "５", "½", "5\u{a0}", "\"5\\0\"",
    "\"5\\n\"", "1,5", "1.2.3", "--1", "1e", "5%5",
  ].map { HostileValue($0) }

  /// No finite number, or none of any kind.
  static let notFinite = [
    ".nan", ".NaN", "NaN", ".inf", "-.inf", "+.inf", "Infinity", "inf", "1e400", "-1e400",
    "NaN/s", "inf/s", "1e400/s", "NaN%", "NaN USD",
  ].map { HostileValue($0) }

  /// Numbers to YAML 1.1 only, which would read another value than a person.
  static let otherBases = ["010", "0o10", "0x10", "0b1", "1_000", "1:30", "+5"].map {
    HostileValue($0)
  }

  /// No single value.
  static let otherShapes = ["[]", "[1, 2, 3]", "{}", "{a: 1}", "[[5s]]", "[5s, -5s]"].map {
    HostileValue($0)
  }

  static let large = [
    HostileValue("1e30", number: 1e30), HostileValue("-1e30", number: -1e30),
    HostileValue(
      "9007199254740993",
      integer: 9_007_199_254_740_993,
      number: 9_007_199_254_740_992,
      quantity: 9_007_199_254_740_993_000
    ),
    HostileValue("9223372036854775807", integer: .max, number: 0x1p63),
    HostileValue("9223372036854775808", number: 0x1p63),
    HostileValue("-9223372036854775809", number: -0x1p63),
    HostileValue("18446744073709551616", number: 0x1p64),
    HostileValue(String(repeating: "9", count: 10_000)),
    HostileValue("-1", integer: -1, number: -1),
    HostileValue("99999999999999999999h"), HostileValue("9223372036854775807ns"),
    // The longest duration that is read at all: 2^61 - 1.
    HostileValue("2305843009213693951ns", duration: 2_305_843_009_213_693_951),
    HostileValue("2305843009213693952ns"), HostileValue("1e30s"),
    HostileValue("1000000000000/s", rate: 1e12), HostileValue("1e6/s", rate: 1e6),
    HostileValue("1000001/s", rate: 1_000_001), HostileValue("101%"), HostileValue("1e30%"),
    HostileValue("8Ei"), HostileValue("9Pi"),
    HostileValue("1000000 USD"), HostileValue("999999.999999 USD", money: 999_999_999_999),
  ]

  static let small = [
    HostileValue("0", integer: 0, number: 0, duration: 0, ratio: 0, quantity: 0),
    HostileValue("-0", integer: 0, number: 0, ratio: 0),
    HostileValue("-0.0", number: 0, ratio: 0),
    HostileValue("1e-400", number: 0, ratio: 0), HostileValue("1e-400/s", rate: 0),
    HostileValue("1e-9", number: 1e-9, ratio: 0, quantity: 1),
    HostileValue("1e-9/s", rate: 1e-9), HostileValue("-0.5/s", rate: -0.5),
    HostileValue("0.0000000001ns", duration: 0), HostileValue("1ns", duration: 1),
    HostileValue("-5s"), HostileValue("-0s"), HostileValue("1h-5m"), HostileValue("-1%"),
    HostileValue("0.00000001%", ratio: 0), HostileValue("1n", quantity: 1),
    HostileValue("-1m"), HostileValue("-1 USD"), HostileValue("0.0000001 USD"),
    HostileValue(
      "0." + String(repeating: "0", count: 10_000) + "1",
      number: 0,
      ratio: 0,
      quantity: 1
    ),
  ]

  /// Right values of one syntax in a field of another.
  static let units = [
    HostileValue("5", integer: 5, number: 5, quantity: 5_000),
    HostileValue("'5'", quantity: 5_000), HostileValue("1.", quantity: 1_000),
    HostileValue("1.5", number: 1.5, quantity: 1_500),
    HostileValue("5e0", number: 5, quantity: 5_000),
    HostileValue("5s", duration: 5_000_000_000), HostileValue("010s", duration: 10_000_000_000),
    HostileValue("5 s"), HostileValue("5sec"), HostileValue("5S"), HostileValue("5d"),
    HostileValue("5/s", rate: 5), HostileValue("5 / s"), HostileValue("5/d"), HostileValue("/s"),
    HostileValue("100%", ratio: 1_000_000), HostileValue("100 %"),
    HostileValue("1Ki", quantity: 1_024_000),
    HostileValue("4GB"), HostileValue("4 Gi"), HostileValue("5 USD", money: 5_000_000),
    HostileValue("5 usd"), HostileValue("$5"), HostileValue("5,00 EUR"),
    HostileValue("10.0.0.0/33"), HostileValue("10.0.0.1/16"), HostileValue("010.0.0.0/16"),
    HostileValue("unlimited"),
  ]
}

extension HostileValue {
  /// Whether the type has a meaning for this text, within its range.
  func isValue(of type: FieldType) -> Bool {
    switch type {
    case .integer(let range): integer.map(range.contains) ?? false
    case .number(let range): number.map(range.contains) ?? false
    case .ratio: ratio != nil
    case .duration(let range), .delay(let range):
      duration.map { range.contains(.nanoseconds($0)) } ?? false
    case .rate(let range): rate.map(range.contains) ?? false
    case .cpu(let range): quantity.map(range.contains) ?? false
    case .memory(let range): quantity.map { range.contains(($0 + 999) / 1_000) } ?? false
    case .money: money != nil
    case .unlimited(let inner): text == "unlimited" || isValue(of: inner)
    default: false
    }
  }

  /// Whether the value that came out is what the text means.
  func means(_ value: Setting.Value) -> Bool {
    switch value {
    case .integer(let read): read == integer
    case .number(let read): read == number
    case .ratio(let read): read == ratio
    case .duration(let read): read.nanoseconds == duration
    case .delay(let read): read.low == read.high && read.low.nanoseconds == duration
    case .rate(let read): read == rate
    case .cpu(let read): read == quantity
    case .memory(let read): read == quantity.map { ($0 + 999) / 1_000 }
    case .money(let read): read.micros == money
    case .unlimited: text == "unlimited"
    default: false
    }
  }
}
