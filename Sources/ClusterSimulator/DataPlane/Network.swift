import SimKernel

/// From an address to a process: what happens to a SYN.
///
/// Owns the address table. An address is a number of the cluster's pool (node and offset); its
/// owner is the pod that holds it, or nobody. Outcomes follow Linux: a live node answers for a
/// closed port with a reset at once, for an absent pod with "no route to host" after three
/// seconds, and a dead node does not answer at all. Left out: latency and loss of packets.
enum Network {
  /// Seconds after the first SYN at which Linux ≥ 6.5 repeats it (`tcp_syn_linear_timeouts` = 4).
  static func synOffset(_ retransmission: UInt8) -> SimDuration? {
    switch retransmission {
    case 1...5: .seconds(Int64(retransmission))
    case 6: .seconds(7)
    case 7: .seconds(11)
    case 8: .seconds(19)
    case 9: .seconds(35)
    case 10: .seconds(67)
    default: nil
    }
  }
  /// Neighbour discovery fails on a node that is up but has no such pod.
  static let hostUnreachableDelay = SimDuration.milliseconds(3_050)
  /// `proxy_connect_timeout` as ingress-nginx sets it.
  static let ingressConnectTimeout = SimDuration.seconds(5)

  /// Stands for an address where a list has none; says which of the reserved lists it was.
  @inline(__always)
  static func nowhere(_ list: UInt32) -> UInt32 { Request.none &- list }
  /// Addresses of pods are below this.
  static let firstNowhere = Request.none - EndpointLists.undefinedPort

  /// Why nobody answers at an address.
  static func causeOfSilence(at address: UInt32) -> Cause {
    switch Request.none &- address {
    case EndpointLists.dropped: .noLocalEndpoint
    case EndpointLists.unowned: .unownedClusterIP
    case EndpointLists.undefinedPort: .undefinedPort
    default: .deadAddress
    }
  }

  /// What answers at an address.
  enum Answer {
    case listening(UInt32)
    case refused(Cause)
    case wrongApplication
    case silence
    case unreachable
  }
}

extension Simulation {
  /// Sends an attempt on its way: over a pooled connection or a new one.
  @inline(__always)
  mutating func connect(_ slot: UInt32) {
    if calls[Int(requests[slot].call)].isDirect {
      open(slot, to: pickAddress(for: slot))
    } else {
      connectIndirectly(slot)
    }
  }

  /// By a pool, or to an address that has to be found out first.
  @inline(never)
  private mutating func connectIndirectly(_ slot: UInt32) {
    if calls[Int(requests[slot].call)].reuse == .perRequest {
      discover(slot)
    } else {
      connectPooled(slot)
    }
  }

  /// Chooses an address for a request with a connection of its own.
  @inline(__always)
  mutating func pickAddress(for slot: UInt32) -> UInt32 {
    let request = requests[slot]
    let call = Int(request.call)
    if calls[call].route == .ingress { return chooseUpstream(slot) }
    return pickAddress(
      call: call,
      callerPod: request.callerPod,
      client: Int(request.client),
      stream: calls[call].choosing,
      entity: clients[Int(request.client)].key,
      ordinal: request.ordinal,
      attempt: request.attemptPath
    )
  }

  /// Chooses an address by the call's routing, uniformly among those the caller believes in.
  @inline(__always)
  func pickAddress(
    call: Int,
    callerPod: UInt32,
    client: Int,
    stream: RandomStream,
    entity: UInt64,
    ordinal: UInt64,
    attempt: UInt32
  ) -> UInt32 {
    if calls[call].route == .hardcodedIP {
      let size = UInt32(truncatingIfNeeded: calls[call].hardcodedCount)
      guard size > 0 else { return Request.none }
      var generator = stream.generator(entity, ordinal, attempt)
      return hardcoded[Int(calls[call].hardcodedStart) &+ Int(generator.below(size))]
    }
    let viewer =
      callerPod == Pod.none ? Int(clients[client].viewer) : Int(pods[Int(callerPod)].node)
    let list = viewers.programmedList(viewer: viewer, view: Int(calls[call].view))
    let count = UInt32(truncatingIfNeeded: viewers.lists.count(list))
    guard count > 0 else { return Network.nowhere(list) }
    var generator = stream.generator(entity, ordinal, attempt)
    return viewers.lists[list, Int(generator.below(count))]
  }

