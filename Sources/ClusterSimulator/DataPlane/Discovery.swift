import SimKernel

/// From a call's target to an address, where that takes more than a look at the node's rules.
///
///     name ──► resolver (cache) ──► CoreDNS ──► ClusterIP ──► proxy on the node ──► address
///                                          └──► records ────────────────────────► address
///     variable (container creation) ─────────► ClusterIP ──► …
///     node port, load balancer ──► a node ──► proxy on that node ────────────────► address
///     ExternalName ──► a host outside the cluster, which answers by a law of its own
///
/// Calls that need none of this (`CallSpec.isPlain`) never come here. Owns `Resolver`.
extension Simulation {
  /// A connection is to be opened for a request whose address is not settled yet.
  @inline(never)
  mutating func discover(_ slot: UInt32) {
    let resolver = ownResolver(of: slot)
    switch calls[Int(requests[slot].call)].route {
    case .environment: readEnvironment(slot, resolver)
    case .nodePort, .loadBalancer: enterByNode(slot)
    case .ingressRule: enterByIngress(slot)
    case .hardcodedIP, .ingress, .upstream: open(slot, to: pickAddress(for: slot))
    case .dns, .headless, .podName, .external:
      if now < resolvers[resolver].validUntil {
        nameResolved(slot, resolver)
      } else {
        lookUp(slot, resolver)
      }
    }
  }

  // MARK: Names

  private mutating func lookUp(_ slot: UInt32, _ resolver: Int) {
    if let outage = dns.outage, !isAnsweredOnNode(slot) {
      lookUpInVain(slot, outage)
      return
    }
    let time = now + lookupTime(slot, resolver)
    if time == now {
      takeAnswer(slot, resolver)
      nameResolved(slot, resolver)
      return
    }
    requests[slot].state = .resolving
    guard time < requests[slot].deadline else { return }
    arm(stepOf: slot, .lookupAnswered, at: time)
  }

  /// No pod of CoreDNS answers: the resolver asks again after a while, or is told at once.
  ///
  /// glibc tries the rest of the search path after SERVFAIL, and gives up the lookup after silence.
  private mutating func lookUpInVain(_ slot: UInt32, _ outage: DNSPlan.Outage) {
    let call = Int(requests[slot].call)
    requests[slot].state = .resolving
    if outage == .silent {
      requests[slot].connectTries = 1
      count(queries: 1, of: slot)
      armRepeatedQuery(slot)
      return
    }
    let queries = outage == .servfail ? Int(calls[call].queriesToDeny) : plan.cluster.dns.attempts
    count(queries: queries, of: slot)
    countFailedLookup(slot)
    connectionFailed(
      slot,
      .unresolved,
      outage == .servfail ? .nameServerFailed : .nameServerRefused
    )
  }

  private mutating func armRepeatedQuery(_ slot: UInt32) {
    let time = now + plan.cluster.dns.queryTimeout
    guard time < requests[slot].deadline else { return }
    arm(stepOf: slot, .queryTimedOut, at: time)
  }

  private mutating func count(queries: Int, of slot: UInt32) {
    guard requests[slot].isCounted else { return }
    metrics.lookups[Int(requests[slot].call)].queries &+= queries
  }

  /// Counts a lookup that met an outage.
  mutating func countFailedLookup(_ slot: UInt32) {
    guard requests[slot].isCounted else { return }
    metrics.lookups[Int(requests[slot].call)].lookups &+= 1
    metrics.lookups[Int(requests[slot].call)].failed &+= 1
  }

  /// The resolver has waited long enough for an answer: it asks again, or gives up.
  mutating func queryTimedOut(_ slot: UInt32) {
    guard requests.isLive(slot), requests[slot].stepDue == now,
      requests[slot].state == .resolving
    else { return }
    requests[slot].stepDue = .never
    if Int(requests[slot].connectTries) >= plan.cluster.dns.attempts {
      requests[slot].connectTries = 0
      countFailedLookup(slot)
      connectionFailed(slot, .unresolved, .nameServerSilent)
    } else if dns.outage == .silent {
      requests[slot].connectTries &+= 1
      count(queries: 1, of: slot)
      armRepeatedQuery(slot)
    } else {
      requests[slot].connectTries = 0
      lookUp(slot, ownResolver(of: slot))
    }
  }

  /// The name server's answer is there.
  mutating func lookupAnswered(_ slot: UInt32) {
    guard requests.isLive(slot), requests[slot].stepDue == now,
      requests[slot].state == .resolving
    else { return }
    requests[slot].stepDue = .never
    let resolver = ownResolver(of: slot)
    takeAnswer(slot, resolver)
    nameResolved(slot, resolver)
  }

