import SimKernel

/// Reads every running pod's CPU counter at a fixed resolution and keeps the last rate.
///
/// Owns the metrics fields of `Pod`. A pod has a metric from its second sample on; the start of a
/// container that is at least 10 s old and younger than the resolution counts as the first one. A
/// pod that a scrape does not find has no metric until it has two samples again.
extension Simulation {
  private static var youngestSample: SimDuration { .seconds(10) }

  /// One scrape of all nodes.
  mutating func scrapeDue() {
    schedule(.scrapeDue, 0, at: now + plan.cluster.controlPlane.metricsResolution)
    for pod in 0..<pods.count where pods[pod].node >= 0 && !pods[pod].isRemoved {
      if pods[pod].isRunning && nodes[Int(pods[pod].node)].isAlive {
        scrape(pod)
      } else {
        pods[pod].sampleAt = .never
        pods[pod].milliCPU = -1
      }
    }
  }

  private mutating func scrape(_ pod: Int) {
    settleCPU(of: pod)
    let age = now - pods[pod].startedAt
    if age >= Self.youngestSample && age < plan.cluster.controlPlane.metricsResolution {
      pods[pod].sampleAt = pods[pod].startedAt
      pods[pod].sampleUsed = pods[pod].cpuAtStart
    }
    let first = pods[pod].sampleAt
    if first != .never && first < now {
      let used = pods[pod].cpuUsed - pods[pod].sampleUsed
      pods[pod].milliCPU = milliCores(used, during: now - first)
      pods[pod].metricAt = now
      pods[pod].metricWindow = now - first
    }
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