  /// Opens a connection to an address for a request.
  @inline(__always)
  mutating func open(_ slot: UInt32, to address: UInt32) {
    guard address < Network.firstNowhere else {
      openNowhere(slot, at: address)
      return
    }
    switch answer(at: address, for: Int(requests[slot].call)) {
    case .listening(let pod): established(slot, pod)
    case .refused(let cause): refused(slot, cause)
    case .wrongApplication: connectionFailed(slot, .wrongApplication, .reusedAddress)
    case .silence: awaitAnswer(slot, at: address)
    case .unreachable: awaitUnreachable(slot, at: address)
    }
  }

  /// What a SYN to the address meets right now.
  @inline(__always)
  func answer(at address: UInt32, for call: Int) -> Network.Answer {
    guard nodes[Int(address >> addressShift)].isAlive else { return .silence }
    let owner = addresses[Int(address)]
    guard owner != Pod.none else { return .unreachable }
    let workload = Int(pods[Int(owner)].workload)
    let target = serviceTargets[Int(calls[call].target) &* workloadCount &+ workload]
    guard pods[Int(owner)].isListening,
      servers[Int(pods[Int(owner)].template)].port == abs(target)
    else {
      return .refused(target >= 0 ? .notListening : .reusedAddress)
    }
    return target >= 0 ? .listening(owner) : .wrongApplication
  }

  /// The virtual address leads to no pod: rejected, or never answered.
  @inline(never)
  private mutating func openNowhere(_ slot: UInt32, at address: UInt32) {
    switch Request.none &- address {
    case EndpointLists.empty: connectionFailed(slot, .refused, .noEndpoints)
    // nftables rejects ports without a rule, ipvs those of its own addresses without one; with
    // iptables nothing matches and the packets leave the node for nowhere.
    case EndpointLists.undefinedPort where plan.cluster.kubeProxy.mode != .iptables:
      connectionFailed(slot, .refused, .undefinedPort)
    default: awaitAnswer(slot, at: address)
    }
  }

  /// The handshake is done: the request reaches the server.
  @inline(__always)
  mutating func established(_ slot: UInt32, _ pod: UInt32) {
    if requests[slot].connection != Connection.none { connectionEstablished(slot, pod) }
    admit(slot, to: pod)
  }

  /// A reset came back.
  ///
  /// An ingress goes on to its next upstream; others report it.
  @inline(never)
  private mutating func refused(_ slot: UInt32, _ cause: Cause) {
    if tryNextUpstream(slot) { return }
    connectionFailed(slot, .refused, cause)
  }

  /// No connection came about; the attempt is over.
  @inline(never)
  mutating func connectionFailed(_ slot: UInt32, _ outcome: Outcome, _ cause: Cause) {
    releaseConnection(of: slot, isUsable: false)
    conclude(slot, outcome, cause)
  }

  /// Whether an ingress moved the request on to another upstream.
  private mutating func tryNextUpstream(_ slot: UInt32) -> Bool {
    let request = requests[slot]
    guard calls[Int(request.call)].route == .ingress, request.connection == Connection.none,
      request.connectTries &+ 1 < clients[Int(request.client)].ingressTries
    else { return false }
    leaveUpstream(slot)
    requests[slot].connectTries = request.connectTries &+ 1
    open(slot, to: chooseUpstream(slot))
    return true
  }

