import SimKernel

/// Probes: one worker per container and kind, as in pkg/kubelet/prober/worker.go.
///
/// Owns `Pod.readiness`, `.liveness` and `.startup`. A worker never overlaps itself; a tick that
/// falls into a running probe is remembered once. HTTP probes are requests to the same server, so
/// an overloaded pod answers late: that is the cascade. Ticks are anchored at the pod's admission,
/// but the kubelet re-anchors readiness whenever it notices a started container that is not ready.
struct ProbeWorker: BitwiseCopyable {
  var isActive = false
  /// The due time of the pending tick; another tick event is stale.
  var tickDue = SimTime.never
  /// A probe is on its way.
  var isRunning = false
  var rememberedTick = false
  /// Stands still until the next container, after it has had this one killed or started.
  var isOnHold = false
  var lastResult = false
  var run: Int32 = 0
  /// The result that counts; probe results before a threshold is reached do not change it.
  var published = false
  /// The container the worker has last seen.
  var incarnation: UInt32 = 0
}

/// Which of the three probes.
enum ProbeKind: UInt8 {
  case readiness
  case liveness
  case startup

  var event: EventKind {
    switch self {
    case .readiness: .readinessProbeDue
    case .liveness: .livenessProbeDue
    case .startup: .startupProbeDue
    }
  }
}

extension Simulation {
  func probePlan(_ pod: Int, _ kind: ProbeKind) -> ProbePlan? {
    let template = template(of: pod)
    return switch kind {
    case .readiness: template.readinessProbe
    case .liveness: template.livenessProbe
    case .startup: template.startupProbe
    }
  }

  func probeWorker(_ pod: Int, _ kind: ProbeKind) -> ProbeWorker {
    switch kind {
    case .readiness: pods[pod].readiness
    case .liveness: pods[pod].liveness
    case .startup: pods[pod].startup
    }
  }

  private mutating func update(_ pod: Int, _ kind: ProbeKind, _ worker: ProbeWorker) {
    switch kind {
    case .readiness: pods[pod].readiness = worker
    case .liveness: pods[pod].liveness = worker
    case .startup: pods[pod].startup = worker
    }
  }

  /// Starts the workers of a pod that the kubelet has taken on; the first tick comes at `first`.
  ///
  /// A kubelet that has itself just started waits up to a period more, drawn under `spread`.
  mutating func startProbeWorkers(_ pod: Int, at first: SimTime, spread: UInt32? = nil) {
    let entity = Draws.entity(pods[pod])
    for kind in [ProbeKind.readiness, .liveness, .startup] {
      guard let probe = probePlan(pod, kind) else { continue }
      var worker = ProbeWorker()
      worker.isActive = true
      worker.published = kind == .liveness
      update(pod, kind, worker)
      var wait = SimDuration.zero
      if let spread {
        let range = UniformDelay(.zero, probe.period)
        wait = range.draw(draws.probePhase, entity, UInt64(kind.rawValue), spread)
      }
      scheduleTick(pod, kind, at: first + wait)
    }
  }

  /// The probes of a pod that has been ready for long have passed.
  mutating func markProbesPassed(_ pod: Int) {
    for kind in [ProbeKind.readiness, .liveness, .startup] where probePlan(pod, kind) != nil {
      var worker = probeWorker(pod, kind)
      worker.incarnation = pods[pod].incarnation
      worker.published = true
      worker.lastResult = true
      worker.run = 1
      worker.isOnHold = kind == .startup
      update(pod, kind, worker)
    }
  }

  /// Stops the workers, when the pod is gone or its machine is.
  mutating func stopProbeWorkers(_ pod: Int) {
    for kind in [ProbeKind.readiness, .liveness, .startup] {
      var worker = probeWorker(pod, kind)
      worker.isActive = false
      worker.tickDue = .never
      update(pod, kind, worker)
    }
  }

  private mutating func scheduleTick(_ pod: Int, _ kind: ProbeKind, at time: SimTime) {
    var worker = probeWorker(pod, kind)
    worker.tickDue = time
    update(pod, kind, worker)
    schedule(kind.event, pod, at: time)
  }

  /// A tick of the worker's clock.
  mutating func probeDue(_ id: ID<Pod>, _ kind: ProbeKind) {
    let pod = id.int
    var worker = probeWorker(pod, kind)
    guard worker.isActive, worker.tickDue == now, let probe = probePlan(pod, kind) else { return }
    guard nodes[Int(pods[pod].node)].isAlive else { return }
    scheduleTick(pod, kind, at: now + probe.period)
    worker = probeWorker(pod, kind)
    if worker.isRunning {
      worker.rememberedTick = true
      update(pod, kind, worker)
      return
    }
    tick(pod, kind, probe)
  }

  /// Fires the readiness probe at once and restarts its clock from now.
  mutating func probeReadinessNow(_ pod: Int) {
    guard pods[pod].readiness.isActive, let probe = probePlan(pod, .readiness) else { return }
    scheduleTick(pod, .readiness, at: now + probe.period)
    if pods[pod].readiness.isRunning {
      pods[pod].readiness.rememberedTick = true
    } else {
      tick(pod, .readiness, probe)
    }
  }

