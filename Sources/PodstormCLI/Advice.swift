package import Experiments
import Scenarios
import Statistics

/// A warning about what the numbers cannot say, and what to do about it.
package enum Advice {
  /// What would decide the thresholds that are not decided; `nil` when there are none.
  package static func line(for result: ExperimentResult) -> String? {
    guard let needed = result.verdicts.compactMap(replicationsNeeded).max() else { return nil }
    let runs = result.variants.map(\.runs.count).max() ?? 0
    return "warning: \(runs) replications do not decide every threshold;"
      + " try --replications \(needed)"
  }

  /// How many replications would shrink the interval until the bound lies outside, should the mean
  /// stay where it is: the half-width falls with the square root of the number.
  package static func replicationsNeeded(_ verdict: ThresholdVerdict) -> Int? {
    guard verdict.result == .notEnoughRuns, let interval = verdict.estimate?.interval,
      interval.count > 1
    else { return nil }
    let distance = abs(interval.mean - verdict.threshold.bound)
    let halfWidth = (interval.high - interval.low) / 2
    guard distance > 0, halfWidth > 0 else { return interval.count * 2 }
    let ratio = halfWidth / distance
    let needed = (Double(interval.count) * ratio * ratio * 1.1).rounded(.up)
    return min(max(Int(min(needed, 1e6)), interval.count + 1), 1_000)
  }
}
