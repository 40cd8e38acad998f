/// Numbers as text, the same on every machine: no locale, no C library.
package enum NumberFormat {
  /// Digits of a number in a CSV cell: enough for any figure here, too few to show rounding noise.
  package static let significantDigits = 9

  /// A number rounded to so many significant digits, without superfluous zeros; `nil` for NaN and
  /// infinities, which have no spelling that every reader of CSV or JSON agrees on.
  ///
  /// Starts from the shortest decimal that reads back as the same number, which Swift prints by
  /// its own algorithm, and rounds that half up.
  package static func significant(
    _ value: Double,
    digits: Int = significantDigits
  ) -> String? {
    guard value.isFinite else { return nil }
    var decimal = Decimal(shortest: value)
    decimal.round(to: max(digits, 1))
    return decimal.text(isNegative: value < 0)
  }

  /// A number rounded half up to so many places after the point, all of them shown.
  ///
  /// Numbers too large for that are shown with their significant digits instead.
  package static func fixed(_ value: Double, places: Int) -> String {
    let scaled = (value.magnitude * powerOfTen(places)).rounded()
    guard scaled < 9e18 else { return significant(value) ?? "\(value)" }
    let text = decimal(Int64(scaled), scale: places, places: places, keepsZeros: true)
    return value < 0 && scaled > 0 ? "-" + text : text
  }

  /// The integer value·10^-scale rounded half away from zero to so many places.
  ///
  /// This is how nanoseconds become milliseconds or seconds without a rounding error.
  package static func decimal(
    _ value: Int64,
    scale: Int,
    places: Int,
    keepsZeros: Bool = false
  ) -> String {
    var units = value.magnitude
    var shown = scale
    if places < scale {
      let divisor = (places..<scale).reduce(UInt64(1)) { power, _ in power * 10 }
      units = units / divisor + (units % divisor >= (divisor + 1) / 2 ? 1 : 0)
      shown = places
    }
    var digits = String(units)
    if digits.utf8.count <= shown {
      digits = String(repeating: "0", count: shown + 1 - digits.utf8.count) + digits
    }
    var text = String(digits.dropLast(shown))
    var fraction = digits.suffix(shown)
    if !keepsZeros { while fraction.last == "0" { fraction.removeLast() } }
    if !fraction.isEmpty { text += "." + fraction }
    return value < 0 && units > 0 ? "-" + text : text
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }
}

/// A positive number as 0.d₁d₂d₃… · 10^exponent; no digits for zero.
private struct Decimal {
  private var digits: [UInt8] = []
  private var exponent = 0

  init(shortest value: Double) {
    var sawPoint = false
    var sawDigit = false
    let text = Array(value.magnitude.description.utf8)
    for (index, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "."): sawPoint = true
      case UInt8(ascii: "e"):
        exponent += Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
        finish()
        return
      default:
        let digit = byte - UInt8(ascii: "0")
        sawDigit = sawDigit || digit != 0
        if sawDigit { digits.append(digit) }
        if sawDigit && !sawPoint { exponent += 1 }
        if !sawDigit && sawPoint { exponent -= 1 }
      }
    }
    finish()
  }

  private mutating func finish() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { exponent = 0 }
  }

  mutating func round(to count: Int) {
    guard digits.count > count else { return }
    let roundsUp = digits[count] >= 5
    digits.removeSubrange(count...)
    if roundsUp {
      while digits.last == 9 { digits.removeLast() }
      if digits.isEmpty {
        digits = [1]
        exponent += 1
      } else {
        digits[digits.count - 1] += 1
      }
    }
    finish()
  }

  func text(isNegative: Bool) -> String {
    guard !digits.isEmpty else { return "0" }
    let figures = String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    let sign = isNegative ? "-" : ""
    switch exponent {
    case -5...0: return sign + "0." + String(repeating: "0", count: -exponent) + figures
    case 1...15 where digits.count <= exponent:
      return sign + figures + String(repeating: "0", count: exponent - digits.count)
    case 1...15: return sign + figures.prefix(exponent) + "." + figures.dropFirst(exponent)
    default:
      let rest = figures.dropFirst()
      let power = exponent - 1
      return sign + figures.prefix(1) + (rest.isEmpty ? "" : "." + rest)
        + (power < 0 ? "e-" : "e+") + String(power.magnitude)
    }
  }
}
