import Foundation
import Reports
import Testing

struct NumberFormatTests {
  @Test(
    "significant digits, rounded half up, without superfluous zeros",
    arguments: [
      (0.0, "0"), (-0.0, "0"), (1, "1"), (-1.5, "-1.5"), (100, "100"), (0.1, "0.1"),
      (123_456.789, "123457"), (0.000_123_456_7, "0.000123457"), (999_999.5, "1000000"),
      (0.999_999_5, "1"), (12_345_650, "12345700"), (1e15, "1e+15"), (123_456e9, "123456000000000"),
      (1.25e-7, "1.25e-7"), (-9.999_999e-12, "-1e-11"), (1.797e308, "1.797e+308"),
      (Double.leastNonzeroMagnitude, "5e-324"), (0.001, "0.001"), (2.5e20, "2.5e+20"),
    ]
  )
  func sixDigits(value: Double, expected: String) {
    #expect(NumberFormat.significant(value, digits: 6) == expected)
  }

  @Test("what is not a number has no text", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(value: Double) {
    #expect(NumberFormat.significant(value) == nil)
  }

  @Test("any number reads back within half a unit of its ninth digit")
  func readsBack() throws {
    var bits: UInt64 = 0x9E37_79B9_7F4A_7C15
    for _ in 0..<5_000 {
      bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: bits ^ bits >> 29)
      guard value.isFinite, value.magnitude > 1e-290, value.magnitude < 1e290 else { continue }
      let text = try #require(NumberFormat.significant(value))
      let read = try #require(Double(text))
      #expect((read - value).magnitude <= value.magnitude * 5.000_001e-9, "\(value) → \(text)")
      #expect(text.utf8.count { $0 >= 48 && $0 <= 57 } <= 24)
    }
  }

  /// Halves at the tenth digit, some of them a little above and some a little below in binary.
  @Test(
    "a half is rounded up as it is read, not as it is stored",
    arguments: [
      (1.000_000_005, "1.00000001"), (1.000_000_015, "1.00000002"),
      (0.100_000_000_5, "0.100000001"),
      (0.123_456_788_5, "0.123456789"), (987_654_321.5, "987654322"), (12.345_678_95, "12.345679"),
      (12.345_678_85, "12.3456789"), (7_000.000_005, "7000.00001"), (7_000.000_015, "7000.00002"),
      (9.999_999_995, "10"), (999_999_999.5, "1000000000"), (4.000_000_004_999_999, "4"),
      (1_234_567_890.5, "1234567890"), (12_345_678_950, "12345679000"),
      (0.000_001_000_000_005, "0.00000100000001"),
    ]
  )
  func halves(value: Double, expected: String) {
    #expect(NumberFormat.significant(value) == expected)
  }

  @Test("writing a number in the usual range equals rounding the digits that Swift prints")
  func sameAsShortest() {
    var state: UInt64 = 7
    for power in -8..<16 {
      for _ in 0..<400 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        // Few digits, so that halves occur.
        let value = Double(state >> 11 % 20_000_000_000) * Self.power(power - 9)
        var digits = value.description.split(separator: "e")[0].filter { $0 != "." }
        digits = String(digits.drop { $0 == "0" })
        guard digits.count > 9, value >= 1e-5, value < 1e15 else { continue }
        let tenth = digits[digits.index(digits.startIndex, offsetBy: 9)]
        let nine = (Int(digits.prefix(9)) ?? 0) + (tenth >= "5" ? 1 : 0)
        var shown = NumberFormat.significant(value)?.filter { $0 != "." } ?? ""
        shown = String(shown.drop { $0 == "0" })
        while shown.count < String(nine).count { shown += "0" }
        #expect(Int(shown.prefix(String(nine).count)) == nine, "\(value)")
      }
    }
  }

  private static func power(_ exponent: Int) -> Double {
    Double("1e\(exponent)") ?? 0
  }

  @Test("the nine digits are those of C's %.9g")
  func sameAsC() {
    var state: UInt64 = 42
    for _ in 0..<2_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(state >> 11) / 1e7
      #expect(
        NumberFormat.significant(value).flatMap { Double($0) }
          == Double(String(format: "%.9g", value))
      )
    }
  }

  @Test(
    "a share of integers has nine places, rounded half up, whatever their size",
    arguments: [
      (0, 10, "0"), (1, 1, "1"), (1, 3, "0.333333333"), (2, 3, "0.666666667"),
      (5_119, 5_120, "0.999804688"), (1, 2_000_000_000, "0.000000001"),
      (1, 2_000_000_001, "0"), (9_007_199_254_740_991, 9_007_199_254_740_993, "1"),
      (Int.max / 2, Int.max, "0.5"),
    ]
  )
  func shares(share: Int, whole: Int, expected: String) {
    let scaled = NumberFormat.scaled(share, by: 9, over: whole)
    #expect(NumberFormat.decimal(scaled, scale: 9, places: 9) == expected)
  }

  @Test(
    "integers become decimals without a rounding error",
    arguments: [
      (1_234_567_890, 6, 3, "1234.568"), (250_000_000, 6, 3, "250"), (0, 6, 3, "0"),
      (499, 6, 3, "0"), (500, 6, 3, "0.001"), (-500, 6, 3, "-0.001"),
      (-60_000_000_000, 9, 3, "-60"),
      (1_999_999_999, 9, 3, "2"), (Int64.max, 9, 3, "9223372036.855"), (7, 0, 3, "7"),
      (Int64.min, 9, 9, "-9223372036.854775808"),
    ] as [(Int64, Int, Int, String)]
  )
  func decimals(value: Int64, scale: Int, places: Int, expected: String) {
    #expect(NumberFormat.decimal(value, scale: scale, places: places) == expected)
  }

  @Test(
    "fixed places keep their zeros",
    arguments: [
      (38.14, 1, "38.1"), (2, 2, "2.00"), (0.05, 1, "0.1"), (-0.04, 1, "0.0"), (-1.96, 1, "-2.0"),
      (99.999, 2, "100.00"), (3e30, 2, "3e+30"),
    ] as [(Double, Int, String)]
  )
  func fixed(value: Double, places: Int, expected: String) {
    #expect(NumberFormat.fixed(value, places: places) == expected)
  }
}
