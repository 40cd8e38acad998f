import ClusterSimulator
import SimKernel

extension Page {
  /// The most frequent ways in which attempts failed, per variant.
  func failures() -> [String] {
    let limit = arms.count > 4 ? 3 : 5
    let lines = arms.flatMap { arm -> [String] in
      let causes = FailureCause.ranked(in: arm)
      guard !causes.isEmpty else { return [] }
      let shown = causes.prefix(limit).map { cause in
        "  " + Display.pad(Human.percent(cause.share), to: 8, alignsRight: true) + "  " + cause.text
      }
      return [Display.clean(arm.name)] + shown
    }
    guard !lines.isEmpty else { return [] }
    return [heading("Why attempts failed (share of the variant's failed attempts)")]
      + lines.map { Display.truncate($0, to: width) }
  }
}

/// One way in which the attempts of one call failed, over all replications.
struct FailureCause {
  /// Such as `frontend → backend: timed out (still in the backlog)`.
  var text: String
  /// Of all failed attempts of the variant.
  var share: Double

  /// The most frequent first; equally frequent ones in the order of calls.
  static func ranked(in arm: Arm) -> [FailureCause] {
    var counts: [(text: String, count: Int)] = []
    let calls = arm.runs.first?.calls ?? []
    for (index, call) in calls.enumerated() {
      var ended = [Int](repeating: 0, count: call.ended.count)
      for run in arm.runs where run.calls.indices.contains(index) {
        for (slot, count) in run.calls[index].ended.enumerated() { ended[slot] += count }
      }
      var sum = call
      sum.ended = ended
      for ending in sum.endings where ending.outcome != .succeeded {
        counts.append((describe(ending, of: call, in: arm), ending.count))
      }
    }
    let total = counts.reduce(0) { $0 + $1.count }
    // Sorting is not stable by contract, so equal counts are told apart by their place.
    let order = counts.indices.sorted { a, b in
      (counts[b].count, a) < (counts[a].count, b)
    }
    return order.map { index in
      FailureCause(
        text: counts[index].text,
        share: Double(counts[index].count) / Double(total)
      )
    }
  }

  private static func describe(_ ending: Ending, of call: CallResult, in arm: Arm) -> String {
    let caller = Display.clean(Arm.split(arm.caller(of: call)).name)
    let name = Display.clean(call.name)
    let cause = ending.cause.words
    return "\(caller) → \(name): \(ending.outcome.words)" + (cause.isEmpty ? "" : " (\(cause))")
  }
}
