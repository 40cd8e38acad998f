/// A time without service, as one client group felt it.
package struct Outage: Hashable, Sendable {
  /// The first window of the outage.
  package var startWindow: Int
  /// The window after the last one of the outage.
  package var endWindow: Int
  /// Whether it was still going on at the horizon.
  package var isOpen: Bool
  /// Requests that arrived during the outage.
  package var offered: Int
  /// Requests that arrived during the outage and failed; those undecided at the horizon did not.
  package var failed: Int
  /// The success ratio of its worst window, in parts per million.
  package var worstSuccessPPM: Int
  /// How most of the failed requests ended; of two equally frequent ones the first of `Outcome`.
  package var dominantOutcome: Outcome

  package init(
    startWindow: Int,
    endWindow: Int,
    isOpen: Bool,
    offered: Int,
    failed: Int,
    worstSuccessPPM: Int,
    dominantOutcome: Outcome
  ) {
    self.startWindow = startWindow
    self.endWindow = endWindow
    self.isOpen = isOpen
    self.offered = offered
    self.failed = failed
    self.worstSuccessPPM = worstSuccessPPM
    self.dominantOutcome = dominantOutcome
  }

  /// The success ratio of its worst window.
  package var worstSuccessRatio: Double { Double(worstSuccessPPM) / 1e6 }
}

extension ClientWindow {
  /// Requests whose end was seen before the horizon.
  package var decided: Int { offered - undecided }

  /// Decided requests that did not succeed.
  package var failed: Int { decided - succeeded }

  /// Requests that got a good answer in time.
  package var succeeded: Int { Int(outcomes[Int(Outcome.succeeded.rawValue)]) }

  /// Whether fewer requests succeeded than the objective asks for; `nil` without any to judge by.
  package func isBelow(objectivePPM: Int) -> Bool? {
    decided > 0 ? succeeded * 1_000_000 < objectivePPM * decided : nil
  }
}

/// Finds outages in the windows of a client group.
///
/// An outage starts with the first of three or more consecutive windows below the objective and
/// ends with the first of three or more consecutive windows at or above it. Windows that nothing
/// can be judged by (no arrivals) are passed over: they neither start nor end an outage, nor do
/// they break a row of windows. An outage still open at the horizon ends there.
package enum OutageDetector {
  /// So many windows on one side of the objective make a change: one bad window is not an outage,
  /// and one good one is not a recovery.
  package static let consecutiveWindows = 3

  /// The outages in order of time.
  package static func outages(in windows: [ClientWindow], objectivePPM: Int) -> [Outage] {
    var outages: [Outage] = []
    var start: Int?
    // Windows in a row that contradict the present state, and where that row began.
    var row = 0
    var rowStart = 0
    for (index, window) in windows.enumerated() {
      guard let isBelow = window.isBelow(objectivePPM: objectivePPM) else { continue }
      guard isBelow == (start == nil) else {
        row = 0
        continue
      }
      if row == 0 { rowStart = index }
      row += 1
      guard row == consecutiveWindows else { continue }
      row = 0
      if let first = start {
        outages.append(outage(from: first, to: rowStart, isOpen: false, in: windows))
        start = nil
      } else {
        start = rowStart
      }
    }
    if let first = start {
      outages.append(outage(from: first, to: windows.count, isOpen: true, in: windows))
    }
    return outages
  }

  private static func outage(
    from start: Int,
    to end: Int,
    isOpen: Bool,
    in windows: [ClientWindow]
  ) -> Outage {
    var outage = Outage(
      startWindow: start,
      endWindow: end,
      isOpen: isOpen,
      offered: 0,
      failed: 0,
      worstSuccessPPM: 1_000_000,
      dominantOutcome: .refused
    )
    var outcomes = [Int](repeating: 0, count: Outcome.allCases.count)
    for window in windows[start..<end] {
      outage.offered += window.offered
      outage.failed += window.failed
      if window.decided > 0 {
        let success = window.succeeded * 1_000_000 / window.decided
        outage.worstSuccessPPM = min(outage.worstSuccessPPM, success)
      }
      for outcome in Outcome.allCases {
        outcomes[Int(outcome.rawValue)] += Int(window.outcomes[Int(outcome.rawValue)])
      }
    }
    var most = 0
    for outcome in Outcome.allCases where outcome != .succeeded {
      let count = outcomes[Int(outcome.rawValue)]
      if count > most {
        most = count
        outage.dominantOutcome = outcome
      }
    }
    return outage
  }
}