  private mutating func nameResolved(_ slot: UInt32, _ resolver: Int) {
    let call = Int(requests[slot].call)
    guard hasAnswer(resolver, call) else {
      connectionFailed(slot, .unresolved, .nameNotFound)
      return
    }
    switch calls[call].route {
    case .headless: open(slot, to: chooseRecord(slot, resolver))
    case .podName: open(slot, to: resolvers[resolver].address)
    case .external where resolvers[resolver].isOutside: callOutside(slot)
    default: traverseRules(slot)
    }
  }

  /// One of the addresses behind a headless name.
  private mutating func chooseRecord(_ slot: UInt32, _ resolver: Int) -> UInt32 {
    let list = resolvers[resolver].records
    let all = UInt32(viewers.lists.count(list))
    let count = resolvers[resolver].visible
    var place = resolvers[resolver].cursor % count
    switch calls[Int(requests[slot].call)].choice {
    case .first: break
    case .random:
      var generator = connectionDraws(slot)
      place = generator.below(count)
    case .roundRobin: resolvers[resolver].cursor = (place &+ 1) % count
    }
    return viewers.lists[list, Int((resolvers[resolver].first &+ place) % all)]
  }

  // MARK: Environment variables

  /// The variables were written when the container was created, and stand until the next one.
  private mutating func readEnvironment(_ slot: UInt32, _ resolver: Int) {
    let call = Int(requests[slot].call)
    if resolvers[resolver].validUntil != .never {
      let service = Int(calls[call].service)
      resolvers[resolver].life = dns.life(ofService: service, at: snapshotTime(slot, service))
      resolvers[resolver].validUntil = .never
    }
    if resolvers[resolver].life == 0 {
      connectionFailed(slot, .unresolved, .variableNotSet)
    } else {
      traverseRules(slot)
    }
  }

  /// The time as of which a container's variables show a Service.
  ///
  /// The kubelet knows of a Service only after a watch delay.
  private func snapshotTime(_ slot: UInt32, _ service: Int) -> SimTime {
    let caller = requests[slot].callerPod
    guard caller != Pod.none else { return .zero }
    let pod = pods[Int(caller)]
    let delay = plan.cluster.kubelet.watchDelay.draw(
      calls[Int(requests[slot].call)].resolving,
      endpointSlices.keys[service],
      nodes[Int(pod.node)].key
    )
    return pod.containerCreatedAt - delay
  }

  // MARK: Through the node's rules

  /// A SYN to the ClusterIP walks the node's rules; with iptables the more, the longer they are.
  private mutating func traverseRules(_ slot: UInt32) {
    let delay = calls[Int(requests[slot].call)].rulesDelay
    if delay == .zero {
      openThroughProxy(slot)
      return
    }
    requests[slot].state = .connecting
    requests[slot].address = Request.none
    guard now + delay < requests[slot].deadline else { return }
    arm(stepOf: slot, .rulesTraversed, at: now + delay)
  }

  /// The SYN has found its rule.
  mutating func rulesTraversed(_ slot: UInt32) {
    guard requests.isLive(slot), requests[slot].stepDue == now,
      requests[slot].state == .connecting
    else { return }
    requests[slot].stepDue = .never
    openThroughProxy(slot)
  }

  private mutating func openThroughProxy(_ slot: UInt32) {
    open(slot, to: chooseByRules(slot))
  }

  /// The endpoint that the rules give a new connection to the ClusterIP.
  mutating func chooseByRules(_ slot: UInt32) -> UInt32 {
    let call = Int(requests[slot].call)
    let caller = requests[slot].callerPod
    if calls[call].route == .nodePort || calls[call].route == .loadBalancer {
      return chooseAtNode(slot)
    }
    let service = Int(calls[call].service)
    // An older life's ClusterIP belongs to nobody any more.
    let life = resolvers[ownResolver(of: slot)].life
    guard life == dns.newest[service] else { return Network.nowhere(EndpointLists.unowned) }
    let viewer =
      caller == Pod.none
      ? Int(clients[Int(requests[slot].client)].viewer)
      : Int(pods[Int(caller)].node)
    return chooseEndpoint(slot, viewer: viewer)
  }

  /// The draws for the connection that a request opens.
  ///
  /// The same as those of plain calls, so that a change of routing alone moves nobody.
  mutating func connectionDraws(_ slot: UInt32) -> Generator {
    let request = requests[slot]
    if request.connection == Connection.none {
      return calls[Int(request.call)].choosing.generator(
        clients[Int(request.client)].key,
        request.ordinal,
        request.attemptPath
      )
    }
    return drawsOfPool(Int(connections[Int(request.connection)].pool))
  }

