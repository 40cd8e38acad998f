import SimKernel

/// What names resolve to: plugin/kubernetes of CoreDNS, and NodeLocal DNSCache in front of it.
///
/// Owns the lives of Services. A Service with a ClusterIP resolves to it, endpoints or not; a
/// headless one to its ready endpoints, and to nothing (NXDOMAIN) without any; a StatefulSet's pod
/// to its address while it is ready. CoreDNS answers from its watch and caches no name of the
/// cluster (kubeadm's Corefile); a cache on the node keeps answers for 30 s and denials for 5 s.
/// During an outage its callers wait, are refused or get SERVFAIL. An answer too long for the
/// caller's message is asked for again by TCP, or used as far as it came. Left out: single lost
/// packets, the load of the name server, which is counted only.
struct CoreDNS {
  /// The present life of each Service, 0 while it is not there.
  private(set) var life: [UInt32]
  /// The last life that each has had.
  private(set) var newest: [UInt32]
  /// All lives, oldest first.
  private(set) var lives: [ServiceLife] = []
  /// Set while none of its pods answers.
  var outage: DNSPlan.Outage?

  init(plan: SimulationPlan) {
    life = plan.services.map { $0.isPresentAtStart ? 1 : 0 }
    newest = life
    for service in plan.services.indices where plan.services[service].isPresentAtStart {
      lives.append(ServiceLife(service: Int32(service), number: 1, from: .distantPast))
    }
  }

  /// The life that a Service had at a time, 0 when it was not there.
  func life(ofService service: Int, at time: SimTime) -> UInt32 {
    let found = lives.last {
      Int($0.service) == service && $0.from <= time && time < $0.until
    }
    return found?.number ?? 0
  }

  mutating func begin(service: Int, at time: SimTime) {
    newest[service] += 1
    life[service] = newest[service]
    lives.append(ServiceLife(service: Int32(service), number: newest[service], from: time))
  }

  mutating func end(service: Int, at time: SimTime) {
    life[service] = 0
    if let last = lives.lastIndex(where: { Int($0.service) == service }) {
      lives[last].until = time
    }
  }
}

extension Simulation {
  // MARK: Services that come, go and change

  /// Puts the plan's operations on Services into the queue.
  mutating func scheduleServiceOperations() {
    for (index, operation) in plan.serviceOperations.enumerated() {
      schedule(.serviceOperationDue, index, at: .zero + operation.at)
    }
  }

  /// The time of an operation has come.
  mutating func serviceOperationDue(_ index: Int) {
    let operation = plan.serviceOperations[index]
    switch operation.action {
    case .apply: serviceApplied(operation.service)
    case .delete: serviceDeleted(operation.service)
    case .move(let service): serviceMoved(operation.service, to: service)
    case .select(let workloads): selectorChanged(ofService: operation.service, to: workloads)
    case .exclude(let places): exclude(places, fromService: operation.service)
    }
  }

  /// `kubectl apply` of a Service that is not there: a new ClusterIP, endpoints follow.
  ///
  /// Proxies see the Service before its slices and reject until those are written.
  mutating func serviceApplied(_ service: Int) {
    guard dns.life[service] == 0 else { return }
    dns.begin(service: service, at: now)
    _ = publish(UsableEndpoints(reserved: EndpointLists.empty), ofService: service)
    notifyViewers(service: service)
    endpointsChanged(ofService: service)
    scheduleProvisioning(ofService: service)
  }

  /// `kubectl delete service`: the name is gone at once, the rules after a round.
  mutating func serviceDeleted(_ service: Int) {
    guard dns.life[service] != 0 else { return }
    dns.end(service: service, at: now)
    if publishEndpoints(service: service) { notifyViewers(service: service) }
  }

  /// The selector was edited: the slices follow.
  mutating func selectorChanged(ofService service: Int, to workloads: [Int]) {
    endpointSlices.select(workloads, service: service)
    endpointsChanged(ofService: service)
  }

  /// `kubectl apply` turned an ExternalName into a Service with a ClusterIP.
  ///
  /// Whoever has the CNAME in memory goes on to the host outside.
  mutating func serviceMoved(_ service: Int, to new: Int) {
    serviceApplied(new)
    for call in calls.indices
    where calls[call].route == .external && Int(calls[call].service) == service {
      calls[call].service = Int32(new)
      calls[call].view = Int32(new)
      calls[call].target = targetOfService[new]
      calls[call].isMoved = true
    }
  }

  // MARK: Queries

  /// How long the lookup of a call's name takes an instance that does not know it.
  func lookupTime(_ slot: UInt32, _ resolver: Int) -> SimDuration {
    let call = Int(requests[slot].call)
    let range = plan.cluster.dns.latency
    if range.high == .zero || cachedName(slot) != nil { return .zero }
    let service = Int(calls[call].service)
    let isFound =
      calls[call].route == .headless
      ? viewers.lists.count(endpointSlices.published[service].records) > 0
      : dns.life[service] != 0
    let queries = isFound ? calls[call].queriesToFind : calls[call].queriesToDeny
    // By TCP it takes a handshake and the query once more.
    let repeated: UInt32 = isTruncated(slot) && calls[call].fallsBackToTCP ? 2 : 0
    var time = SimDuration.zero
    for query in 0..<(UInt32(queries) + repeated) {
      time =
        time
        + range.draw(
          calls[call].resolving,
          resolverEntity(slot),
          resolvers[resolver].lookups,
          query + 1
        )
    }
    return time
  }

