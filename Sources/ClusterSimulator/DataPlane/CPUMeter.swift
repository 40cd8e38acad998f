import SimKernel

/// The CPU a pod burns, exact in integers, as its cgroup would count it.
///
/// A request burns its CPU evenly over its transaction, or over the pod's own work when it has
/// none. Throttling above the limit is not simulated yet.
extension Simulation {
  private static var coreShift: Int64 { 20 }

  /// The request burns its CPU during the coming step.
  @inline(__always)
  mutating func burnCPU(_ slot: UInt32, on pod: Int, during time: SimDuration) {
    let cpu = servers[Int(pods[pod].template)].cpu.nanoseconds
    guard cpu > 0 else { return }
    settleCPU(of: pod)
    guard time.nanoseconds > 0 else {
      pods[pod].cpuUsed &+= cpu
      return
    }
    let wide = cpu.multipliedFullWidth(by: 1 << Self.coreShift)
    guard wide.high < time.nanoseconds / 2 else { return }
    let share = time.nanoseconds.dividingFullWidth(wide).quotient
    requests[slot].cpuShare = UInt32(clamping: share)
    pods[pod].cpuShare &+= Int64(requests[slot].cpuShare)
  }

  /// The step is over.
  @inline(__always)
  mutating func stopBurningCPU(_ slot: UInt32) {
    let share = Int64(requests[slot].cpuShare)
    guard share > 0 else { return }
    let pod = Int(requests[slot].pod)
    settleCPU(of: pod)
    pods[pod].cpuShare &-= share
    requests[slot].cpuShare = 0
  }

  /// Brings the pod's counter up to now.
  @inline(__always)
  mutating func settleCPU(of pod: Int) {
    let span = (now - pods[pod].cpuSince).nanoseconds
    pods[pod].cpuSince = now
    let wide = pods[pod].cpuShare.multipliedFullWidth(by: span)
    let used = Int64(bitPattern: wide.low >> 20) | wide.high << 44
    pods[pod].cpuUsed &+= used
  }
}