  // MARK: Outside

  /// The CNAME leads to a host that is not simulated: it answers after a while, or fails.
  private mutating func callOutside(_ slot: UInt32) {
    let request = requests[slot]
    let host = externalHosts[Int(calls[Int(request.call)].external)]
    var generator = host.stream.generator(
      clients[Int(request.client)].key,
      request.ordinal,
      request.attemptPath
    )
    let time = now + host.latency.duration(&generator, samplers)
    requests[slot].state = .outside
    guard now < host.until, time < request.deadline else { return }
    arm(stepOf: slot, .externalAnswered, at: time)
  }

  /// The host outside has answered.
  mutating func externalAnswered(_ slot: UInt32) {
    guard requests.isLive(slot), requests[slot].stepDue == now,
      requests[slot].state == .outside
    else { return }
    requests[slot].stepDue = .never
    let request = requests[slot]
    let host = externalHosts[Int(calls[Int(request.call)].external)]
    var generator = host.stream.generator(
      clients[Int(request.client)].key &+ 1,
      request.ordinal,
      request.attemptPath
    )
    // Connections to hosts that are not simulated are none to keep.
    releaseConnection(of: slot, isUsable: false)
    if generator.below(1_000_000) < UInt32(host.failuresPPM) {
      conclude(slot, .serverError, .externalHostFailed)
    } else {
      conclude(slot, .succeeded, .none)
    }
  }

  // MARK: Before the run

  /// The way a call takes.
  func route(of call: CallPlan) -> CallSpec.Route {
    if call.ingress != nil { return .ingressRule }
    if plan.services[call.service].externalHost != nil { return .external }
    return switch call.routing {
    case .hardcodedIP: .hardcodedIP
    case .dns: .dns
    case .ingress: .ingress
    case .headless: .headless
    case .podName: .podName
    case .environment: .environment
    case .nodePort: .nodePort
    case .loadBalancer: .loadBalancer
    }
  }

  /// What a proxy shows those who come this way.
  func view(of call: CallPlan, _ route: CallSpec.Route) -> Int {
    route == .nodePort || route == .loadBalancer
      ? endpointSlices.views.external[call.service] : call.service
  }

  /// Whether the node's rules or the configured list say all there is to know.
  ///
  /// A name that always resolves at once to a Service that is always there costs nothing.
  func isPlain(_ call: CallPlan, _ route: CallSpec.Route) -> Bool {
    guard route == .dns else { return route == .hardcodedIP || route == .ingress }
    let service = plan.services[call.service]
    let proxy = plan.cluster.kubeProxy
    return plan.cluster.dns.latency.high == .zero && proxy.mode != .ipvs
      && (proxy.mode != .iptables || plan.longRules == 0)
      && service.affinityTimeout == nil && service.isPresentAtStart
      && !plan.faults.contains { if case .dnsOutage = $0 { true } else { false } }
      && !plan.serviceOperations.contains {
        if case .select = $0.action { return false }
        return $0.service == call.service
      }
  }

  /// Fills in what calls need that are not plain.
  mutating func addDiscovery(to spec: inout CallSpec, _ call: CallPlan) {
    let service = plan.services[call.service]
    spec.queriesToFind = UInt8(clamping: call.lookup.queriesToFind)
    spec.queriesToDeny = UInt8(clamping: call.lookup.queriesToDeny)
    spec.nameCache = call.lookup.cache
    spec.negativeNameCache = call.lookup.negativeCache
    spec.recordsInMessage = UInt32(clamping: call.lookup.recordsInMessage)
    spec.fallsBackToTCP = call.lookup.fallsBackToTCP
    spec.affinity = service.affinityTimeout ?? .zero
    spec.rulesDelay = rulesDelay(of: call.service)
    switch call.routing {
    case .headless(let choice): spec.choice = choice
    case .podName(let ordinal): spec.ordinal = Int32(clamping: ordinal)
    case .nodePort(let node?): spec.ordinal = Int32(clamping: node)
    default: break
    }
    if let host = service.externalHost {
      spec.external = Int32(externalHosts.count)
      externalHosts.append(
        ExternalHost(
          latency: samplers.register(host.latency),
          failuresPPM: Int32(clamping: host.failuresPPM),
          until: host.until.map { .zero + $0 } ?? .never,
          stream: draws.stream("external", service.name)
        )
      )
    }
  }

