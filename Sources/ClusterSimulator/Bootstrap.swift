import SimKernel

/// From a plan to a world in steady state: every pod ready, every rule programmed.
extension Simulation {
  /// How long pods that exist at the start have been there.
  private static var age: SimDuration { .hours(1) }

  /// Fills the tables and schedules the first events.
  mutating func bootstrap() {
    makeNodes()
    startClusterAutoscaler()
    makeCallsAndServers()
    makeJobs()
    makeServiceTargets()
    makeDatabases()
    makeImages()
    makeClients()
    // Daemons are on their nodes before anybody else is.
    for workload in plan.workloads.indices where isDaemonSet(workload) { startWorkload(workload) }
    for workload in plan.workloads.indices where !isDaemonSet(workload) { startWorkload(workload) }
    publishEverything()
    makeLoadBalancers()
    makeIngressControllers()
    warmUpConnections()
    captureConfigurations()
    scheduleControllers()
    scheduleEvictions()
    scheduleFaults()
    scheduleOperations()
    scheduleServiceOperations()
    for client in plan.clients.indices { scheduleArrival(client: client) }
  }

  private mutating func makeNodes() {
    let most = plan.cluster.nodes.map(\.podAddresses).max() ?? 1
    addressShift = 8
    while 1 << addressShift < most { addressShift += 1 }
    for (index, node) in plan.cluster.nodes.enumerated() {
      let key = Draws.key(node.name)
      var generator = draws.nodes.generator(key, 0)
      let lease = plan.cluster.controlPlane.leaseRenewInterval.nanoseconds
      let relist = plan.cluster.kubelet.relistPeriod.nanoseconds
      nodes.append(
        Node(
          key: key,
          allocatableMilliCPU: node.allocatableMilliCPU,
          allocatableMemory: node.allocatableMemory,
          maxPods: node.maxPods,
          firstAddress: UInt32(index) << addressShift,
          addressCount: UInt32(node.podAddresses),
          lastAddress: UInt32(node.podAddresses) - 1,
          relistPhase: SimDuration(nanoseconds: Int64(generator.uniform() * Double(relist))),
          leasePhase: SimDuration(nanoseconds: Int64(generator.uniform() * Double(lease)))
        )
      )
      nodes[index].isCordoned = node.isCordoned
    }
    scheduler.rooms = nodes.indices.map { _ in
      SchedulerCache.Room(milliCPU: 0, memory: 0, slots: 0, share: 0, isOpen: false)
    }
    for node in nodes.indices { updateRoom(of: node) }
    let room = plan.cluster.nodes.count << Int(addressShift)
    addresses.fill(Pod.none, count: room)
    addressWasUsed.fill(false, count: room)
  }

  /// Client calls first, then each workload's, in plan order.
  private mutating func makeCallsAndServers() {
    for (index, client) in plan.clients.enumerated() {
      calls.append(
        makeCall(client.call, caller: "client/" + client.name, workload: -1, client: index)
      )
    }
    for (index, workload) in plan.workloads.enumerated() {
      for template in workload.templates {
        templates.append(TemplateSpec(template))
        templates[templates.count - 1].steps = makeContainerSteps(of: template)
        servers.append(makeServer(template, of: workload.name, firstCall: calls.count))
      }
      for call in workload.server.calls {
        calls.append(makeCall(call, caller: workload.name, workload: index, client: -1))
      }
    }
    shareAffinity()
    for client in plan.clients.indices { addUpstreamCall(ofClient: client) }
  }

  private mutating func makeCall(
    _ call: CallPlan,
    caller: String,
    workload: Int,
    client: Int
  ) -> CallSpec {
    let name = caller + "/" + call.name
    let route = route(of: call)
    let isPlain = isPlain(call, route)
    let (balancing, choices) = flat(call.balancer)
    var reuse = CallSpec.Reuse.perRequest
    var size = 0
    var maxAge = SimDuration.forever
    var idleTimeout = SimDuration.forever
    var closes = false
    switch call.connection {
    case .perRequest: break
    case .http1(let pool, let age, let idle, let closeOnTimeout):
      (reuse, size, maxAge, idleTimeout, closes) = (.http1, pool, age, idle, closeOnTimeout)
    case .http2(let connections, let age):
      (reuse, size, maxAge) = (.http2, connections, age)
    }
    var spec = CallSpec(
      workload: Int32(workload),
      client: Int32(client),
      service: Int32(call.service),
      view: Int32(view(of: call, route)),
      route: route,
      balancing: balancing,
      choices: choices,
      reuse: reuse,
      isPlain: isPlain,
      isDirect: isPlain && reuse == .perRequest,
      timeout: call.timeout,
      attempts: UInt8(clamping: call.retry.attempts),
      backoffBase: call.retry.base,
      backoffMaximum: call.retry.maximum,
      hasFullJitter: call.retry.jitter == .full,
      poolSize: Int32(size),
      maxAge: maxAge,
      idleTimeout: idleTimeout,
      closesOnTimeout: closes,
      choosing: draws.stream("balancing", name),
      backoff: draws.stream("backoff", name),
      connecting: draws.stream("connections", name),
      resolving: draws.stream("names", name)
    )
    addDiscovery(to: &spec, call)
    return spec
  }

