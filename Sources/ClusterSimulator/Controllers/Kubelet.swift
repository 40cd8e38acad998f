import SimKernel

/// The node's agent: brings a bound pod up, restarts its container, takes it down.
///
/// Owns the kubelet's fields of `Pod` and of `Node`. Starting: watch → image pull → sandbox with
/// an address (host-local: one after the last one given, round the node's range) → container →
/// noticed at the next relist. A container restart keeps pod and address. Stopping: preStop →
/// SIGTERM (stops accepting, finishes what it has) → SIGKILL when the grace period is over.
/// Images and init containers come before the container: see `Kubelet+Containers`.
extension Simulation {
  private enum Step {
    static let watch: UInt32 = 0
    static let pull: UInt32 = 1
    static let sandbox: UInt32 = 2
    static let container: UInt32 = 3
    static let startup: UInt32 = 4
    static let status: UInt32 = 5
    static let removal: UInt32 = 6
  }

  private func kubeletDelay(_ range: UniformDelay, _ pod: Int, _ step: UInt32) -> SimDuration {
    let row = pods[pod]
    return range.draw(draws.kubelet, Draws.entity(row), UInt64(row.incarnation), step)
  }

  // MARK: Start

  /// The scheduler has bound the pod: sandbox next, or when the machine is back.
  mutating func bringUp(_ pod: Int) {
    guard nodes[Int(pods[pod].node)].isAlive else { return }
    let times = plan.cluster.kubelet
    let seen = now + kubeletDelay(times.watchDelay, pod, Step.watch)
    if pods[pod].acknowledgedAt == .never { pods[pod].acknowledgedAt = seen }
    let pull = pullsImages(template(of: pod)) ? UniformDelay(.zero, .zero) : times.imagePull
    let ready =
      seen + kubeletDelay(pull, pod, Step.pull)
      + kubeletDelay(times.sandbox, pod, Step.sandbox)
    scheduleLifecycle(.sandboxReady, pod, at: ready)
    startProbeWorkers(pod, at: seen)
  }

  /// Schedules the pod's next lifecycle event; an earlier one becomes stale.
  mutating func scheduleLifecycle(_ kind: EventKind, _ pod: Int, at time: SimTime) {
    pods[pod].lifecycleDue = time
    schedule(kind, pod, at: time)
  }

  /// Whether the pod's lifecycle event of this instant still holds.
  func isCurrent(_ pod: Int) -> Bool {
    pods[pod].lifecycleDue == now && !pods[pod].isRemoved
      && nodes[Int(pods[pod].node)].isAlive
  }

  /// The pod's network is there.
  mutating func sandboxReady(_ id: ID<Pod>) {
    let pod = id.int
    guard isCurrent(pod) else { return }
    guard let address = allocateAddress(on: Int(pods[pod].node)) else {
      scheduleLifecycle(.sandboxReady, pod, at: now + .seconds(10))
      return
    }
    pods[pod].address = address
    addresses[Int(address)] = id.index
    startContainers(of: pod)
  }

  /// The serving container is created, its variables with it.
  mutating func createContainer(of pod: Int) {
    pods[pod].containerCreatedAt = now
    let start = kubeletDelay(plan.cluster.kubelet.containerStart, pod, Step.container)
    scheduleLifecycle(.containerStarted, pod, at: now + start)
  }

  /// The next free address after the one given last, as the host-local plugin does.
  mutating func allocateAddress(on node: Int) -> UInt32? {
    let row = nodes[node]
    for step in 1...row.addressCount {
      let offset = (row.lastAddress + step) % row.addressCount
      let address = row.firstAddress + offset
      guard addresses[Int(address)] == Pod.none else { continue }
      if !plan.cluster.reusesAddresses && addressWasUsed[Int(address)] { continue }
      nodes[node].lastAddress = offset
      addressWasUsed[Int(address)] = true
      return address
    }
    return nil
  }

  /// The process runs; it listens after its start-up time.
  mutating func containerStarted(_ id: ID<Pod>) {
    let pod = id.int
    guard isCurrent(pod) else { return }
    pods[pod].incarnation += 1
    pods[pod].isRunning = true
    pods[pod].isStopping = false
    pods[pod].startIsNoticed = false
    pods[pod].startedAt = now
    settleCPU(of: pod)
    pods[pod].cpuAtStart = pods[pod].cpuUsed
    pods[pod].sampleAt = .never
    pods[pod].milliCPU = -1
    watchMemory(of: pod)
    metrics.record(.started, object: pod, at: now)
    let row = pods[pod]
    let spec = servers[Int(row.template)]
    var generator = spec.startups.generator(Draws.entity(row), UInt64(row.incarnation))
    let startup = spec.startup.duration(&generator, samplers)
    schedule(.startNoticed, pod, at: nextRelist(of: Int(row.node), after: now))
    pods[pod].endedWell = false
    if foreseeCompletion(of: pod) { return }
    scheduleLifecycle(.applicationListening, pod, at: now + startup)
  }

