/// A positive number as figures · 10^exponent, without trailing zeros; no figures for zero.
///
/// What is rounded, half up, is the shortest decimal that reads back as the same number: whoever
/// sees 0.15 in one place expects 0.2 in another, though the binary number lies below 0.15.
struct RoundedDecimal: Hashable {
  private(set) var figures: UInt64 = 0
  private(set) var exponent = 0

  init(_ value: Double, digits: Int) {
    guard value > 0 else { return }
    if (1e-12..<1e25).contains(value), digits <= 10 {
      roundFixed(value, digits: digits)
    } else {
      roundText(value.description, digits: digits)
    }
    while figures > 0, figures % 10 == 0 {
      figures /= 10
      exponent += 1
    }
  }

  /// Rounds in whole numbers of 128 bits, without allocating, however many digits there are.
  private mutating func roundFixed(_ value: Double, digits: Int) {
    let bound = Self.power(digits)
    let logarithm = (Double(value.exponent) * 0.301_029_995).rounded(.down)
    exponent = Int(logarithm) - digits + 1
    let fraction = value.significandBitPattern | 1 << 52
    let binary = Int(value.exponent) - 52
    repeat {
      figures = Self.round(fraction, timesTwoTo: binary, overTenTo: exponent)
      exponent += 1
    } while UInt128(figures) > bound
    exponent -= 1
  }

  /// m · 2^binary / 10^decimal, rounded.
  private static func round(_ m: UInt64, timesTwoTo binary: Int, overTenTo decimal: Int) -> UInt64 {
    // One unit in the last place of the binary number, in units of the result's denominator.
    let unit = power(max(-decimal, 0)) << UInt128(max(binary, 0))
    let denominator = power(max(decimal, 0)) << UInt128(max(-binary, 0))
    let (quotient, rest) = (UInt128(m) * unit).quotientAndRemainder(dividingBy: denominator)
    if 2 * rest >= denominator { return UInt64(quotient) + 1 }
    // Below the half, but by less than half a unit: the half is this number's shortest decimal.
    let missing = denominator - 2 * rest
    return UInt64(quotient) + (missing < unit || missing == unit && m % 2 == 0 ? 1 : 0)
  }

  private static func power(_ exponent: Int) -> UInt128 {
    (0..<exponent).reduce(UInt128(1)) { power, _ in power * 10 }
  }

  /// Rounds the shortest decimal as Swift prints it, for numbers of any size.
  private mutating func roundText(_ text: String, digits: Int) {
    var taken = 0
    var sawPoint = false
    var roundsUp = false
    var rest = text.utf8[...]
    while let byte = rest.popFirst(), byte != UInt8(ascii: "e") {
      if byte == UInt8(ascii: ".") {
        sawPoint = true
      } else {
        let digit = UInt64(byte - UInt8(ascii: "0"))
        if taken == digits { roundsUp = digit >= 5 }
        if taken > 0 || digit > 0 { taken += 1 }
        if taken <= digits { figures = figures * 10 + digit }
        exponent += (taken > digits ? 1 : 0) - (sawPoint ? 1 : 0)
      }
    }
    exponent += Int(Substring(rest)) ?? 0
    figures += roundsUp ? 1 : 0
  }

  /// Appends the number: plain where that takes few zeros, otherwise with a power of ten.
  func write(isNegative: Bool, to bytes: inout [UInt8]) {
    if isNegative, figures > 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var rest = figures
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes.reverse(from: start)
    guard figures > 0 else { return }
    placePoint(at: start, in: &bytes)
  }

  private func placePoint(at start: Int, in bytes: inout [UInt8]) {
    let count = bytes.count - start
    let zero = UInt8(ascii: "0")
    switch count + exponent {
    case -5...0:
      for _ in 0..<(-(count + exponent)) { bytes.insert(zero, at: start) }
      bytes.insert(UInt8(ascii: "."), at: start)
      bytes.insert(zero, at: start)
    case 1...15:
      for _ in 0..<max(exponent, 0) { bytes.append(zero) }
      if exponent < 0 { bytes.insert(UInt8(ascii: "."), at: start + count + exponent) }
    default:
      if count > 1 { bytes.insert(UInt8(ascii: "."), at: start + 1) }
      let power = count + exponent - 1
      bytes.append(UInt8(ascii: "e"))
      bytes.append(power < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
      bytes.append(contentsOf: String(power.magnitude).utf8)
    }
  }
}