  private mutating func makeServer(
    _ template: PodTemplatePlan,
    of workload: String,
    firstCall: Int
  ) -> ServerSpec {
    let server = template.server
    let isWatched = server.memory != nil && template.memoryLimit > 0
    let transaction = server.transaction
    return ServerSpec(
      port: Int32(server.port),
      concurrency: isWatched ? 0 : Int32(server.concurrency),
      backlog: isWatched ? -1 : Int32(server.backlog),
      firstCall: UInt16(firstCall),
      callCount: UInt8(server.calls.count),
      hasOwnWork: server.serviceTime != .deterministic(0),
      separateProbePort: server.separateProbePort,
      ownWork: samplers.register(server.serviceTime),
      cpu: server.cpu,
      startup: samplers.register(server.startup),
      warmUp: server.warmUp,
      warmUpFactor: server.warmUpFactor,
      probeTime: server.probeTime,
      database: Int32(databaseIndex(of: transaction)),
      poolSize: Int32(transaction?.poolSize ?? 0),
      acquireTimeout: transaction?.acquireTimeout ?? .forever,
      transaction: samplers.register(transaction?.duration ?? .deterministic(0)),
      service: draws.stream("service", workload),
      transactions: draws.stream("transaction", workload),
      startups: draws.stream("startup", workload),
      workers: Int32(server.concurrency),
      room: Int32(server.backlog),
      isWatched: isWatched,
      memory: server.memory
    )
  }

  private mutating func makeJobs() {
    for workload in plan.workloads {
      jobRuntimes.append(
        JobRuntime(
          sampler: samplers.register(workload.job?.runtime ?? .deterministic(0)),
          stream: draws.stream("runtime", workload.name)
        )
      )
    }
  }

  /// Databases are numbered in the order of their workloads.
  private func databaseIndex(of transaction: TransactionPlan?) -> Int {
    guard let transaction else { return -1 }
    return plan.workloads[..<transaction.database].filter { $0.database != nil }.count
  }

  private mutating func makeDatabases() {
    for (index, workload) in plan.workloads.enumerated() {
      guard let database = workload.database else { continue }
      databases.append(
        DatabaseState(
          workload: Int32(index),
          maxConnections: database.maxConnections,
          deadPeerTimeout: database.deadPeerTimeout
        )
      )
    }
  }

  private func flat(_ balancer: Balancer) -> (CallSpec.Balancing, choices: UInt8) {
    switch balancer {
    case .roundRobin: (.roundRobin, 1)
    case .random: (.random, 1)
    case .leastRequest(let choices): (.leastRequest, UInt8(clamping: choices))
    }
  }

  private mutating func makeClients() {
    if calls.indices.contains(where: { calls[$0].balancing == .leastRequest }) {
      upstreamLoad.fill(0, count: plan.clients.count * addresses.count)
    }
    for (index, client) in plan.clients.enumerated() {
      let profile: RateProfile
      let isPoisson: Bool
      switch client.arrivals {
      case .poisson(let rate): (profile, isPoisson) = (rate, true)
      case .deterministic(let rate): (profile, isPoisson) = (rate, false)
      }
      let first = ratePoints.count
      for point in profile.points {
        ratePoints.append(RatePoint(seconds: point.time.seconds, rate: point.rate))
      }
      clients.append(
        ClientState(
          key: Draws.key(client.name),
          call: UInt16(index),
          viewer: Int32(viewers.viewer(ofClient: index)),
          ingressTries: UInt8(clamping: plan.cluster.ingress.connectTries),
          connectionPool: makeConnectionPools(calls: index..<(index + 1), owner: Pod.none),
          resolver: UInt32(resolvers.count),
          sources: UInt32(client.sources),
          arrivals: draws.stream("arrivals", client.name),
          profile: RateCursor(first: first, count: profile.points.count),
          isPoisson: isPoisson,
          countsFrom: .zero + plan.warmUp
        )
      )
      resolvers.fill(Resolver(), count: client.sources)
    }
  }

  // MARK: Pods that are there

  private func isDaemonSet(_ workload: Int) -> Bool {
    plan.workloads[workload].kind == .daemonSet
  }