  /// Nobody answers: the kernel repeats the SYN to the same address, or the ingress gives up.
  @inline(never)
  private mutating func awaitAnswer(_ slot: UInt32, at address: UInt32) {
    requests[slot].state = .connecting
    requests[slot].address = address
    let call = Int(requests[slot].call)
    if calls[call].route == .ingress {
      arm(stepOf: slot, .connectStepDue, at: now + Network.ingressConnectTimeout)
      return
    }
    requests[slot].connectTries = 1
    armRetransmission(slot, firstSynAt: now)
  }

  /// Arms the next repetition of the SYN, if there is one before the caller gives up.
  private mutating func armRetransmission(_ slot: UInt32, firstSynAt: SimTime) {
    guard let offset = Network.synOffset(requests[slot].connectTries) else { return }
    let time = firstSynAt + offset
    guard time < requests[slot].deadline else { return }
    requests[slot].completionDue = firstSynAt
    arm(stepOf: slot, .connectStepDue, at: time)
  }

  /// A repeated SYN goes out, or the ingress's connect timeout is over.
  mutating func connectStepDue(_ slot: UInt32) {
    guard requests.isLive(slot), requests[slot].stepDue == now,
      requests[slot].state == .connecting
    else { return }
    requests[slot].stepDue = .never
    let call = Int(requests[slot].call)
    if calls[call].route == .ingress {
      if !tryNextUpstream(slot) { connectionFailed(slot, .connectTimedOut, .deadAddress) }
      return
    }
    let firstSynAt = requests[slot].completionDue
    var address = requests[slot].address
    // A dropped SYN leaves no conntrack entry behind: its repetition meets the rules of the moment.
    if address == Network.nowhere(EndpointLists.dropped) { address = chooseAgain(slot) }
    if isSilent(address, for: call) {
      requests[slot].address = address
      requests[slot].connectTries &+= 1
      armRetransmission(slot, firstSynAt: firstSynAt)
    } else {
      requests[slot].completionDue = .never
      if calls[call].route == .upstream { armReadTimeout(slot) }
      open(slot, to: address)
    }
  }

  /// Whether a repeated SYN to the address goes unanswered, too.
  private func isSilent(_ address: UInt32, for call: Int) -> Bool {
    if address >= Network.firstNowhere { return address != Request.none }
    if case .silence = answer(at: address, for: call) { return true }
    return false
  }

  /// Chooses by the rules of the moment for a connection that got no answer from them.
  private mutating func chooseAgain(_ slot: UInt32) -> UInt32 {
    guard calls[Int(requests[slot].call)].isPlain else { return chooseByRules(slot) }
    return requests[slot].connection == Connection.none
      ? pickAddress(for: slot) : pickAddress(forConnectionOfRequest: slot)
  }

  /// The node is up, the pod is not: the kernel says so after three seconds.
  @inline(never)
  private mutating func awaitUnreachable(_ slot: UInt32, at address: UInt32) {
    requests[slot].state = .connecting
    requests[slot].address = address
    let time = now + Network.hostUnreachableDelay
    guard time < requests[slot].deadline else { return }
    arm(stepOf: slot, .hostUnreachableDue, at: time)
  }

  /// The kernel reports "no route to host".
  mutating func hostUnreachableDue(_ slot: UInt32) {
    guard requests.isLive(slot), requests[slot].stepDue == now,
      requests[slot].state == .connecting
    else { return }
    requests[slot].stepDue = .never
    if tryNextUpstream(slot) { return }
    connectionFailed(slot, .hostUnreachable, .deadAddress)
  }

  /// Writes the pod addresses that stand now into a call's configuration, for good.
  mutating func captureConfiguration(call: Int) {
    let service = Int(calls[call].service)
    calls[call].hardcodedStart = Int32(hardcoded.count)
    for pod in 0..<pods.count
    where pods[pod].isReady && pods[pod].address != Pod.none && !pods[pod].isTerminating
      && endpointSlices.selects(service: service, workload: Int(pods[pod].workload))
    {
      _ = hardcoded.append(pods[pod].address)
    }
    calls[call].hardcodedCount = Int32(hardcoded.count) - calls[call].hardcodedStart
    recordConfiguration(call: call)
  }
}
