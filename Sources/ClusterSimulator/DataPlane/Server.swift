import SimKernel

/// A pod's process as a queueing station: workers, a bounded FIFO backlog, steps per request.
///
/// Owns the server's fields of `Pod` and the progress of a `Request` on it. A worker is held from
/// the first step to the answer, downstream calls and waits included, as a thread per request is.
/// A request whose caller has given up is served all the same (no cancellation). Nothing outside
/// this file and `DatabasePool` may assume that the end of a step is an event in the queue.
extension Simulation {
  /// A request arrives at the process: a worker, the backlog, or 503.
  @inline(__always)
  mutating func admit(_ slot: UInt32, to pod: UInt32) {
    let index = Int(pod)
    let template = Int(pods[index].template)
    requests[slot].pod = pod
    requests[slot].podOrdinal = pods[index].admissions
    pods[index].admissions &+= 1
    let isFree = pods[index].busy < servers[template].concurrency
    if !isFree && pods[index].queueLength >= servers[template].backlog {
      reject(slot, by: index)
      return
    }
    if requests[slot].probe == 0 { requestTaken(by: index) }
    if isFree {
      startWork(slot, on: index)
    } else {
      enqueue(slot, on: index)
    }
  }

  @inline(never)
  private mutating func reject(_ slot: UInt32, by pod: Int) {
    if servers[Int(pods[pod].template)].isWatched && admitWatched(slot, to: pod) { return }
    requests[slot].pod = Request.none
    if requests[slot].probe != 0 {
      probeAnswered(slot, pod: pod, isSuccess: false)
      return
    }
    pods[pod].rejected &+= 1
    releaseConnection(of: slot, isUsable: true)
    conclude(slot, .rejected, .backlogFull)
  }

  @inline(__always)
  mutating func enqueue(_ slot: UInt32, on pod: Int) {
    requests[slot].state = .queued
    pods[pod].backlog.append(slot, in: &requests)
    pods[pod].queueLength &+= 1
    pods[pod].queueTime.add(1, at: now)
  }

  /// A worker takes the request on.
  @inline(__always)
  mutating func startWork(_ slot: UInt32, on pod: Int) {
    pods[pod].busy &+= 1
    pods[pod].busyTime.add(1, at: now)
    let template = Int(pods[pod].template)
    requests[slot].state = .working
    if requests[slot].probe != 0 {
      scheduleCompletion(slot, .ownWorkCompleted, after: servers[template].probeTime)
      return
    }
    guard servers[template].hasOwnWork else {
      afterOwnWork(slot)
      return
    }
    let request = requests[slot]
    var generator = servers[template].service.generator(
      clients[Int(request.client)].key,
      request.ordinal,
      request.attemptPath
    )
    let time = warmed(servers[template].ownWork.duration(&generator, samplers), pod: pod)
    if servers[template].database < 0 { burnCPU(slot, on: pod, during: time) }
    scheduleCompletion(slot, .ownWorkCompleted, after: time)
  }

  /// A young process is slower: by a factor that falls linearly to 1 over the warm-up.
  @inline(__always)
  func warmed(_ time: SimDuration, pod: Int) -> SimDuration {
    let spec = servers[Int(pods[pod].template)]
    guard spec.warmUp.nanoseconds > 0 else { return time }
    let left = spec.warmUp - (now - pods[pod].listeningAt)
    guard left.nanoseconds > 0 else { return time }
    let share = Double(left.nanoseconds) / Double(spec.warmUp.nanoseconds)
    let factor = 1 + (spec.warmUpFactor - 1) * share
    return SimDuration(nanoseconds: Int64(min(Double(time.nanoseconds) * factor, 0x1p55)))
  }

  /// Puts the end of a step into the queue.
  @inline(__always)
  mutating func scheduleCompletion(_ slot: UInt32, _ kind: EventKind, after time: SimDuration) {
    let due = now + time
    requests[slot].completionDue = due
    queue.push(
      EventKey(
        time: due,
        eventClass: EventClass.completion,
        entity: requests[slot].pod,
        ordinal: requests[slot].podOrdinal,
        payload: EventKey.payload(kind: kind.rawValue, index: slot)
      )
    )
  }

  /// The pod's own work for a request is done.
  @inline(__always)
  mutating func ownWorkCompleted(_ slot: UInt32) {
    guard requests.isLive(slot), requests[slot].completionDue == now,
      requests[slot].state == .working
    else { return }
    requests[slot].completionDue = .never
    stopBurningCPU(slot)
    afterOwnWork(slot)
  }

  @inline(__always)
  private mutating func afterOwnWork(_ slot: UInt32) {
    if requests[slot].probe != 0 {
      respond(slot, .succeeded, .none)
    } else if servers[Int(pods[Int(requests[slot].pod)].template)].database >= 0 {
      acquireDatabaseConnection(slot)
    } else {
      nextStep(slot)
    }
  }

  /// The next downstream call, or the answer when none is left.
  @inline(__always)
  mutating func nextStep(_ slot: UInt32) {
    let template = Int(pods[Int(requests[slot].pod)].template)
    if requests[slot].callIndex < servers[template].callCount {
      call(nextCall(of: slot), from: slot)
    } else {
      respond(slot, .succeeded, .none)
    }
  }

