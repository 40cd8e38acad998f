import SimKernel

/// The side that waits: timeouts, retries and what the answer means to a user or a calling pod.
///
/// Owns the caller's fields of `Request` (deadline, tries, parent and child). An attempt ends for
/// its caller in `conclude`, exactly once.
extension Simulation {
  /// A request's two timers: the caller's deadline and the step in progress.
  private static func deadlineTimer(_ slot: UInt32) -> UInt32 { slot &* 2 }
  private static func stepTimer(_ slot: UInt32) -> UInt32 { slot &* 2 &+ 1 }

  /// Starts an attempt that has just been written into its slot.
  @inline(__always)
  mutating func begin(attempt slot: UInt32, isFirst: Bool) {
    let call = Int(requests[slot].call)
    metrics.attemptStarted(
      call: call,
      client: Int(requests[slot].client),
      isFirst: isFirst,
      isCounted: requests[slot].isCounted
    )
    let timeout = calls[call].timeout
    if timeout < .forever {
      arm(deadlineOf: slot, at: now + timeout)
    }
    connect(slot)
  }

  /// Starts a child attempt of a request whose worker will wait for it.
  mutating func call(_ index: UInt16, from parent: UInt32) {
    let caller = requests[parent]
    let tier = UInt32(caller.depth) &+ 1
    let child = requests.insert(
      Request(
        ordinal: caller.ordinal,
        client: caller.client,
        call: index,
        attemptPath: caller.attemptPath | UInt32(caller.tries) << (8 &* tier),
        depth: UInt8(tier),
        isCounted: caller.isCounted,
        window: caller.window,
        parent: parent,
        callerPod: caller.pod,
        startedAt: now
      )
    )
    requests[parent].state = .calling
    requests[parent].child = child
    requests[parent].tries = caller.tries &+ 1
    begin(attempt: child, isFirst: caller.tries == 0)
  }

  // MARK: Ends

  /// The attempt has ended for its caller.
  ///
  /// The row is gone afterwards unless a server holds it.
  mutating func conclude(_ slot: UInt32, _ outcome: Outcome, _ cause: Cause) {
    disarmDeadline(of: slot)
    leaveUpstream(slot)
    let attempt = requests[slot]
    metrics.attemptEnded(call: Int(attempt.call), outcome, cause, isCounted: attempt.isCounted)
    if attempt.parent == Request.none {
      userAnswered(slot, outcome, cause)
      return
    }
    if attempt.isOrphan {
      // The server still works on it and removes the row when it is done.
      requests[slot].parent = Request.none
    } else {
      requests.remove(slot)
    }
    workerAnswered(attempt.parent, outcome, cause, call: attempt.call)
  }

  /// A user's attempt ended: try again, or count the request.
  @inline(__always)
  private mutating func userAnswered(_ slot: UInt32, _ outcome: Outcome, _ cause: Cause) {
    let request = requests[slot]
    let call = Int(request.call)
    let next = request.userTries &+ 1
    let end = request.startedAt + calls[call].timeout
    if outcome != .succeeded && outcome != .timedOut && !request.isOrphan
      && isRetriable(outcome) && next < calls[call].attempts && now < end
    {
      requests[slot].userTries = next
      requests[slot].attemptPath = UInt32(next)
      requests[slot].lastCause = cause
      leaveServer(slot)
      if calls[call].timeout < .forever { arm(deadlineOf: slot, at: end) }
      backOff(slot, before: next, call: call)
      return
    }
    metrics.requestFinished(request, outcome, cause, at: now)
    if !request.isOrphan { requests.remove(slot) }
  }

  /// Makes the row a request that has not reached a server yet.
  private mutating func leaveServer(_ slot: UInt32) {
    requests[slot].pod = Request.none
    requests[slot].callIndex = 0
    requests[slot].tries = 0
    requests[slot].connectTries = 0
  }

  /// A worker's downstream attempt ended: go on, try again, or fail upwards.
  private mutating func workerAnswered(
    _ slot: UInt32,
    _ outcome: Outcome,
    _ cause: Cause,
    call: UInt16
  ) {
    requests[slot].child = Request.none
    if requests[slot].state == .proxying {
      upstreamAnswered(slot, outcome, cause)
    } else if outcome == .succeeded {
      requests[slot].callIndex &+= 1
      requests[slot].tries = 0
      nextStep(slot)
    } else if isRetriable(outcome) && requests[slot].tries < calls[Int(call)].attempts {
      backOff(slot, before: requests[slot].tries, call: Int(call))
    } else {
      respond(slot, .serverError, cause)
    }
  }

  /// A wrong answer is final: HTTP clients do not repeat what a server understood and denied.
  private func isRetriable(_ outcome: Outcome) -> Bool { outcome != .wrongApplication }

  // MARK: Back-off