  /// The worker's decision whether to probe, in the order of worker.go.
  private mutating func tick(_ pod: Int, _ kind: ProbeKind, _ probe: ProbePlan) {
    var worker = probeWorker(pod, kind)
    let row = pods[pod]
    if worker.incarnation != row.incarnation && row.startIsNoticed {
      worker.incarnation = row.incarnation
      worker.isOnHold = false
      update(pod, kind, worker)
      publish(pod, kind, kind == .liveness)
      worker = probeWorker(pod, kind)
    }
    if worker.isOnHold { return }
    guard row.startIsNoticed else {
      if kind != .liveness { publish(pod, kind, false) }
      return
    }
    if row.isTerminating && kind != .readiness {
      worker.isActive = false
      worker.published = true
      update(pod, kind, worker)
      if kind == .startup { startedChanged(pod) }
      return
    }
    let age = (now - row.startedAt).nanoseconds / 1_000_000_000
    guard age >= probe.initialDelay.nanoseconds / 1_000_000_000 else { return }
    let started = isStarted(pod)
    if started == (kind == .startup) { return }
    worker.isRunning = true
    update(pod, kind, worker)
    sendProbe(pod, kind, probe)
  }

  /// The startup probe has succeeded, or there is none.
  func isStarted(_ pod: Int) -> Bool {
    guard probePlan(pod, .startup) != nil else { return pods[pod].startIsNoticed }
    return pods[pod].startup.published
      && pods[pod].startup.incarnation == pods[pod].incarnation
  }

  private mutating func sendProbe(_ pod: Int, _ kind: ProbeKind, _ probe: ProbePlan) {
    metrics.probes += 1
    let spec = servers[Int(pods[pod].template)]
    if !pods[pod].isListening || probe.handler == .tcpSocket || spec.separateProbePort {
      probeFinished(pod, kind, isSuccess: pods[pod].isListening)
      return
    }
    // Never drawn by: the ordinal only orders probes that end at the same instant.
    var request = Request(
      ordinal: UInt64(pod) << 2 | UInt64(kind.rawValue),
      client: .max,
      call: .max,
      attemptPath: 0,
      isCounted: false,
      window: 0,
      parent: Request.none,
      callerPod: Pod.none,
      startedAt: now
    )
    request.probe = kind.rawValue + 1
    let slot = requests.insert(request)
    armProbeDeadline(slot, at: now + probe.timeout, pod: pod)
    admit(slot, to: UInt32(pod))
  }

  private mutating func armProbeDeadline(_ slot: UInt32, at time: SimTime, pod: Int) {
    requests[slot].address = UInt32(pod)
    arm(deadlineOf: slot, at: time)
  }

  // MARK: Results

  /// The server answered a probe, or turned it away.
  mutating func probeAnswered(_ slot: UInt32, pod: Int, isSuccess: Bool) {
    let isOrphan = requests[slot].isOrphan
    let kind = ProbeKind(rawValue: requests[slot].probe - 1) ?? .readiness
    disarmDeadline(of: slot)
    requests.remove(slot)
    if !isOrphan { probeFinished(pod, kind, isSuccess: isSuccess) }
  }

  /// No answer within `timeoutSeconds`; the server may still be at it.
  mutating func probeTimedOut(_ slot: UInt32) {
    let kind = ProbeKind(rawValue: requests[slot].probe - 1) ?? .readiness
    requests[slot].isOrphan = true
    probeFinished(Int(requests[slot].address), kind, isSuccess: false)
  }

  /// The process died with a probe on it.
  mutating func probeAborted(_ slot: UInt32) {
    probeAnswered(slot, pod: Int(requests[slot].address), isSuccess: false)
  }

  private mutating func probeFinished(_ pod: Int, _ kind: ProbeKind, isSuccess: Bool) {
    var worker = probeWorker(pod, kind)
    guard worker.isActive, let probe = probePlan(pod, kind) else { return }
    worker.isRunning = false
    worker.run = isSuccess == worker.lastResult ? worker.run + 1 : 1
    worker.lastResult = isSuccess
    update(pod, kind, worker)
    let threshold = isSuccess ? probe.successThreshold : probe.failureThreshold
    if Int(worker.run) >= threshold { thresholdReached(pod, kind, isSuccess: isSuccess) }
    if probeWorker(pod, kind).rememberedTick {
      var later = probeWorker(pod, kind)
      later.rememberedTick = false
      update(pod, kind, later)
      if later.isActive && nodes[Int(pods[pod].node)].isAlive { tick(pod, kind, probe) }
    }
  }

  private mutating func thresholdReached(_ pod: Int, _ kind: ProbeKind, isSuccess: Bool) {
    if kind == .startup || (kind == .liveness && !isSuccess) {
      var worker = probeWorker(pod, kind)
      worker.isOnHold = true
      worker.run = 0
      update(pod, kind, worker)
    }
    publish(pod, kind, isSuccess)
    if kind != .readiness && !isSuccess { killUnhealthyContainer(pod) }
    if kind == .startup && isSuccess { startedChanged(pod) }
  }

  /// Makes a result the one that counts.
  private mutating func publish(_ pod: Int, _ kind: ProbeKind, _ value: Bool) {
    var worker = probeWorker(pod, kind)
    let isChange = worker.published != value
    worker.published = value
    update(pod, kind, worker)
    guard isChange, kind == .readiness else { return }
    containerStatusChanged(pod)
  }
}
