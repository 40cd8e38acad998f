import Scenarios
import Testing

@Suite("The currency of a bound on lost revenue")
struct ThresholdCurrencyTests {
  private func errors(_ bound: String) throws -> [String] {
    try Shop.errors(overrides: [
      "traffic.users.value=4.60 EUR", "thresholds=[\"lost_revenue < \(bound)\"]",
    ])
  }

  @Test("is that of the users, or not written", arguments: ["1000", "1000 EUR", "0.5 EUR"])
  func fits(_ bound: String) throws {
    #expect(try errors(bound) == [])
  }

  @Test("is never converted")
  func other() throws {
    #expect(
      try errors("1000 USD") == [
        "--set thresholds:1:2 'USD' is not what requests are worth | one of: EUR"
      ]
    )
  }

  @Test("ends the bound")
  func rest() throws {
    #expect(
      try errors("1000 EUR a day") == [
        "--set thresholds:1:2 '1000 EUR a day' is no bound for lost_revenue"
          + " | write an amount such as 1000 USD"
      ]
    )
  }
}
