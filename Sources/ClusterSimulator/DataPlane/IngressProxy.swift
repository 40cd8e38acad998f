import SimKernel

/// A request that comes by an Ingress: cloud load balancer → controller → pod.
///
///     user ──► controller ──► pod ──► answered ─────────────────────────► user
///                 ▲   └──► refused, silent, broken ──► next pod, or 502, 504
///                 └── no ready endpoint: 503; no rule: 404
///
/// The user's request waits in state `proxying` while its child, a request of the controller's own,
/// is at a pod. ingress-nginx talks to pods directly and chooses for each request; it passes a
/// request on as `proxy-next-upstream` allows, and one that may change something only while it has
/// not been sent. Left out: TLS, rewriting, sticky sessions, limits, error pages of one's own.
extension Simulation {
  /// The byte of the attempt path that counts a controller's tries.
  private static var tryShift: UInt32 { 24 }

  /// A user's request reaches a controller, if one can be reached.
  @inline(never)
  mutating func enterByIngress(_ slot: UInt32) {
    guard let instance = chooseController(slot) else {
      connectionFailed(slot, .unresolved, .loadBalancerPending)
      return
    }
    let node = Int(ingress.instances[instance].node)
    guard nodes[node].isAlive else {
      // Nobody answers; should the machine return, the user has given up or tries again.
      requests[slot].state = .connecting
      requests[slot].address = nodes[node].firstAddress
      return
    }
    let rule = ingress.rules[Int(calls[Int(requests[slot].call)].ingress)]
    if rule.plan.backend == .none {
      conclude(slot, .wrongApplication, .noIngressRule)
      return
    }
    requests[slot].podOrdinal = UInt32(instance)
    requests[slot].tries = 0
    guard let address = nextUpstream(slot, rule) else {
      conclude(slot, .rejected, .noUpstream)
      return
    }
    requests[slot].state = .proxying
    send(slot, to: address, rule)
  }

  /// The controller that a user's connection ends at; `nil` when there is no way to any.
  private func chooseController(_ slot: UInt32) -> Int? {
    let request = requests[slot]
    var generator = calls[Int(request.call)].resolving.generator(
      clients[Int(request.client)].key,
      request.ordinal,
      request.attemptPath
    )
    let count = UInt32(ingress.instances.count)
    guard case .loadBalancer(let provider) = plan.cluster.ingress.exposure else {
      return Int(generator.below(count))
    }
    guard provider != nil else { return nil }
    let healthy = ingress.healthyCount
    // All unhealthy: load balancers fail open.
    guard healthy > 0 else { return Int(generator.below(count)) }
    var rest = generator.below(healthy)
    for index in ingress.instances.indices where ingress.instances[index].isHealthy {
      if rest == 0 { return index }
      rest -= 1
    }
    return nil
  }

  /// The controller's next pod for the rule's Service, `nil` when it knows of none.
  private mutating func nextUpstream(
    _ slot: UInt32,
    _ rule: IngressControllers.Rule
  ) -> UInt32? {
    let instance = Int(requests[slot].podOrdinal)
    let cell = instance * ingress.services + Int(rule.service)
    let list = ingress.upstreams[cell].live
    let count = UInt32(viewers.lists.count(list))
    guard count > 0 else { return nil }
    let place = ingress.upstreams[cell].cursor % count
    ingress.upstreams[cell].cursor = place &+ 1
    return viewers.lists[list, Int(place)]
  }

  /// The controller gives the request to a pod, over an idle connection if it has one.
  private mutating func send(
    _ slot: UInt32,
    to address: UInt32,
    _ rule: IngressControllers.Rule
  ) {
    let user = requests[slot]
    requests[slot].address = address
    let child = requests.insert(
      Request(
        ordinal: user.ordinal,
        client: user.client,
        call: rule.upstreamCall,
        // The first try draws what the user's own request would have drawn at the pod.
        attemptPath: user.attemptPath | UInt32(user.tries) &<< Self.tryShift,
        depth: user.depth,
        isCounted: user.isCounted,
        window: user.window,
        parent: slot,
        callerPod: user.callerPod,
        startedAt: now
      )
    )
    requests[slot].child = child
    requests[slot].tries = user.tries &+ 1
    metrics.attemptStarted(
      call: Int(rule.upstreamCall),
      client: Int(user.client),
      isFirst: user.tries == 0,
      isCounted: user.isCounted
    )
    if let pod = takeIdleConnection(Int(user.podOrdinal), address, rule.plan) {
      arm(deadlineOf: child, at: now + rule.plan.readTimeout)
      if nodes[Int(pods[Int(pod)].node)].isAlive {
        admit(child, to: pod)
      } else {
        // The segments go unanswered, which is no news for as long as TCP sends them again.
        requests[child].state = .lost
      }
      return
    }
    requests[child].address = address
    if case .listening(let pod) = answer(at: address, for: Int(rule.upstreamCall)) {
      arm(deadlineOf: child, at: now + rule.plan.readTimeout)
      admit(child, to: pod)
    } else {
      arm(deadlineOf: child, at: now + rule.plan.connectTimeout)
      open(child, to: address)
    }
  }

