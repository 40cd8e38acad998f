import SimKernel

extension Simulation {
  /// Closes the books at the horizon.
  consuming func finish() -> RunResult {
    if Int(metrics.currentWindow) < metrics.windowCount { sampleWorkloads() }
    if recording.details { samplePods() }
    metrics.closeAllWindows()
    var result = RunResult(seed: seed, replication: replication)
    result.clients = plan.clients.indices.map { metrics.result(ofClient: $0, at: now) }
    result.calls = callResults()
    countInFlight(in: &result)
    result.pods = (0..<pods.count).map { podResult($0) }
    result.workloadWindows = metrics.workloadWindows
    result.podWindows = metrics.podWindows
    result.events = metrics.events
    result.diagnoses = metrics.diagnoses
    result.views = metrics.views
    result.fingerprint = metrics.fingerprint.value
    result.eventsProcessed = eventsProcessed
    result.probes = metrics.probes
    return result
  }

  private func callResults() -> [CallResult] {
    let cells = Metrics.outcomes * Metrics.causes
    return (0..<calls.count).map { call in
      let spec = calls[call]
      let name =
        spec.route == .upstream
        ? plan.clients[Int(spec.client)].call.name + "-upstream"
        : spec.client >= 0
          ? plan.clients[Int(spec.client)].call.name
          : plan.workloads[Int(spec.workload)].server
            .calls[call - Int(servers[replicaSets.firstTemplate[Int(spec.workload)]].firstCall)]
            .name
      var row = CallResult(workload: Int(spec.workload), client: Int(spec.client), name: name)
      row.requests = metrics.calls[call].requests
      row.attempts = metrics.calls[call].attempts
      row.lookups = metrics.lookups[call]
      row.ended = (0..<cells).map { metrics.ended[call * cells + $0] }
      return row
    }
  }

  /// Everything undecided at the horizon, so that offered = succeeded + failed + in flight.
  private func countInFlight(in result: inout RunResult) {
    for slot in 0..<UInt32(requests.capacity) where requests.isLive(slot) {
      let request = requests[slot]
      guard request.probe == 0, !request.isOrphan, request.isCounted else { continue }
      let isWaitingUser = request.state == .backingOff && request.pod == Request.none
      if !isWaitingUser { result.calls[Int(request.call)].inFlight += 1 }
      if request.callerPod == Pod.none && request.parent == Request.none {
        result.clients[Int(request.client)].inFlight += 1
        result.clients[Int(request.client)].sojournSum +=
          Int128((now - request.startedAt).nanoseconds)
      }
    }
  }

  private mutating func podResult(_ pod: Int) -> PodResult {
    settleLedger(of: pod)
    settleCPU(of: pod)
    let row = pods[pod]
    var result = PodResult(
      workload: Int(row.workload),
      name: name(ofPod: pod),
      node: Int(row.node),
      createdAt: row.createdAt
    )
    result.address = row.address == Pod.none ? 0 : ipv4(row.address)
    result.deletedAt = row.removedAt
    result.requests = row.requests
    result.rejected = row.rejected
    result.restarts = Int(row.restarts)
    result.busyIntegral = row.busyTime.integral(at: now)
    result.queueIntegral = row.queueTime.integral(at: now)
    result.ready = row.readyTime
    result.idle = row.idleTime
    result.cpuCoreNanoseconds = row.cpuUsed
    return result
  }
}
