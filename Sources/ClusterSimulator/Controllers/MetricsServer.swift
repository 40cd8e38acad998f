import SimKernel

/// Reads every running pod's counters at a fixed resolution and keeps the last rates.
///
/// CPU and memory are metrics-server's, requests those of an adapter for custom metrics that
/// collects at the same instants: its rate needs two of its own. Owns the metrics fields of `Pod`.
/// A pod has a metric from its second sample on; the start of a container that is at least 10 s old
/// and younger than the resolution counts as the first one. A pod that a scrape does not find has
/// no metric until it has two samples again.
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
        pods[pod].memorySample = -1
        pods[pod].countedAt = .never
        pods[pod].milliRate = -1
        pods[pod].milliInFlight = -1
      }
    }
    autoscalers.collectedAt = now
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
    let hasMetric = pods[pod].milliCPU >= 0
    pods[pod].memorySample = hasMetric ? Int64(clamping: Int128(memory(of: pod)) * 1_000) : -1
    countRequests(of: pod)
  }

  private mutating func countRequests(of pod: Int) {
    let row = pods[pod]
    if row.countedAt != .never && row.countedAt < now && row.countedAt >= row.startedAt {
      let taken = Int128(row.requests - row.countedRequests) * 1_000 * 1_000_000_000
      pods[pod].milliRate = Int64(taken / Int128((now - row.countedAt).nanoseconds))
    } else {
      pods[pod].milliRate = -1
    }
    pods[pod].milliInFlight = Int64(row.load) * 1_000
    pods[pod].countedRequests = row.requests
    pods[pod].countedAt = now
  }

  /// Usage in thousandths of a core, rounded up as resource.Quantity does.
  private func milliCores(_ used: Int64, during span: SimDuration) -> Int64 {
    let wide = used.multipliedFullWidth(by: 1000)
    let division = span.nanoseconds.dividingFullWidth(wide)
    return division.quotient + (division.remainder > 0 ? 1 : 0)
  }
}
