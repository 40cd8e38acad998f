import SimKernel

/// Reads every running pod's CPU counter at a fixed resolution and keeps the last rate.
///
/// Owns the metrics fields of `Pod`. A pod has a metric from its second sample on; the container's
/// start counts as the first one once it is 10 s old, as metrics-server does.
extension Simulation {
  private static var youngestSample: SimDuration { .seconds(10) }

  /// One scrape of all nodes.
  mutating func scrapeDue() {
    schedule(.scrapeDue, 0, at: now + plan.cluster.controlPlane.metricsResolution)
    for pod in 0..<pods.count
    where pods[pod].isRunning && !pods[pod].isRemoved && nodes[Int(pods[pod].node)].isAlive {
      scrape(pod)
    }
  }

  private mutating func scrape(_ pod: Int) {
    settleCPU(of: pod)
    if pods[pod].sampleAt == .never {
      guard now - pods[pod].startedAt >= Self.youngestSample else { return }
      pods[pod].sampleAt = pods[pod].startedAt
      pods[pod].sampleUsed = pods[pod].cpuAtStart
    }
    let span = now - pods[pod].sampleAt
    guard span > .zero else { return }
    let used = pods[pod].cpuUsed - pods[pod].sampleUsed
    pods[pod].milliCPU = milliCores(used, during: span)
    pods[pod].metricAt = now
    pods[pod].metricWindow = span
    pods[pod].sampleAt = now
    pods[pod].sampleUsed = pods[pod].cpuUsed
  }

  /// Usage in thousandths of a core, rounded up as resource.Quantity does.
  private func milliCores(_ used: Int64, during span: SimDuration) -> Int64 {
    let wide = used.multipliedFullWidth(by: 1000)
    let division = span.nanoseconds.dividingFullWidth(wide)
    return division.quotient + (division.remainder > 0 ? 1 : 0)
  }
}
