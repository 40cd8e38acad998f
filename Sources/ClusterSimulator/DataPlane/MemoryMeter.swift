import SimKernel

/// The memory that processes take, and the kernel that kills those that take too much.
///
/// A process takes its base, so much for each request it holds, and what it has lost over time. It
/// dies when that exceeds the container's limit: at once when a request makes the difference, and
/// otherwise at the next look, which comes when growth alone would exceed it and at least once a
/// second. The end is noticed at the next relist, like any other (exit code 137, OOMKilled).
/// Growth counts from the start of the run for processes that were there before.
/// Left out: the kernel's own choice when a whole machine is out of memory.
extension Simulation {
  /// A request arrives at a process whose memory is watched; the ordinary way of `admit` besides.
  mutating func admitWatched(_ slot: UInt32, to pod: Int) -> Bool {
    let spec = servers[Int(pods[pod].template)]
    let isFree = pods[pod].busy < spec.workers
    if !isFree && pods[pod].queueLength >= spec.room { return false }
    if requests[slot].probe == 0 { requestTaken(by: pod) }
    // Decided before the request starts: one that ends at once has needed its memory, too.
    let held = Int(pods[pod].busy + pods[pod].queueLength) + 1
    if memory(of: pod, holding: held) > template(of: pod).memoryLimit, !pods[pod].isOutOfMemory {
      pods[pod].isOutOfMemory = true
      lookAtMemory(of: pod, at: now)
    }
    if isFree {
      startWork(slot, on: pod)
    } else {
      enqueue(slot, on: pod)
    }
    return true
  }

  /// Bytes that the pod's process takes now; without a model what it asks for.
  func memory(of pod: Int) -> Int {
    guard pods[pod].isRunning else { return 0 }
    return memory(of: pod, holding: Int(pods[pod].busy + pods[pod].queueLength))
  }

  private func memory(of pod: Int, holding requests: Int) -> Int {
    guard let model = servers[Int(pods[pod].template)].memory else {
      return template(of: pod).memoryRequest
    }
    let age = (now - max(pods[pod].startedAt, .zero)).nanoseconds
    let grown = Int128(model.growthPerMinute) * Int128(age) / 60_000_000_000
    return Int(clamping: Int128(model.base) + Int128(model.perRequest) * Int128(requests) + grown)
  }

  private mutating func lookAtMemory(of pod: Int, at time: SimTime) {
    pods[pod].memoryDue = time
    schedule(.memoryDue, pod, at: time)
  }

  /// The process has just started.
  mutating func watchMemory(of pod: Int) {
    let spec = servers[Int(pods[pod].template)]
    pods[pod].isOutOfMemory = false
    guard spec.isWatched, let model = spec.memory else { return }
    let left = template(of: pod).memoryLimit - memory(of: pod)
    if left < 0 { return lookAtMemory(of: pod, at: now) }
    guard model.growthPerMinute > 0 else { return }
    // The first nanosecond at which growth has taken more than what is left.
    let growth = Int128(model.growthPerMinute)
    let wait = (Int128(left + 1) * 60_000_000_000 + growth - 1) / growth
    let foreseen = SimDuration(nanoseconds: Int64(clamping: min(wait, 1 << 60)))
    let isSteady = model.perRequest == 0
    lookAtMemory(of: pod, at: now + (isSteady ? foreseen : min(foreseen, .seconds(1))))
  }

  /// Time to look: kill the process, or look again later.
  mutating func memoryDue(_ id: ID<Pod>) {
    let pod = id.int
    guard pods[pod].memoryDue == now, pods[pod].isRunning, nodes[Int(pods[pod].node)].isAlive
    else { return }
    pods[pod].memoryDue = .never
    if pods[pod].isOutOfMemory || memory(of: pod) > template(of: pod).memoryLimit {
      processRanOutOfMemory(pod)
    } else {
      watchMemory(of: pod)
    }
  }
}
