/// A Kubernetes resource quantity such as `500m`, `2` or `1.5Gi`, kept in thousandths.
package struct Quantity: Hashable, Comparable, Sendable {
  /// Thousandths of the base unit (CPU: millicores), rounded up as the API server rounds.
  package var milliValue: Int64

  package init(milliValue: Int64) { self.milliValue = milliValue }

  /// Whole base units (memory: bytes), rounded up.
  package var value: Int64 {
    milliValue / 1_000 + (milliValue % 1_000 > 0 ? 1 : 0)
  }

  /// Orders by amount.
  package static func < (a: Self, b: Self) -> Bool { a.milliValue < b.milliValue }

  /// Why a text is not a quantity, as message and advice.
  package struct Problem: Error, Hashable, Sendable {
    package var message: String
    package var hint: String?
  }

  private static let suffixes: [(name: String, base: Int64, exponent: Int)] = [
    ("Ki", 1024, 1), ("Mi", 1024, 2), ("Gi", 1024, 3), ("Ti", 1024, 4), ("Pi", 1024, 5),
    ("Ei", 1024, 6), ("n", 10, -9), ("u", 10, -6), ("m", 10, -3), ("k", 10, 3), ("M", 10, 6),
    ("G", 10, 9), ("T", 10, 12), ("P", 10, 15), ("E", 10, 18),
  ]

  /// Reads `<number><suffix>`, where a suffix is one of the above or a decimal exponent.
  package init(parsing text: String) throws(Problem) {
    var rest = Substring(text)
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest.removeFirst() }
    let whole = Self.takeDigits(&rest)
    var fraction = Substring()
    if rest.first == "." {
      rest.removeFirst()
      fraction = Self.takeDigits(&rest)
    }
    if whole.isEmpty && fraction.isEmpty { throw Self.malformed }
    if isNegative { throw Problem(message: "a quantity cannot be negative here", hint: nil) }
    let scale = try Self.scale(of: String(rest))
    let digits = Array((whole + fraction).utf8.drop { $0 == UInt8(ascii: "0") })
    milliValue = try Self.milli(digits, scale.base, scale.exponent, decimals: fraction.count)
  }

  /// `digits · base^exponent · 10^(3 − decimals)`, rounded up.
  private static func milli(
    _ digits: [UInt8],
    _ base: Int64,
    _ exponent: Int,
    decimals: Int
  ) throws(Problem) -> Int64 {
    if digits.isEmpty { return 0 }
    // A product of 64-bit limbs would do, but no honest quantity has so many digits.
    let order = digits.count - decimals + (base == 10 ? exponent : 3 * exponent)
    guard digits.count <= 18 else { throw order > 16 ? tooLarge : tooLong }
    var number: Int64 = 0
    for digit in digits { number = number * 10 + Int64(digit - UInt8(ascii: "0")) }
    var power = 3 - decimals + (base == 10 ? exponent : 0)
    if base == 1024 {
      for _ in 0..<exponent {
        // Dividing first where it is exact keeps fractions such as 0.5Ei within 64 bits.
        if power < 0, number % 10 == 0 {
          number /= 10
          power += 1
        }
        number = try multiplied(number, by: 1024)
      }
    }
    while power > 0 {
      number = try multiplied(number, by: 10)
      power -= 1
    }
    var isInexact = false
    while power < 0 {
      isInexact = isInexact || number % 10 != 0
      number /= 10
      power += 1
    }
    return number + (isInexact ? 1 : 0)
  }

  private static func multiplied(_ number: Int64, by factor: Int64) throws(Problem) -> Int64 {
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    if overflow || product == .max { throw tooLarge }
    return product
  }

  private static func scale(of suffix: String) throws(Problem) -> (base: Int64, exponent: Int) {
    if suffix.isEmpty { return (10, 0) }
    if let known = suffixes.first(where: { $0.name == suffix }) {
      return (known.base, known.exponent)
    }
    if let mark = suffix.first, mark == "e" || mark == "E", suffix.count > 1 {
      var digits = suffix.dropFirst()
      let isNegative = digits.first == "-"
      if isNegative || digits.first == "+" { digits.removeFirst() }
      if !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
        guard let exponent = Int(digits), exponent <= 40 else {
          throw isNegative ? tooLong : tooLarge
        }
        return (10, isNegative ? -exponent : exponent)
      }
    }
    let likely = [
      "K": "k", "KB": "k", "kB": "k", "kb": "k", "MB": "M", "mb": "M", "GB": "G", "gb": "G",
      "g": "G", "ki": "Ki", "mi": "Mi", "gi": "Gi", "KiB": "Ki", "MiB": "Mi", "GiB": "Gi",
      "TB": "T", "t": "T",
    ]
    throw Problem(
      message: "unknown suffix '\(suffix)' in the quantity",
      hint: likely[suffix].map { "did you mean '\($0)'?" }
        ?? "suffixes are m, k, M, G, T, P, E and Ki, Mi, Gi, Ti, Pi, Ei"
    )
  }

  private static func takeDigits(_ rest: inout Substring) -> Substring {
    let digits = rest.prefix { $0 >= "0" && $0 <= "9" && $0.utf8.count == 1 }
    rest = rest[digits.endIndex...]
    return digits
  }

  private static var malformed: Problem {
    Problem(message: "not a quantity", hint: "write it like 500m, 2, 1.5 or 256Mi")
  }
  private static var tooLarge: Problem {
    Problem(message: "the quantity is too large", hint: "8Pi is the largest")
  }
  private static var tooLong: Problem {
    Problem(message: "the quantity has too many digits", hint: "18 are read, and exponents to 40")
  }
}