  /// Whether the addresses of a headless name are too many for one message.
  private func isTruncated(_ slot: UInt32) -> Bool {
    let call = Int(requests[slot].call)
    guard calls[call].route == .headless else { return false }
    let records = endpointSlices.published[Int(calls[call].service)].records
    return viewers.lists.count(records) > Int(calls[call].recordsInMessage)
  }

  /// Whether the node's own cache answers, so that CoreDNS is not asked.
  func isAnsweredOnNode(_ slot: UInt32) -> Bool { cachedName(slot) != nil }

  /// Counts a lookup that CoreDNS or a cache has answered.
  private mutating func count(lookup slot: UInt32, isFound: Bool, isCached: Bool) {
    guard requests[slot].isCounted else { return }
    let call = Int(requests[slot].call)
    metrics.lookups[call].lookups &+= 1
    if !isFound { metrics.lookups[call].denied &+= 1 }
    guard !isCached else { return }
    var queries = Int(isFound ? calls[call].queriesToFind : calls[call].queriesToDeny)
    if isFound && isTruncated(slot) {
      metrics.lookups[call].truncated &+= 1
      if calls[call].fallsBackToTCP { queries &+= 1 }
    }
    metrics.lookups[call].queries &+= queries
  }

  /// Where the node's cache keeps the name, `nil` when it does not know it now.
  private func cachedName(_ slot: UInt32) -> Int? {
    guard let cell = cacheCell(slot), now < cachedNames[cell].validUntil else { return nil }
    return cell
  }

  private func cacheCell(_ slot: UInt32) -> Int? {
    let request = requests[slot]
    guard !cachedNames.isEmpty, request.callerPod != Pod.none,
      calls[Int(request.call)].route != .podName
    else { return nil }
    let node = Int(pods[Int(request.callerPod)].node)
    return node * Int(calledServices) + Int(calls[Int(request.call)].target)
  }

  /// Writes down what the name server says now, the node's cache first.
  mutating func takeAnswer(_ slot: UInt32, _ resolver: Int) {
    let call = Int(requests[slot].call)
    let service = Int(calls[call].service)
    var life = dns.life[service]
    var records = endpointSlices.published[service].records
    let isCached = isAnsweredOnNode(slot)
    if let cell = cacheCell(slot) {
      if now >= cachedNames[cell].validUntil { remember(life, records, in: cell, call) }
      life = cachedNames[cell].life
      records = cachedNames[cell].records
    }
    viewers.lists.retain(records)
    viewers.lists.release(resolvers[resolver].records)
    resolvers[resolver].records = records
    resolvers[resolver].life = life
    resolvers[resolver].isOutside = calls[call].route == .external && !calls[call].isMoved
    resolvers[resolver].lookups &+= 1
    if calls[call].route == .podName { resolvers[resolver].address = addressOfNamedPod(call) }
    let isFound = hasAnswer(resolver, call)
    count(lookup: slot, isFound: isFound, isCached: isCached)
    takeWindow(slot, resolver)
    let ttl = isFound ? calls[call].nameCache : calls[call].negativeNameCache
    resolvers[resolver].validUntil = now + ttl
    guard calls[call].choice != .roundRobin else { return }
    // Answers come in random order; this is the one on top.
    let count = UInt32(viewers.lists.count(records))
    var generator = calls[call].resolving.generator(
      resolverEntity(slot),
      resolvers[resolver].lookups
    )
    resolvers[resolver].cursor = generator.below(count)
  }

  /// Of an answer that was cut, only the addresses that came; otherwise all.
  private mutating func takeWindow(_ slot: UInt32, _ resolver: Int) {
    let call = Int(requests[slot].call)
    let count = UInt32(viewers.lists.count(resolvers[resolver].records))
    resolvers[resolver].first = 0
    resolvers[resolver].visible = count
    guard isTruncated(slot), !calls[call].fallsBackToTCP, count > calls[call].recordsInMessage
    else { return }
    var generator = calls[call].resolving.generator(
      resolverEntity(slot),
      resolvers[resolver].lookups,
      1
    )
    resolvers[resolver].first = generator.below(count)
    resolvers[resolver].visible = max(1, calls[call].recordsInMessage)
  }

  private mutating func remember(_ life: UInt32, _ records: UInt32, in cell: Int, _ call: Int) {
    viewers.lists.retain(records)
    viewers.lists.release(cachedNames[cell].records)
    cachedNames[cell].life = life
    cachedNames[cell].records = records
    let isFound = calls[call].route == .headless ? viewers.lists.count(records) > 0 : life != 0
    let times = plan.cluster.dns
    cachedNames[cell].validUntil = now + (isFound ? times.cacheTTL : times.denialTTL)
  }

  /// Whether the last answer named an address.
  func hasAnswer(_ resolver: Int, _ call: Int) -> Bool {
    switch calls[call].route {
    case .headless: viewers.lists.count(resolvers[resolver].records) > 0
    case .podName: resolvers[resolver].address != Request.none
    default: resolvers[resolver].life != 0
    }
  }

  /// `db-0.db-svc.shop`: the pod's address while it is an endpoint of its governing Service.
  private func addressOfNamedPod(_ call: Int) -> UInt32 {
    let service = Int(calls[call].service)
    guard dns.life[service] != 0 else { return Request.none }
    let list = endpointSlices.published[service].records
    for index in 0..<viewers.lists.count(list) {
      let address = viewers.lists[list, index]
      let owner = addresses[Int(address)]
      if owner != Pod.none, pods[Int(owner)].ordinal == calls[call].ordinal {
        return address
      }
    }
    return Request.none
  }
}
