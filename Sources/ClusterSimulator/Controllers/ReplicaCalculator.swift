import SimKernel

/// The arithmetic of the HPA's CPU utilisation, as pkg/controller/podautoscaler/
/// replica_calculator.go has it: pure, so that the documented vectors can test it.
package struct ReplicaCalculator {
  /// One selected pod, as the controller groups them.
  package enum Sample: Hashable {
    /// Usage and request in thousandths of a core.
    case counted(usage: Int64, request: Int64)
    /// Not ready, or too young to be believed.
    case unready(request: Int64)
    /// No metric.
    case missing(request: Int64)
  }

  /// Target in percent of the request.
  package let target: Int64
  /// Tolerance around a ratio of 1.
  package let tolerance: Double

  package init(target: Int, tolerancePPM: Int) {
    self.target = Int64(target)
    tolerance = Double(tolerancePPM) / 1e6
  }

  /// The proposal, `nil` when no pod has a metric: then nothing scales.
  package func replicas(current: Int, samples: [Sample]) -> Int? {
    var usage: Int64 = 0
    var request: Int64 = 0
    var counted = 0
    for case .counted(let u, let r) in samples {
      usage += u
      request += r
      counted += 1
    }
    guard counted > 0, request > 0 else { return nil }
    let ratio = Double(usage * 100 / request) / Double(target)
    let hasMissing = samples.contains { if case .missing = $0 { true } else { false } }
    let hasUnready = samples.contains { if case .unready = $0 { true } else { false } }
    if !hasMissing && !(ratio > 1 && hasUnready) {
      return isWithinTolerance(ratio) ? current : ceiled(ratio * Double(counted))
    }
    return filled(current: current, samples: samples, ratio: ratio)
  }

  /// Pods that cannot be counted are assumed to damp the move, in either direction.
  private func filled(current: Int, samples: [Sample], ratio: Double) -> Int {
    var usage: Int64 = 0
    var request: Int64 = 0
    var count = 0
    for sample in samples {
      switch sample {
      case .counted(let u, let r):
        (usage, request, count) = (usage + u, request + r, count + 1)
      case .missing(let r) where ratio != 1:
        let assumed = ratio < 1 ? r * max(100, target) / 100 : 0
        (usage, request, count) = (usage + assumed, request + r, count + 1)
      case .unready(let r) where ratio > 1:
        (request, count) = (request + r, count + 1)
      case .missing, .unready: break
      }
    }
    let newRatio = Double(usage * 100 / request) / Double(target)
    let changesSide = (ratio < 1 && newRatio > 1) || (ratio > 1 && newRatio < 1)
    if isWithinTolerance(newRatio) || changesSide { return current }
    let proposal = ceiled(newRatio * Double(count))
    let reverses =
      (newRatio < 1 && proposal > current) || (newRatio > 1 && proposal < current)
    return reverses ? current : proposal
  }

  /// Inclusive at both ends.
  private func isWithinTolerance(_ ratio: Double) -> Bool {
    1 - tolerance <= ratio && ratio <= 1 + tolerance
  }

  private func ceiled(_ value: Double) -> Int { Int(value.rounded(.up)) }
}
