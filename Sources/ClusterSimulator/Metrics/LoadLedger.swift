import SimKernel

/// Who carries the load: requests, ready time and idle time per pod.
///
/// Owns `Pod.load`, `.readyTime`, `.idleTime` and the window fields. Idle means Ready with no
/// request on the pod; probes do not count.
extension Simulation {
  /// A pod has taken a request in.
  @inline(__always)
  mutating func requestTaken(by pod: Int) {
    if pods[pod].load == 0 { settleLedger(of: pod) }
    pods[pod].load &+= 1
    pods[pod].requests &+= 1
  }

  /// A request has left a pod.
  @inline(__always)
  mutating func requestLeft(_ pod: Int) {
    if pods[pod].load == 1 { settleLedger(of: pod) }
    pods[pod].load &-= 1
  }

  /// All requests have left a pod, with its process.
  mutating func loadVanished(_ pod: Int) {
    settleLedger(of: pod)
    pods[pod].load = 0
  }

  /// Brings the pod's ready and idle time up to now.
  @inline(__always)
  mutating func settleLedger(of pod: Int) {
    let span = now - pods[pod].ledgerSince
    pods[pod].ledgerSince = now
    guard pods[pod].isReady else { return }
    pods[pod].readyTime = pods[pod].readyTime + span
    if pods[pod].load == 0 { pods[pod].idleTime = pods[pod].idleTime + span }
  }
}
