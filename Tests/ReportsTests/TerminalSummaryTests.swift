import Experiments
import Foundation
import KubernetesManifests
import Reports
import Scenarios
import Testing

struct TerminalSummaryTests {
  private func threshold(_ bound: Double, variant: String?, text: String) -> Threshold {
    Threshold(
      text: text,
      variant: variant,
      client: nil,
      metric: "availability_ratio",
      comparison: .atLeast,
      bound: bound,
      mark: SourceMark(file: "scenario.yaml", line: 1, column: 1)
    )
  }

  private var shop: Fixture {
    var fixture = Fixture()
    fixture.thresholds = [
      threshold(0.9, variant: "service", text: "service: availability >= 90%"),
      threshold(0.9, variant: "hardcoded-ip", text: "hardcoded-ip: availability >= 90%"),
    ]
    return fixture
  }

  @Test("the first lines are the verdict")
  func verdict() {
    let lines = TerminalSummary.render(shop.result).split(separator: "\n")
    #expect(lines[0] == "black-friday: 16 min 40 s simulated")
    // 50 windows · 93 requests · $4.60; deviation 363.66, half-width 363.66 · 2.776 / √5 = 451.5.
    #expect(lines[1] == "✗ hardcoded-ip  down 8 min 20 s, lost $21.4k ± 0.5k, 53.5 % answered")
    #expect(lines[2] == "✓ service       down 40 s, lost $1.71k ± 0.04k, 96.3 % answered")
  }

  @Test("causes, thresholds, number of runs and confidence are stated")
  func parts() {
    let text = TerminalSummary.render(shop.result)
    #expect(text.contains("100 %  frontend → backend: timed out (still in the backlog)"))
    #expect(text.contains("✓ pass     service: availability >= 90%"))
    #expect(text.contains("✗ fail     hardcoded-ip: availability >= 90%"))
    #expect(text.contains("Means over 5 replications, ± and [] are 95 % Student intervals, seed 1"))
    #expect(text.contains("−7m40s ± 0s"))
  }

  @Test(
    "fewer than five replications are a warning",
    arguments: [(1, true), (4, true), (5, false)]
  )
  func fewReplications(replications: Int, warns: Bool) {
    var fixture = Fixture()
    fixture.replications = replications
    #expect(TerminalSummary.render(fixture.result).contains("warning: only") == warns)
  }

  @Test("what is unclear says why: no value, or a bound inside the interval")
  func unclear() {
    let inside = "unclear: the bound lies inside the interval"
    let nothing = "no value: no request to measure it on"
    var fixture = Fixture()
    var missing = threshold(0.9, variant: nil, text: "latency_p99 < 3s")
    missing.metric = "latency_p42_ms"
    fixture.thresholds = [missing]
    let text = TerminalSummary.render(fixture.result)
    #expect(text.contains(nothing) && !text.contains(inside))
    #expect(!TerminalSummary.render(shop.result).contains(nothing))
  }

  @Test("no colour unless asked for, and colour changes nothing but colour")
  func color() {
    let plain = TerminalSummary.render(shop.result, color: false)
    let colored = TerminalSummary.render(shop.result, color: true)
    #expect(!plain.contains("\u{1B}"))
    #expect(colored.contains("\u{1B}[31m"))
    #expect(colored.replacing(/\u{1B}\[[0-9]+m/, with: "") == plain)
  }

  @Test("a scenario without variants and without runs still renders")
  func empty() {
    var fixture = Fixture()
    fixture.variantNames = []
    #expect(TerminalSummary.render(fixture.result).contains("nothing simulated"))
    var unrun = Fixture().result
    for index in unrun.variants.indices {
      unrun.variants[index].runs = []
      unrun.variants[index].estimates = []
    }
    #expect(TerminalSummary.render(unrun).contains("no requests"))
  }

  #if os(Linux)
  /// `wcwidth`, which the module map of the C library leaves out.
  private func cellCounter() throws -> (Unicode.Scalar) -> Int {
    try #require(setlocale(LC_CTYPE, "C.UTF-8") != nil)
    let symbol = try #require(dlsym(nil, "wcwidth"))
    let wcwidth = unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)
    return { Int(wcwidth(Int32(bitPattern: $0.value))) }
  }

  @Test(
    "no line is wider than the terminal, by the C library's count of cells",
    arguments: [40, 80, 100],
    [
      "shoppers", String(repeating: "very-long-", count: 30), String(repeating: "客戶", count: 40),
      "esc\u{1B}[2J\u{7}\u{202E}\ttab\nline", "e\u{301}\u{301}\u{301}", "👩‍👩‍👧👍🏽🇨🇭", "",
    ]
  )
  func width(width: Int, name: String) throws {
    let cells = try cellCounter()
    for (valueMicros, replications) in [(4_600_000, 3), (Int64.max / 1_000, 5), (0, 1)] {
      var fixture = Fixture()
      fixture.clientName = name
      fixture.variantNames = [name + "1", name + "2", name + "3"]
      fixture.valueMicros = valueMicros
      fixture.currency = replications == 5 ? name + "CUR" : "USD"
      fixture.replications = replications
      fixture.thresholds = [threshold(0.5, variant: nil, text: name + ": availability > 50%")]
      var result = fixture.result
      result.scenario.name = name
      result.scenario.run.seed = .max
      result.isPartial = true
      for line in TerminalSummary.render(result, width: width).split(separator: "\n") {
        let widths = line.unicodeScalars.map(cells)
        #expect(widths.allSatisfy { $0 >= 0 }, "a control character in \(line)")
        #expect(widths.reduce(0, +) <= width, "\(line)")
      }
    }
  }
  #endif
}
