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
