/// Numbers as text, the same on every machine: no locale, no C library.
package enum NumberFormat {
  /// Digits of a number in a CSV cell: enough for any figure here, too few to show rounding noise.
  package static let significantDigits = 9

  /// A number rounded to so many significant digits, without superfluous zeros; `nil` for NaN and
  /// infinities, which have no spelling that every reader of CSV or JSON agrees on.
  package static func significant(
    _ value: Double,
    digits: Int = significantDigits
  ) -> String? {
    guard value.isFinite else { return nil }
    var bytes: [UInt8] = []
    write(value, digits: digits, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `significant` gives; nothing for NaN and infinities.
  package static func write(
    _ value: Double,
    digits: Int = significantDigits,
    to bytes: inout [UInt8]
  ) {
    guard value.isFinite else { return }
    let rounded = RoundedDecimal(value.magnitude, digits: min(max(digits, 1), 17))
    rounded.write(isNegative: value < 0, to: &bytes)
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
    var bytes: [UInt8] = []
    write(value, scale: scale, places: places, keepsZeros: keepsZeros, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `decimal` gives.
  package static func write(
    _ value: Int64,
    scale: Int,
    places: Int,
    keepsZeros: Bool = false,
    to bytes: inout [UInt8]
  ) {
    var units = value.magnitude
    if places < scale {
      let divisor = (places..<scale).reduce(UInt64(1)) { power, _ in power * 10 }
      units = units / divisor + (units % divisor >= (divisor + 1) / 2 ? 1 : 0)
    }
    if value < 0 && units > 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    let shown = min(places, scale)
    var written = 0
    var isZero = !keepsZeros
    // From the last digit on, so that superfluous zeros are known before they are written.
    repeat {
      let digit = UInt8(units % 10)
      units /= 10
      if written == shown, bytes.count > start { bytes.append(UInt8(ascii: ".")) }
      isZero = isZero && digit == 0 && written < shown
      if !isZero { bytes.append(UInt8(ascii: "0") + digit) }
      written += 1
    } while units > 0 || written <= shown
    bytes.reverse(from: start)
  }

  /// share · 10^places / whole, rounded half up; both not negative, share ≤ whole, whole > 0.
  package static func scaled(_ share: Int, by places: Int, over whole: Int) -> Int64 {
    let power = (0..<places).reduce(UInt64(1)) { power, _ in power * 10 }
    let product = UInt64(share).multipliedFullWidth(by: power)
    let (quotient, rest) = UInt64(whole).dividingFullWidth(product)
    return Int64(quotient) + (rest >= UInt64(whole) - rest ? 1 : 0)
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }
}

extension [UInt8] {
  /// Turns the elements from an index on around; a slice's `reverse` would copy the array.
  mutating func reverse(from start: Int) {
    var (low, high) = (start, count - 1)
    while low < high {
      swapAt(low, high)
      (low, high) = (low + 1, high - 1)
    }
  }
}