  private mutating func startWorkload(_ workload: Int) {
    guard plan.workloads[workload].replicas > 0 else { return }
    switch plan.workloads[workload].kind {
    case .job: createJob(ofWorkload: workload)
    case .cronJob: startTimetable(workload)
    case .daemonSet: startDaemons(workload)
    case .statefulSet:
      for index in 0..<plan.workloads[workload].replicas { startPod(workload, ordinal: index) }
    case .deployment, .replicaSet, .pod:
      for _ in 0..<plan.workloads[workload].replicas { startPod(workload, ordinal: -1) }
    }
  }

  private mutating func startPod(_ workload: Int, ordinal: Int) {
    let pod = createPod(ofTemplate: replicaSets.firstTemplate[workload], ordinal: ordinal)
    guard let node = chooseNode(for: pod), let address = allocateAddress(on: node) else {
      enqueueForScheduling(pod)
      return
    }
    bind(pod, to: node)
    addresses[Int(address)] = UInt32(pod)
    settle(pod, at: address)
    startSettledProbes(pod)
    if plan.workloads[workload].database != nil {
      databaseChanged(workload: workload, isListening: true)
    }
  }

  private mutating func startDaemons(_ workload: Int) {
    let eligible = nodes.indices.filter { isEligible($0, forDaemonOf: workload) }
    replicaSets.desired[workload] = eligible.count
    for node in eligible { startPod(workload, ordinal: node) }
  }

  /// Makes the pod one that has been ready for long.
  private mutating func settle(_ pod: Int, at address: UInt32) {
    let past = SimTime.zero - Self.age
    pods[pod].address = address
    pods[pod].incarnation = 1
    pods[pod].isRunning = true
    pods[pod].isListening = true
    pods[pod].startIsNoticed = true
    pods[pod].phase = .running
    pods[pod].isReady = true
    pods[pod].statusReady = true
    pods[pod].acknowledgedAt = past
    pods[pod].startedAt = past
    pods[pod].containerCreatedAt = past
    pods[pod].listeningAt = past
    pods[pod].readySince = past
    pods[pod].readyChangedAt = past
    pods[pod].sampleAt = .zero
    pods[pod].countedAt = .zero
    imagesUsed(by: pod)
    watchMemory(of: pod)
  }

  /// Probe clocks of settled pods stand anywhere in their period.
  private mutating func startSettledProbes(_ pod: Int) {
    startProbeWorkers(pod, at: .zero, spread: 0)
    markProbesPassed(pod)
  }

  private mutating func publishEverything() {
    let proxy = plan.cluster.kubeProxy
    if proxy.mode == .ipvs {
      virtualServers.prepare(
        viewers: viewers.rows.count,
        views: endpointSlices.views.count,
        called: calls.indices.map { Int(calls[$0].view) } + servicesMovedTo
      )
    }
    if proxy.mode == .ipvs, proxy.countsConnections {
      virtualServers.startCounting(viewers: viewers.rows.count, addresses: addresses.count)
    }
    for service in plan.services.indices { _ = publishEndpoints(service: service) }
    for viewer in 0..<viewers.rows.count {
      viewers.beginRound(viewer: viewer)
      finishRound(viewer: viewer, isShown: true)
    }
  }

  private mutating func warmUpConnections() {
    for client in plan.clients.indices {
      warmConnectionPools(first: clients[client].connectionPool, count: 1)
    }
    for pod in 0..<pods.count {
      let count = Int(servers[Int(pods[pod].template)].callCount)
      warmConnectionPools(first: pods[pod].firstConnectionPool, count: count)
    }
  }

  private mutating func captureConfigurations() {
    let all = plan.clients.map(\.call) + plan.workloads.flatMap(\.server.calls)
    for (index, call) in all.enumerated() {
      guard case .hardcodedIP(let capturedAt) = call.routing else { continue }
      if capturedAt == .zero {
        captureConfiguration(call: index)
      } else {
        schedule(.configurationCaptureDue, index, at: .zero + capturedAt)
      }
    }
  }

  private mutating func scheduleControllers() {
    let times = plan.cluster.controlPlane
    var generator = draws.controllers.generator(0, 0)
    let scrape = generator.uniform() * Double(times.metricsResolution.nanoseconds)
    if !plan.autoscalers.isEmpty {
      schedule(.scrapeDue, 0, at: SimTime(nanoseconds: Int64(scrape)))
    }
    for autoscaler in plan.autoscalers.indices {
      let key = Draws.key(plan.autoscalers[autoscaler].name)
      var phase = draws.controllers.generator(1, key)
      let first = phase.uniform() * Double(times.hpaSyncPeriod.nanoseconds)
      schedule(.autoscalerSyncDue, autoscaler, at: SimTime(nanoseconds: Int64(first)))
    }
    schedule(.windowClosed, 0, at: .zero + plan.window)
    if recording.details { schedule(.podWindowClosed, 0, at: .zero + Self.podWindow) }
  }
}