  /// Waits before try number `tries` (1 is the first retry): base·2^(tries-1), jittered.
  private mutating func backOff(_ slot: UInt32, before tries: UInt8, call: Int) {
    requests[slot].state = .backingOff
    let spec = calls[call]
    let doublings = min(Int64(tries) - 1, 20)
    let ceiling = min(spec.backoffBase.nanoseconds << doublings, spec.backoffMaximum.nanoseconds)
    var wait = max(ceiling, 0)
    if spec.hasFullJitter {
      let request = requests[slot]
      var generator = spec.backoff.generator(
        clients[Int(request.client)].key,
        request.ordinal,
        request.attemptPath &* 256 &+ UInt32(tries)
      )
      wait = Int64(generator.uniform() * Double(wait))
    }
    arm(stepOf: slot, .backoffElapsed, at: now + SimDuration(nanoseconds: wait))
  }

  /// The wait is over: the next try.
  mutating func backoffElapsed(_ slot: UInt32) {
    guard requests.isLive(slot), requests[slot].stepDue == now,
      requests[slot].state == .backingOff
    else { return }
    requests[slot].stepDue = .never
    if requests[slot].pod == Request.none {
      retryAsUser(slot)
    } else {
      call(nextCall(of: slot), from: slot)
    }
  }

  /// A user tries again within the same patience: the deadline of the first try stands.
  private mutating func retryAsUser(_ slot: UInt32) {
    let call = Int(requests[slot].call)
    metrics.attemptStarted(
      call: call,
      client: Int(requests[slot].client),
      isFirst: false,
      isCounted: requests[slot].isCounted
    )
    connect(slot)
  }

  /// The user's patience ends between two tries.
  private mutating func patienceExpired(_ slot: UInt32) {
    disarmStep(of: slot)
    metrics.requestFinished(requests[slot], .timedOut, requests[slot].lastCause, at: now)
    requests.remove(slot)
  }

  // MARK: Deadline

  /// The caller's patience is over.
  mutating func attemptExpired(_ slot: UInt32) {
    guard requests.isLive(slot), requests[slot].deadline == now else { return }
    requests[slot].deadline = .never
    if requests[slot].probe != 0 {
      probeTimedOut(slot)
      return
    }
    if requests[slot].state == .backingOff && requests[slot].pod == Request.none {
      patienceExpired(slot)
      return
    }
    let cause: Cause
    var outcome = Outcome.timedOut
    switch requests[slot].state {
    case .connecting:
      outcome = .connectTimedOut
      cause = Network.causeOfSilence(at: requests[slot].address)
      disarmStep(of: slot)
    case .resolving:
      outcome = .unresolved
      cause = .nameServerSilent
      if dns.outage != nil { countFailedLookup(slot) }
      disarmStep(of: slot)
    case .outside:
      cause = .externalHostFailed
      disarmStep(of: slot)
    case .awaitingConnection:
      outcome = .poolTimedOut
      cause = .slowService
      leaveConnectionQueue(slot)
    case .queued:
      cause = .waitingInBacklog
      requests[slot].isOrphan = true
    case .proxying: cause = abandonUpstream(slot)
    case .lost:
      cause = .serverDied
    default:
      cause = .slowService
      requests[slot].isOrphan = true
    }
    connectionTimedOut(slot)
    conclude(slot, outcome, cause)
  }

  // MARK: Timers

  /// Arms the caller's deadline.
  @inline(__always)
  mutating func arm(deadlineOf slot: UInt32, at time: SimTime) {
    requests[slot].deadline = time
    timers.arm(Self.deadlineTimer(slot), timerKey(slot, .attemptExpired, time))
  }

  /// Arms the timer of the step in progress.
  mutating func arm(stepOf slot: UInt32, _ kind: EventKind, at time: SimTime) {
    requests[slot].stepDue = time
    timers.arm(Self.stepTimer(slot), timerKey(slot, kind, time))
  }

  /// Stops the caller's deadline.
  @inline(__always)
  mutating func disarmDeadline(of slot: UInt32) {
    guard requests[slot].deadline != .never else { return }
    requests[slot].deadline = .never
    timers.cancel(Self.deadlineTimer(slot))
  }

  /// Stops the timer of the step in progress.
  mutating func disarmStep(of slot: UInt32) {
    guard requests[slot].stepDue != .never else { return }
    requests[slot].stepDue = .never
    timers.cancel(Self.stepTimer(slot))
  }

  @inline(__always)
  private func timerKey(_ slot: UInt32, _ kind: EventKind, _ time: SimTime) -> EventKey {
    EventKey(
      time: time,
      eventClass: EventClass.timeout,
      entity: UInt32(requests[slot].call),
      ordinal: UInt32(truncatingIfNeeded: requests[slot].ordinal),
      payload: EventKey.payload(kind: kind.rawValue, index: slot)
    )
  }
}