  /// The call a request's worker makes next.
  func nextCall(of slot: UInt32) -> UInt16 {
    let template = Int(pods[Int(requests[slot].pod)].template)
    return servers[template].firstCall + UInt16(requests[slot].callIndex)
  }

  /// The answer leaves; the worker takes the next request from the backlog first.
  @inline(__always)
  mutating func respond(_ slot: UInt32, _ outcome: Outcome, _ cause: Cause) {
    let pod = Int(requests[slot].pod)
    // The answer is out: a process that exits now does not take this request with it.
    requests[slot].pod = Request.none
    if requests[slot].probe == 0 { requestLeft(pod) }
    freeWorker(of: pod)
    if requests[slot].probe != 0 {
      probeAnswered(slot, pod: pod, isSuccess: outcome == .succeeded)
      return
    }
    releaseConnection(of: slot, isUsable: true)
    if requests[slot].isOrphan {
      requests.remove(slot)
    } else {
      conclude(slot, outcome, cause)
    }
  }

  /// A worker is free: it takes from the backlog.
  ///
  /// A loop and no recursion, because requests that
  /// fail at once free their worker within the call.
  @inline(__always)
  private mutating func freeWorker(of pod: Int) {
    pods[pod].busy &-= 1
    pods[pod].busyTime.add(-1, at: now)
    if !pods[pod].backlog.isEmpty { takeFromBacklog(pod) }
    if pods[pod].isStopping && pods[pod].busy == 0 && pods[pod].backlog.isEmpty {
      processDrained(pod)
    }
  }

  private mutating func takeFromBacklog(_ pod: Int) {
    guard !pods[pod].isDispatching else { return }
    pods[pod].isDispatching = true
    let concurrency = servers[Int(pods[pod].template)].workers
    while pods[pod].busy < concurrency, !pods[pod].backlog.isEmpty {
      let slot = pods[pod].backlog.first
      pods[pod].backlog.remove(slot, in: &requests)
      pods[pod].queueLength &-= 1
      pods[pod].queueTime.add(-1, at: now)
      startWork(slot, on: pod)
    }
    pods[pod].isDispatching = false
  }

  // MARK: Death of a process

  /// The process is gone.
  ///
  /// Callers see a reset at once, or nothing when the machine went with it.
  mutating func abortRequests(on pod: Int, isSilent: Bool) {
    resetServer(pod)
    for slot in residents(of: pod) {
      detach(slot)
      if requests[slot].probe != 0 {
        probeAborted(slot)
      } else if requests[slot].isOrphan {
        releaseConnection(of: slot, isUsable: false)
        requests.remove(slot)
      } else if isSilent {
        // It keeps its connection until its caller gives up.
        requests[slot].state = .lost
      } else {
        releaseConnection(of: slot, isUsable: false)
        conclude(slot, .reset, .serverDied)
      }
    }
    resetConnectionPools(of: pod)
  }

  private mutating func resetServer(_ pod: Int) {
    pods[pod].busyTime.set(0, at: now)
    pods[pod].queueTime.set(0, at: now)
    pods[pod].busy = 0
    pods[pod].queueLength = 0
    pods[pod].backlog = RequestQueue()
    pods[pod].poolQueue = RequestQueue()
    settleCPU(of: pod)
    pods[pod].cpuShare = 0
    loadVanished(pod)
  }

  /// The requests a pod holds, in the order it took them in.
  private func residents(of pod: Int) -> [UInt32] {
    var found: [UInt32] = []
    for slot in 0..<UInt32(requests.capacity)
    where requests.isLive(slot) && requests[slot].pod == UInt32(pod)
      && requests[slot].state != .connecting && requests[slot].state != .lost
    {
      found.append(slot)
    }
    return found.sorted { requests[$0].podOrdinal < requests[$1].podOrdinal }
  }

  /// Cuts a request loose from the process that worked on it.
  private mutating func detach(_ slot: UInt32) {
    let child = requests[slot].child
    if child != Request.none {
      requests[slot].child = Request.none
      abandon(child)
    }
    disarmStep(of: slot)
    requests[slot].completionDue = .never
    requests[slot].cpuShare = 0
    requests[slot].pod = Request.none
  }

  /// The caller of an attempt died: whoever works on it goes on for nobody.
  mutating func abandon(
    _ slot: UInt32,
    _ outcome: Outcome = .reset,
    _ cause: Cause = .serverDied
  ) {
    disarmDeadline(of: slot)
    leaveUpstream(slot)
    let attempt = requests[slot]
    metrics.attemptEnded(
      call: Int(attempt.call),
      outcome,
      cause,
      isCounted: attempt.isCounted
    )
    switch attempt.state {
    case .queued, .working, .acquiring, .transacting, .calling, .backingOff:
      requests[slot].isOrphan = true
      requests[slot].parent = Request.none
      requests[slot].connection = Connection.none
    case .awaitingConnection:
      leaveConnectionQueue(slot)
      requests.remove(slot)
    case .connecting, .resolving, .outside, .proxying, .lost:
      disarmStep(of: slot)
      requests.remove(slot)
    }
  }
}
