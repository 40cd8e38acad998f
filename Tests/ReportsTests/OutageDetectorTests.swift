import ClusterSimulator
import Testing

/// Windows as letters: `g` at the objective, `b` below it, `.` without arrivals, `u` all undecided.
private func windows(_ letters: String) -> [ClientWindow] {
  letters.map { letter in
    var window = ClientWindow()
    switch letter {
    case "g": (window.offered, window.outcomes[0]) = (100, 100)
    case "b":
      (window.offered, window.outcomes[0]) = (100, 40)
      window.outcomes[Int(Outcome.timedOut.rawValue)] = 60
    case "u": (window.offered, window.undecided) = (10, 10)
    default: break
    }
    return window
  }
}

struct OutageDetectorTests {
  @Test(
    "three in a row start an outage and three in a row end it",
    arguments: [
      ("", []), ("gggg", []), ("gbbggbbg", []), ("gbbbggg", ["1-4"]), ("bbbb", ["0-4"]),
      ("bbbggbggg", ["0-6"]), ("bbbgg", ["0-5"]), ("bbbgggbbbggg", ["0-3", "6-9"]),
      // Two good windows at the end are no recovery yet: the outage lasts to the horizon.
      ("gggbbbbbgg", ["3-10"]), ("bgbgbgb", []),
      // Empty windows neither start, end nor break a row.
      ("bb.b", ["0-4"]), ("b.b", []), ("....", []), ("bbb...ggg", ["0-6"]), ("bbbg.g.gg", ["0-3"]),
      ("bbb......", ["0-9"]), ("..bbb", ["2-5"]), ("bbuub", ["0-5"]),
    ] as [(String, [String])]
  )
  func timeline(letters: String, expected: [String]) {
    let outages = OutageDetector.outages(in: windows(letters), objectivePPM: 990_000)
    #expect(outages.map { "\($0.startWindow)-\($0.endWindow)" } == expected)
  }

  @Test("an outage still going on at the horizon says so")
  func open() {
    let outages = OutageDetector.outages(in: windows("bbbgggbbb"), objectivePPM: 990_000)
    #expect(outages.map(\.isOpen) == [false, true])
  }

  @Test("exactly the objective is not below it", arguments: [(99, 0), (98, 1)])
  func boundary(succeeded: Int32, expected: Int) {
    var window = ClientWindow()
    window.offered = 100
    window.outcomes[0] = succeeded
    window.outcomes[1] = 100 - succeeded
    let outages = OutageDetector.outages(
      in: [window, window, window],
      objectivePPM: 990_000
    )
    #expect(outages.count == expected)
  }

  @Test("requests, depth and dominant outcome are those of its windows")
  func facts() {
    var all = windows("gbbbggg")
    all[2].outcomes[0] = 10
    all[2].outcomes[Int(Outcome.rejected.rawValue)] = 90
    all[2].outcomes[Int(Outcome.timedOut.rawValue)] = 0
    // 40 refused, and 50 of 100 not decided yet: those did not fail.
    all[3] = ClientWindow()
    (all[3].offered, all[3].undecided, all[3].outcomes[0]) = (100, 50, 10)
    all[3].outcomes[Int(Outcome.refused.rawValue)] = 40
    let outages = OutageDetector.outages(in: all, objectivePPM: 990_000)
    #expect(
      outages == [
        Outage(
          startWindow: 1,
          endWindow: 4,
          isOpen: false,
          offered: 300,
          failed: 60 + 90 + 40,
          worstSuccessPPM: 100_000,
          dominantOutcome: .rejected
        )
      ]
    )
    #expect(outages.first?.worstSuccessRatio == 0.1)
  }
}