  /// The kubelet looks at its containers every second; each node has its own phase.
  func nextRelist(of node: Int, after time: SimTime) -> SimTime {
    let period = plan.cluster.kubelet.relistPeriod.nanoseconds
    let phase = nodes[node].relistPhase.nanoseconds
    guard period > 0 else { return time }
    let since = time.nanoseconds - phase
    let rounds = since >= 0 ? since / period + 1 : 0
    return SimTime(nanoseconds: phase + rounds * period)
  }

  /// The process accepts connections.
  mutating func applicationListening(_ id: ID<Pod>) {
    let pod = id.int
    guard isCurrent(pod), pods[pod].isRunning, !pods[pod].isStopping else { return }
    pods[pod].isListening = true
    pods[pod].listeningAt = now
    if plan.workloads[Int(pods[pod].workload)].database != nil {
      databaseChanged(workload: Int(pods[pod].workload), isListening: true)
    }
  }

  /// The relist shows the new container: phase Running, probes may begin.
  mutating func startNoticed(_ id: ID<Pod>) {
    let pod = id.int
    guard pods[pod].isRunning, !pods[pod].startIsNoticed, nodes[Int(pods[pod].node)].isAlive,
      pods[pod].startedAt <= now
    else { return }
    pods[pod].startIsNoticed = true
    pods[pod].phase = .running
    unreadyAddressKnown(ofWorkload: Int(pods[pod].workload))
    startedChanged(pod)
  }

  /// The kubelet may count the container as started: it is ready then, or probed at once.
  mutating func startedChanged(_ pod: Int) {
    containerStatusChanged(pod)
    if pods[pod].startIsNoticed && isStarted(pod) && !isContainerReady(pod) {
      probeReadinessNow(pod)
    }
  }

  // MARK: Status

  /// Whether the container counts as ready on the node.
  private func isContainerReady(_ pod: Int) -> Bool {
    guard pods[pod].startIsNoticed, isStarted(pod) else { return false }
    guard probePlan(pod, .readiness) != nil else { return true }
    return pods[pod].readiness.published
      && pods[pod].readiness.incarnation == pods[pod].incarnation
  }

  /// Something about the container changed: write it to the API, unless it is known there.
  mutating func containerStatusChanged(_ pod: Int) {
    let isReady = isContainerReady(pod)
    guard isReady != pods[pod].statusReady else { return }
    pods[pod].statusReady = isReady
    let row = pods[pod]
    let delay = plan.cluster.kubelet.statusDelay.draw(
      draws.kubelet,
      Draws.entity(row),
      UInt64(bitPattern: now.nanoseconds),
      Step.status
    )
    pods[pod].statusDue = now + delay
    schedule(.statusPublished, pod, at: now + delay)
    let reprobes = plan.cluster.kubelet.immediateReprobe
    if !isReady && reprobes && pods[pod].startIsNoticed && isStarted(pod)
      && pods[pod].readiness.isActive && !pods[pod].readiness.isRunning
    {
      probeReadinessNow(pod)
    }
  }

  /// The API server knows the pod's condition.
  mutating func statusPublished(_ id: ID<Pod>) {
    let pod = id.int
    guard pods[pod].statusDue == now, !pods[pod].isRemoved,
      nodes[Int(pods[pod].node)].isAlive
    else { return }
    pods[pod].statusDue = .never
    setReady(pod, pods[pod].statusReady)
  }

  /// Changes the Ready condition in the API; endpoints follow.
  mutating func setReady(_ pod: Int, _ isReady: Bool) {
    guard pods[pod].isReady != isReady else { return }
    settleLedger(of: pod)
    pods[pod].isReady = isReady
    pods[pod].readyChangedAt = now
    pods[pod].readySince = isReady ? now : .never
    metrics.record(isReady ? .ready : .unready, object: pod, at: now)
    endpointsChanged(ofWorkload: Int(pods[pod].workload))
    podChanged(pod)
  }

