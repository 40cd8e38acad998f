package import SimKernel

/// Stabilisation and rate limits of one HPA, as horizontal.go has them.
///
/// Remembers raw recommendations and the moves made. Without `behavior` the highest recommendation
/// of the last down-window holds and one sync at most doubles (or reaches 4); with it each
/// direction has a window and policies of its own. The two are different algorithms, and the
/// boundaries differ too: exactly window-old still counts without `behavior`, not with it.
package struct ScalingLimiter: Sendable {
  private struct Entry {
    let time: SimTime
    let value: Int
  }

  private let plan: AutoscalerPlan
  private var recommendations: [Entry] = []
  private var additions: [Entry] = []
  private var removals: [Entry] = []

  package init(plan: AutoscalerPlan) { self.plan = plan }

  /// The first sync notes the size it finds, so that a fresh HPA cannot shrink for one window.
  package mutating func start(current: Int, at now: SimTime) {
    guard recommendations.isEmpty else { return }
    recommendations.append(Entry(time: now, value: current))
  }

  /// The size to set, from the metrics' proposal.
  package mutating func limit(current: Int, proposal: Int, at now: SimTime) -> Int {
    let result =
      plan.behavior.map { limit(current: current, proposal: proposal, by: $0, at: now) }
      ?? limitWithoutBehavior(current: current, proposal: proposal, at: now)
    recommendations.append(Entry(time: now, value: proposal))
    return result
  }

  /// Notes a move that was made, for the policies' periods.
  package mutating func noteMove(from old: Int, to new: Int, at now: SimTime) {
    guard plan.behavior != nil else { return }
    if new > old {
      additions.append(Entry(time: now, value: new - old))
    } else if new < old {
      removals.append(Entry(time: now, value: old - new))
    }
  }

  private mutating func limitWithoutBehavior(current: Int, proposal: Int, at now: SimTime) -> Int {
    recommendations.removeAll { now - $0.time > plan.downscaleStabilization }
    let stable = recommendations.reduce(proposal) { max($0, $1.value) }
    let highest = min(plan.maxReplicas, max(2 * current, 4))
    return min(max(stable, plan.minReplicas), highest)
  }

  private mutating func limit(
    current: Int,
    proposal: Int,
    by behavior: ScalingBehavior,
    at now: SimTime
  ) -> Int {
    let up = behavior.up.stabilizationWindow
    let down = behavior.down.stabilizationWindow
    recommendations.removeAll { now - $0.time >= max(up, down) }
    let lowest = recommendations.filter { now - $0.time < up }.reduce(proposal) {
      min($0, $1.value)
    }
    let highest = recommendations.filter { now - $0.time < down }.reduce(proposal) {
      max($0, $1.value)
    }
    var stable = current
    if stable < lowest { stable = lowest }
    if stable > highest { stable = highest }
    if stable > current {
      let cap = upCap(current: current, behavior.up, at: now)
      return min(stable, max(cap, current), plan.maxReplicas)
    }
    if stable < current {
      let floor = downFloor(current: current, behavior.down, at: now)
      return max(stable, min(floor, current), plan.minReplicas)
    }
    return min(max(stable, plan.minReplicas), plan.maxReplicas)
  }

  private func upCap(current: Int, _ rules: ScalingRules, at now: SimTime) -> Int {
    if rules.select == .disabled { return current }
    let caps = rules.policies.map { policy in
      let start = sizeAtStart(of: policy.period, current: current, at: now)
      return switch policy.kind {
      case .pods: start + policy.value
      case .percent: ceiledPercent(start, 100 + policy.value)
      }
    }
    return (rules.select == .max ? caps.max() : caps.min()) ?? current
  }

  private func downFloor(current: Int, _ rules: ScalingRules, at now: SimTime) -> Int {
    if rules.select == .disabled { return current }
    let floors = rules.policies.map { policy in
      let start = sizeAtStart(of: policy.period, current: current, at: now)
      return switch policy.kind {
      case .pods: start - policy.value
      case .percent: start * (100 - policy.value) / 100
      }
    }
    return (rules.select == .max ? floors.min() : floors.max()) ?? current
  }

  private func ceiledPercent(_ value: Int, _ percent: Int) -> Int { (value * percent + 99) / 100 }

  /// The size before the moves of the period, in both directions.
  private func sizeAtStart(of period: SimDuration, current: Int, at now: SimTime) -> Int {
    let added = additions.filter { now - $0.time < period }.reduce(0) { $0 + $1.value }
    let removed = removals.filter { now - $0.time < period }.reduce(0) { $0 + $1.value }
    return current - added + removed
  }
}
