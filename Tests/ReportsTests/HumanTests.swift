import Reports
import Statistics
import Testing

struct HumanTests {
  @Test(
    "shares never round to all or nothing",
    arguments: [
      (0.381, "38.1 %"), (1, "100 %"), (0, "0.0 %"), (0.9962, "99.62 %"), (0.999_96, "99.996 %"),
      (0.999_999_999, "99.9999 %"), (0.000_1, "<0.1 %"), (0.5, "50.0 %"), (.nan, "–"),
    ]
  )
  func percent(ratio: Double, expected: String) { #expect(Human.percent(ratio) == expected) }

  @Test(
    "spans in sentences and in tables",
    arguments: [
      (10_920, "3 h 02 min", "3h02m"), (130, "2 min 10 s", "2m10s"), (4.2, "4.2 s", "4.2s"),
      (0, "0 s", "0s"), (59.7, "1 min 00 s", "1m00s"), (3_599.9, "1 h 00 min", "1h00m"),
      (45, "45 s", "45s"), (-10_800, "−3 h 00 min", "−3h00m"), (9.96, "10 s", "10s"),
    ]
  )
  func span(seconds: Double, sentence: String, table: String) {
    #expect(Human.span(seconds) == sentence)
    #expect(Human.shortSpan(seconds) == table)
  }

  @Test(
    "latencies",
    arguments: [
      (0.42, "0.42ms"), (123.4, "123ms"), (8_016, "8.02s"), (999.7, "1.00s"), (150_000, "150s"),
      (-5_912, "−5.91s"), (9.996, "10ms"),
    ]
  )
  func latency(milliseconds: Double, expected: String) {
    #expect(Human.latency(milliseconds) == expected)
  }

  @Test(
    "money with half its interval in the same magnitude",
    arguments: [
      (14_912_345, 61_000, "USD", "$14.91M ± 0.06M"), (14_912_345, 110_000, "USD", "$14.9M ± 0.1M"),
      (-14_800_000, 100_000, "USD", "−$14.8M ± 0.1M"), (61_000, 2_100, "EUR", "€61.0k ± 2.1k"),
      (950, 12, "CHF", "950.0 ± 12.0 CHF"), (0, 0, "GBP", "£0.0 ± 0.0"),
      (2.5e9, 4e7, "USD", "$2.50B ± 0.04B"), (5e6, 100, "USD", "$5.000M ± <0.001M"),
    ] as [(Double, Double, String, String)]
  )
  func money(mean: Double, halfWidth: Double, currency: String, expected: String) {
    let interval = ConfidenceInterval(
      mean: mean,
      low: mean - halfWidth,
      high: mean + halfWidth,
      confidence: 0.95,
      count: 10,
      standardDeviation: 1
    )
    #expect(Human.money(interval, currency: currency) == expected)
  }

  @Test("one replication has no half-width")
  func moneyOnce() {
    let interval = ConfidenceInterval.student([14_912_345], confidence: 0.95)
    #expect(Human.money(interval, currency: "USD") == "$14.9M")
  }
}