  // MARK: Restart

  /// A liveness or startup probe has failed often enough.
  mutating func killUnhealthyContainer(_ pod: Int) {
    guard pods[pod].isRunning, !pods[pod].isStopping, !pods[pod].isTerminating else { return }
    metrics.record(.unhealthy, object: pod, at: now)
    stopContainer(pod)
  }

  /// preStop, then SIGTERM, then SIGKILL at the end of the grace period, 2 s later at least.
  private mutating func stopContainer(_ pod: Int) {
    let template = template(of: pod)
    metrics.record(.killing, object: pod, at: now)
    let grace = template.terminationGracePeriod
    let preStop = min(template.preStopSleep, grace)
    pods[pod].signalDue = now + preStop
    pods[pod].killDue = now + max(grace, preStop + .seconds(2))
    schedule(.terminationSignalDue, pod, at: pods[pod].signalDue)
    schedule(.gracePeriodExpired, pod, at: pods[pod].killDue)
  }

  /// SIGTERM: the process accepts nothing more and leaves when its work is done.
  mutating func terminationSignalDue(_ id: ID<Pod>) {
    let pod = id.int
    guard pods[pod].signalDue == now, pods[pod].isRunning, nodes[Int(pods[pod].node)].isAlive
    else { return }
    pods[pod].signalDue = .never
    pods[pod].isStopping = true
    stopListening(pod)
    if pods[pod].busy == 0 && pods[pod].queueLength == 0 { processDrained(pod) }
  }

  private mutating func stopListening(_ pod: Int) {
    guard pods[pod].isListening else { return }
    pods[pod].isListening = false
    if plan.workloads[Int(pods[pod].workload)].database != nil {
      databaseChanged(workload: Int(pods[pod].workload), isListening: false)
    }
  }

  /// Nothing is left to do for a stopping process.
  mutating func processDrained(_ pod: Int) {
    guard pods[pod].isStopping, pods[pod].isRunning else { return }
    processExited(pod)
  }

  /// SIGKILL.
  mutating func gracePeriodExpired(_ id: ID<Pod>) {
    let pod = id.int
    guard pods[pod].killDue == now, pods[pod].isRunning, nodes[Int(pods[pod].node)].isAlive
    else { return }
    processExited(pod)
  }

  /// The kernel has killed the process: it took more memory than its container may.
  mutating func processRanOutOfMemory(_ pod: Int) {
    metrics.record(.outOfMemory, object: pod, at: now)
    processExited(pod, as: .outOfMemory)
  }

  /// The process has ended, by itself or by a signal.
  mutating func processExited(_ pod: Int, as termination: TerminationReason = .error) {
    pods[pod].isRunning = false
    pods[pod].lastTermination = termination
    pods[pod].signalDue = .never
    pods[pod].killDue = .never
    stopListening(pod)
    abortRequests(on: pod, isSilent: false)
    closeDatabaseConnections(of: pod, isSilent: false)
    pods[pod].lastExit = now
    scheduleLifecycle(.exitNoticed, pod, at: nextRelist(of: Int(pods[pod].node), after: now))
  }

  /// The relist shows the exit: remove the pod, or start the container again after its back-off.
  mutating func exitNoticed(_ id: ID<Pod>) {
    let pod = id.int
    guard isCurrent(pod), !pods[pod].isRunning else { return }
    pods[pod].startIsNoticed = false
    containerStatusChanged(pod)
    if pods[pod].isEvicted && !pods[pod].isTerminating {
      finish(pod, isSuccess: false)
      return planReplacement(of: pod)
    }
    if pods[pod].isTerminating {
      let delay = kubeletDelay(plan.cluster.kubelet.statusDelay, pod, Step.removal)
      scheduleLifecycle(.podObjectRemoved, pod, at: now + delay)
      return
    }
    if isOver(pod) { return finish(pod, isSuccess: pods[pod].endedWell) }
    let wait = nextBackOff(pod)
    if wait > .zero {
      metrics.record(
        .backOff,
        object: pod,
        value: Int(wait.nanoseconds / 1_000_000),
        at: now
      )
    }
    let earliest = pods[pod].lastExit + wait
    scheduleLifecycle(.restartDue, pod, at: max(earliest, now))
  }