  /// A Service's rule stands anywhere among those of all others, for the whole run.
  private func rulesDelay(of service: Int) -> SimDuration {
    let proxy = plan.cluster.kubeProxy
    guard proxy.mode == .iptables, plan.longRules > 0 else { return .zero }
    let perThousand = proxy.connectPerThousand.draw(
      draws.kubeProxy,
      endpointSlices.keys[service],
      UInt64.max
    )
    return SimDuration(
      nanoseconds: perThousand.nanoseconds * Int64(plan.longRules) / 1_000
    )
  }

  /// Calls of one caller to the same Service are one client to its affinity.
  mutating func shareAffinity() {
    for call in calls.indices {
      let first = calls.indices.first {
        calls[$0].workload == calls[call].workload && calls[$0].client == calls[call].client
          && calls[$0].service == calls[call].service
      }
      if let first { calls[call].affinityOffset = Int32(call - first) }
    }
  }

  /// Fills in where connections to each called Service end on each workload's pods.
  mutating func makeServiceTargets() {
    targetOfService.fill(-1, count: plan.services.count)
    let called = calls.indices.map { Int(calls[$0].service) } + servicesMovedTo
    for service in called where targetOfService[service] < 0 {
      targetOfService[service] = calledServices
      calledServices += 1
      addTargets(ofService: service)
    }
    for call in calls.indices { calls[call].target = targetOfService[Int(calls[call].service)] }
    if plan.cluster.dns.hasNodeLocalCache {
      cachedNames.fill(CachedName(), count: nodes.count * Int(calledServices))
    }
  }

  /// The Services to which names lead that operators move during the run.
  var servicesMovedTo: [Int] {
    plan.serviceOperations.compactMap { operation in
      if case .move(let service) = operation.action { service } else { nil }
    }
  }

  private mutating func addTargets(ofService service: Int) {
    let first = serviceTargets.count
    let other = -Int32(plan.services[service].targetPort)
    serviceTargets.fill(other, count: workloadCount)
    for workload in plan.services[service].workloads {
      let port = Int32(plan.services[service].port(ofWorkload: workload))
      serviceTargets[first + workload] = -port
    }
    for workload in application(ofService: service) {
      serviceTargets[first + workload] = abs(serviceTargets[first + workload])
    }
  }

  /// The workloads whose answer is right for callers of a Service.
  private func application(ofService service: Int) -> [Int] {
    let row = plan.services[service]
    if let known = row.application { return known }
    if !row.workloads.isEmpty { return row.workloads }
    return plan.serviceOperations.flatMap { operation -> [Int] in
      guard operation.service == service, case .select(let matched) = operation.action else {
        return []
      }
      return matched
    }
  }

  // MARK: Memory

  /// The row of a request's client instance for its call, emptied if its process is a new one.
  func ownResolverIndex(of slot: UInt32) -> Int {
    let request = requests[slot]
    if request.callerPod == Pod.none {
      let client = clients[Int(request.client)]
      return Int(client.resolver) + Int(request.ordinal % UInt64(client.sources))
    }
    let caller = pods[Int(request.callerPod)]
    return Int(caller.firstResolver) + Int(request.call - servers[Int(caller.template)].firstCall)
  }

  private mutating func ownResolver(of slot: UInt32) -> Int {
    let caller = requests[slot].callerPod
    if caller != Pod.none, pods[Int(caller)].firstResolver == Resolver.none {
      pods[Int(caller)].firstResolver = UInt32(resolvers.count)
      let count = Int(servers[Int(pods[Int(caller)].template)].callCount)
      resolvers.fill(Resolver(), count: count)
    }
    let index = ownResolverIndex(of: slot)
    let incarnation = caller == Pod.none ? 0 : pods[Int(caller)].incarnation
    if resolvers[index].incarnation != incarnation {
      viewers.lists.release(resolvers[index].records)
      var fresh = Resolver()
      fresh.incarnation = incarnation
      fresh.lookups = resolvers[index].lookups
      // The address of the pod is the same one: a proxy goes on knowing it.
      fresh.affine = resolvers[index].affine
      fresh.affineUntil = resolvers[index].affineUntil
      fresh.affineViewer = resolvers[index].affineViewer
      viewers.lists.retain(EndpointLists.empty)
      resolvers[index] = fresh
    }
    return index
  }

  /// The instance's name in draws.
  func resolverEntity(_ slot: UInt32) -> UInt64 {
    let request = requests[slot]
    if request.callerPod == Pod.none {
      let client = clients[Int(request.client)]
      return client.key &+ request.ordinal % UInt64(client.sources)
    }
    return Draws.entity(pods[Int(request.callerPod)])
  }
}
