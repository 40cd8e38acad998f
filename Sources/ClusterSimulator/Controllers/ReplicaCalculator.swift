import SimKernel

/// The arithmetic of the HPA, as pkg/controller/podautoscaler/replica_calculator.go has it: pure,
/// so that the documented vectors can test it.
package struct ReplicaCalculator {
  /// One selected pod, as the controller groups them.
  package enum Sample: Hashable {
    /// Usage and request in thousandths; the request matters to a utilisation only.
    case counted(usage: Int64, request: Int64)
    /// Not ready, or too young to be believed.
    case unready(request: Int64)
    /// No metric.
    case missing(request: Int64)
  }

  /// What is held against the target.
  private enum Measure {
    /// Whole percent of all requests.
    case utilization
    /// The mean of the pods, in whole thousandths.
    case average
  }

  private let measure: Measure
  /// In percent of the request, or in thousandths.
  package let target: Int64
  private let least: Double
  private let most: Double

  /// Utilisation, with a tolerance in parts per million.
  package init(target: Int, tolerancePPM: Int) {
    self.init(.utilization(percent: target), downPPM: tolerancePPM, upPPM: tolerancePPM)
  }

  /// Any target, with a tolerance for each direction.
  package init(_ target: MetricPlan.Target, downPPM: Int, upPPM: Int) {
    switch target {
    case .utilization(let percent): (measure, self.target) = (.utilization, Int64(percent))
    case .averageValue(let milli), .value(let milli): (measure, self.target) = (.average, milli)
    }
    least = 1 - Double(downPPM) / 1e6
    most = 1 + Double(upPPM) / 1e6
  }

  // MARK: Metrics of pods

  /// The sums over some pods.
  private struct Sum {
    var usage: Int128 = 0
    var request: Int128 = 0
    var count = 0

    mutating func add(_ usage: Int64, _ request: Int64) {
      self.usage += Int128(usage)
      self.request += Int128(request)
      count += 1
    }
  }

  private func ratio(_ sum: Sum) -> Double {
    switch measure {
    case .utilization: Double(sum.usage * 100 / sum.request) / Double(target)
    case .average: Double(sum.usage / Int128(sum.count)) / Double(target)
    }
  }

  /// The proposal, `nil` when no pod has a metric: then nothing scales.
  package func replicas(current: Int, samples: [Sample]) -> Int? {
    var sum = Sum()
    for case .counted(let usage, let request) in samples { sum.add(usage, request) }
    guard sum.count > 0, measure == .average || sum.request > 0 else { return nil }
    let ratio = ratio(sum)
    let hasMissing = samples.contains { if case .missing = $0 { true } else { false } }
    let hasUnready = samples.contains { if case .unready = $0 { true } else { false } }
    if !hasMissing && !(ratio > 1 && hasUnready) {
      return isWithinTolerance(ratio) ? current : ceiled(ratio * Double(sum.count))
    }
    return filled(current: current, samples: samples, ratio: ratio)
  }

  /// Pods that cannot be counted are assumed to damp the move, in either direction.
  private func filled(current: Int, samples: [Sample], ratio: Double) -> Int {
    var sum = Sum()
    for sample in samples {
      switch sample {
      case .counted(let usage, let request): sum.add(usage, request)
      case .missing(let request) where ratio < 1: sum.add(assumed(request), request)
      case .missing(let request) where ratio > 1: sum.add(0, request)
      case .unready(let request) where ratio > 1: sum.add(0, request)
      case .missing, .unready: break
      }
    }
    let newRatio = self.ratio(sum)
    let changesSide = (ratio < 1 && newRatio > 1) || (ratio > 1 && newRatio < 1)
    if isWithinTolerance(newRatio) || changesSide { return current }
    let proposal = ceiled(newRatio * Double(sum.count))
    let reverses =
      (newRatio < 1 && proposal > current) || (newRatio > 1 && proposal < current)
    return reverses ? current : proposal
  }

  /// What a pod without a metric is taken to use when the others would shrink.
  private func assumed(_ request: Int64) -> Int64 {
    switch measure {
    case .utilization: request * max(100, target) / 100
    case .average: target
    }
  }

  // MARK: Metrics of other things

  /// The proposal for a value as it is, by the number of ready pods.
  package func replicas(current: Int, value: Int64, readyPods: Int) -> Int {
    let ratio = Double(value) / Double(target)
    return isWithinTolerance(ratio) ? current : ceiled(ratio * Double(readyPods))
  }

  /// The proposal for a value that is divided by the pods there are.
  package func replicas(sharing value: Int64, pods: Int) -> Int {
    let ratio = Double(value) / (Double(target) * Double(pods))
    return isWithinTolerance(ratio) ? pods : ceiled(Double(value) / Double(target))
  }

  /// Inclusive at both ends.
  private func isWithinTolerance(_ ratio: Double) -> Bool { least <= ratio && ratio <= most }

  private func ceiled(_ value: Double) -> Int { Int(min(value, 0x1p31 - 1).rounded(.up)) }
}