  /// CrashLoopBackOff: 0, 10, 20, 40 … 300 s; forgotten after a run of 600 s.
  private mutating func nextBackOff(_ pod: Int) -> SimDuration {
    let ran = pods[pod].lastExit - pods[pod].startedAt
    if ran > .seconds(600) { pods[pod].backOff = .zero }
    let wait = pods[pod].backOff
    pods[pod].backOff = wait == .zero ? .seconds(10) : min(wait * 2, .seconds(300))
    return wait
  }

  /// The back-off is over.
  mutating func restartDue(_ id: ID<Pod>) {
    let pod = id.int
    guard isCurrent(pod), !pods[pod].isRunning, !pods[pod].isTerminating else { return }
    pods[pod].restarts += 1
    jobPodRestarted(pod)
    restartContainer(of: pod)
  }

  // MARK: Eviction

  /// The node gains memory: SIGTERM now, SIGKILL after the 2 s that everybody gets.
  mutating func evictForMemory(_ pod: Int) {
    metrics.record(.evictedForMemory, object: pod, value: Int(pods[pod].node), at: now)
    pods[pod].isEvicted = true
    pods[pod].signalDue = now
    pods[pod].killDue = now + .seconds(2)
    schedule(.terminationSignalDue, pod, at: pods[pod].signalDue)
    schedule(.gracePeriodExpired, pod, at: pods[pod].killDue)
  }

  // MARK: Machines that come and go

  /// The pod's machine is gone, its process with it; nothing that was under way there goes on.
  mutating func processVanished(_ pod: Int) {
    stopProbeWorkers(pod)
    pods[pod].lifecycleDue = .never
    pods[pod].statusDue = .never
    guard pods[pod].isRunning else { return }
    pods[pod].isRunning = false
    pods[pod].signalDue = .never
    pods[pod].killDue = .never
    stopListening(pod)
    abortRequests(on: pod, isSilent: true)
    closeDatabaseConnections(of: pod, isSilent: true)
  }

  /// The machine has rebooted: the pod gets a new sandbox, hence a new address.
  mutating func restartSandbox(of pod: Int) {
    pods[pod].startIsNoticed = false
    pods[pod].statusReady = false
    pods[pod].address = Pod.none
    setReady(pod, false)
    unreadyAddressKnown(ofWorkload: Int(pods[pod].workload))
    guard pods[pod].incarnation > 0 else {
      bringUp(pod)
      return
    }
    pods[pod].restarts += 1
    let sandbox = kubeletDelay(plan.cluster.kubelet.sandbox, pod, Step.sandbox)
    scheduleLifecycle(.sandboxReady, pod, at: now + sandbox)
    startProbeWorkers(pod, at: now, spread: pods[pod].incarnation)
  }

  // MARK: Deletion

  /// `deletionTimestamp` is set: the container is stopped while endpoints follow in parallel.
  mutating func deletePod(_ pod: Int) {
    guard !pods[pod].isTerminating, !pods[pod].isRemoved else { return }
    podDeparts(pod)
    if !pods[pod].isFinished { jobPodEnded(pod, isSuccess: false) }
    pods[pod].deletionRequestedAt = now
    endpointsChanged(ofWorkload: Int(pods[pod].workload))
    guard pods[pod].node >= 0 else {
      remove(pod)
      return
    }
    guard nodes[Int(pods[pod].node)].isAlive else { return }
    if pods[pod].isRunning {
      stopContainer(pod)
    } else {
      scheduleLifecycle(.podObjectRemoved, pod, at: now + .milliseconds(50))
    }
  }

  /// The pod's object is removed from the API, its address returns to the node.
  mutating func podObjectRemoved(_ id: ID<Pod>) {
    let pod = id.int
    guard pods[pod].lifecycleDue == now, !pods[pod].isRemoved else { return }
    remove(pod)
  }

  /// Takes the pod out of the cluster.
  mutating func remove(_ pod: Int) {
    settleLedger(of: pod)
    stopProbeWorkers(pod)
    pods[pod].isRemoved = true
    pods[pod].isReady = false
    pods[pod].removedAt = now
    releaseAddress(of: pod)
    releaseNode(of: pod)
    metrics.record(.deleted, object: pod, at: now)
    let workload = Int(pods[pod].workload)
    endpointsChanged(ofWorkload: workload)
    podChanged(pod)
    retryUnschedulablePods()
  }

  /// The address belongs to nobody now.
  ///
  /// The row keeps it for reports.
  mutating func releaseAddress(of pod: Int) {
    let address = pods[pod].address
    guard address != Pod.none, addresses[Int(address)] == UInt32(pod) else { return }
    addresses[Int(address)] = Pod.none
  }
}