  /// A SYN sent again has found its pod.
  mutating func armReadTimeout(_ child: UInt32) {
    disarmDeadline(of: child)
    arm(deadlineOf: child, at: now + calls[Int(requests[child].call)].timeout)
  }

  // MARK: Answers

  /// A pod has answered the controller, or has not.
  @inline(never)
  mutating func upstreamAnswered(_ slot: UInt32, _ outcome: Outcome, _ cause: Cause) {
    let rule = ingress.rules[Int(calls[Int(requests[slot].call)].ingress)]
    if isAnswer(outcome) { keepConnection(slot, rule.plan) }
    if mayPassOn(slot, after: outcome, rule.plan), let address = nextUpstream(slot, rule) {
      send(slot, to: address, rule)
      return
    }
    switch outcome {
    case .refused, .hostUnreachable: conclude(slot, .serverError, .upstreamRefused)
    case .reset: conclude(slot, .serverError, .upstreamReset)
    case .connectTimedOut: conclude(slot, .serverError, .upstreamConnectTimedOut)
    case .timedOut: conclude(slot, .serverError, .upstreamReadTimedOut)
    default: conclude(slot, outcome, cause)
    }
  }

  /// Whether the pod said something itself.
  private func isAnswer(_ outcome: Outcome) -> Bool {
    switch outcome {
    case .succeeded, .rejected, .serverError: true
    default: false
    }
  }

  /// Whether the next pod may have the request: `proxy_next_upstream`.
  private func mayPassOn(
    _ slot: UInt32,
    after outcome: Outcome,
    _ rule: IngressRulePlan
  ) -> Bool {
    let condition: IngressRulePlan.NextUpstream
    var wasSent = true
    switch outcome {
    case .refused, .hostUnreachable: (condition, wasSent) = (.error, false)
    case .connectTimedOut: (condition, wasSent) = (.timeout, false)
    case .reset: condition = .error
    case .timedOut: condition = .timeout
    case .rejected: condition = .http503
    case .serverError: condition = .http500
    default: return false
    }
    guard rule.nextUpstream.contains(condition),
      !wasSent || rule.isIdempotent || rule.nextUpstream.contains(.nonIdempotent)
    else { return false }
    let user = requests[slot]
    if Int(user.tries) >= rule.tries { return false }
    return rule.triesTimeout == .zero || now - user.startedAt < rule.triesTimeout
  }

  /// The user is gone, or the controller: the pod goes on for nobody; says why nothing came.
  mutating func abandonUpstream(_ slot: UInt32) -> Cause {
    let child = requests[slot].child
    guard child != Request.none else { return .slowService }
    requests[slot].child = Request.none
    let cause: Cause =
      switch requests[child].state {
      case .connecting: Network.causeOfSilence(at: requests[child].address)
      case .lost: .serverDied
      case .queued: .waitingInBacklog
      default: .slowService
      }
    abandon(child, .timedOut, cause)
    return cause
  }

  // MARK: Idle connections

  /// An idle connection to the address, as long as the process at its end is not known to be gone.
  private mutating func takeIdleConnection(
    _ instance: Int,
    _ address: UInt32,
    _ rule: IngressRulePlan
  ) -> UInt32? {
    let cell = instance * addresses.count + Int(address)
    let row = ingress.idle[cell]
    guard row.count > 0 else { return nil }
    let pod = pods[Int(row.pod)]
    let isLost = !nodes[Int(pod.node)].isAlive
    guard now - row.lastUsed <= rule.keepaliveTimeout, pod.incarnation == row.incarnation,
      isLost || pod.isListening
    else {
      // Idled out, or closed from the other side.
      ingress.idle[cell].count = 0
      return nil
    }
    ingress.idle[cell].count -= 1
    return row.pod
  }

  /// The answer is complete: the connection is kept for another request.
  private mutating func keepConnection(_ slot: UInt32, _ rule: IngressRulePlan) {
    let address = Int(requests[slot].address)
    let owner = addresses[address]
    guard rule.keepaliveConnections > 0, owner != Pod.none, pods[Int(owner)].isListening else {
      return
    }
    let cell = Int(requests[slot].podOrdinal) * addresses.count + address
    let incarnation = pods[Int(owner)].incarnation
    if ingress.idle[cell].pod != owner || ingress.idle[cell].incarnation != incarnation {
      ingress.idle[cell].count = 0
    }
    ingress.idle[cell].pod = owner
    ingress.idle[cell].incarnation = incarnation
    ingress.idle[cell].lastUsed = now
    ingress.idle[cell].count = min(
      ingress.idle[cell].count + 1,
      Int32(clamping: rule.keepaliveConnections)
    )
  }
}
