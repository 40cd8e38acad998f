import ClusterSimulator
import SimKernel
import Testing

/// From a name, a variable or a node's port to an address.
@Suite struct DiscoveryTests {
  /// Users who come ten times a second, at 0.1, 0.2 … s, and a Service that answers in 10 ms.
  static func steady(
    replicas: Int = 2,
    routing: Routing = .dns,
    timeout: SimDuration = .seconds(1),
    horizon: SimDuration = .minutes(1)
  ) -> SimulationPlan {
    var plan = Worlds.single(
      replicas: replicas,
      service: .deterministic(0.01),
      concurrency: 100,
      timeout: timeout,
      routing: routing,
      horizon: horizon
    )
    plan.clients[0].arrivals = .deterministic(
      RateProfile(points: [.init(time: .zero, rate: 10)])
    )
    plan.cluster.makeDelaysExact()
    return plan
  }

  /// The same users reach a front that calls the Service.
  static func throughFront(_ routing: Routing, backends: Int = 2) -> SimulationPlan {
    var plan = steady(replicas: 1, routing: .ingress, timeout: .seconds(5))
    plan.workloads[0].server.calls = [
      CallPlan(name: "back", service: 1, routing: routing, timeout: .seconds(1))
    ]
    let server = ServerPlan(concurrency: 100, backlog: 0, serviceTime: .deterministic(0.01))
    plan.workloads.append(WorkloadPlan(name: "shop/back", replicas: backends, server: server))
    plan.services.append(ServicePlan(name: "shop/back", workloads: [1], targetPort: 80))
    return plan
  }

  private static func half(_ seconds: Double) -> SimDuration {
    SimDuration(nanoseconds: Int64(seconds * 1e9))
  }

  // MARK: DNS

  @Test(arguments: [1, 2, 3, 4])
  func everyQueryOnTheSearchPathTakesItsTime(queries: Int) {
    var plan = Self.steady()
    plan.cluster.dns.latency = UniformDelay(.milliseconds(2), .milliseconds(2))
    plan.clients[0].call.lookup.queriesToFind = queries
    let result = plan.run()
    let expected = Double(10 + 2 * queries) * 1e6
    #expect(abs(Double(result.clients[0].latency.quantile(0.5)) / expected - 1) < 0.01)
    plan.clients[0].call.lookup.cache = .forever
    let cached = plan.run()
    #expect(abs(Double(cached.clients[0].latency.quantile(0.5)) / 1e7 - 1) < 0.01)
  }

  @Test func aSlowNameServerFailsWhoeverCannotWait() {
    var plan = Self.steady()
    plan.cluster.dns.latency = UniformDelay(.seconds(5), .seconds(5))
    let result = plan.run()
    let ended = result.calls[0].attempts - result.calls[0].inFlight
    #expect(result.ended(call: 0, .unresolved, .nameServerSilent) == ended)
  }

  /// How many of the 599 users in a minute met what, until a Service applied at 27.05 s works.
  struct Arrival: Sendable {
    var negativeCache = 0.0
    var isNodeCached = false
    /// Asked in vain; then nobody owns the new address yet; then rules without endpoints.
    var notFound: Int
    var unowned: Int
    var rejected: Int
  }

  @Test(arguments: [
    // Rules without endpoints are live 0.1 s later, those with endpoints after the 1 s floor:
    // 27.1 is unanswered, 27.2 to 28.2 are rejected.
    Arrival(notFound: 270, unowned: 1, rejected: 11),
    // Denied at 20.1 for 9.95 s: asks again at 30.1, when all is there.
    Arrival(negativeCache: 9.95, notFound: 300, unowned: 0, rejected: 0),
    // The node's cache denies from 25.1 for 4.95 s.
    Arrival(isNodeCached: true, notFound: 300, unowned: 0, rejected: 0),
  ])
  func aServiceThatIsCreatedLater(arrival: Arrival) {
    var plan = Self.throughFront(.dns)
    plan.services[1].isPresentAtStart = false
    plan.serviceOperations = [ServiceOperation(at: Self.half(27.05), service: 1, .apply)]
    plan.workloads[0].server.calls[0].lookup.negativeCache = Self.half(arrival.negativeCache)
    plan.cluster.dns.hasNodeLocalCache = arrival.isNodeCached
    plan.cluster.dns.denialTTL = Self.half(4.95)
    let result = plan.run()
    #expect(result.ended(call: 1, .unresolved, .nameNotFound) == arrival.notFound)
    #expect(result.ended(call: 1, .connectTimedOut, .unownedClusterIP) == arrival.unowned)
    #expect(result.ended(call: 1, .refused, .noEndpoints) == arrival.rejected)
    let good = 599 - arrival.notFound - arrival.unowned - arrival.rejected
    #expect(result.ended(call: 1, .succeeded, .none) == good)
  }

  @Test func aCachedClusterIPOutlivesItsServiceAndIsNeverOwnedAgain() {
    var plan = Self.throughFront(.dns)
    plan.workloads[0].server.calls[0].lookup.cache = .forever
    plan.serviceOperations = [
      ServiceOperation(at: Self.half(30.05), service: 1, .delete),
      ServiceOperation(at: Self.half(40.05), service: 1, .apply),
    ]
    let result = plan.run()
    // Rules go 0.1 s after the Service: 30.1 still gets through.
    #expect(result.ended(call: 1, .succeeded, .none) == 301)
    let silent = result.ended(call: 1, .connectTimedOut, .unownedClusterIP)
    #expect(silent == 599 - 301 - result.calls[1].inFlight)
    #expect(silent > 280)
  }

  @Test func aSelectorThatMatchesNothingRefusesUntilItIsCorrected() {
    // Slices are written 0.1 s after the edit at 30.05 s, rules live 0.1 s later; at 45.05 s the
    // selector is made to match another application.
    var plan = Self.throughFront(.dns)
    var other = plan.workloads[1]
    other.name = "shop/other"
    plan.workloads.append(other)
    plan.services[1].workloads = []
    plan.services[1].application = [1]
    plan.serviceOperations = [
      ServiceOperation(at: Self.half(30.05), service: 1, .select([1])),
      ServiceOperation(at: Self.half(45.05), service: 1, .select([2])),
    ]
    let result = plan.run()
    #expect(result.ended(call: 1, .refused, .noEndpoints) == 302)
    #expect(result.ended(call: 1, .succeeded, .none) == 150)
    #expect(result.ended(call: 1, .wrongApplication, .reusedAddress) == 599 - 302 - 150)
  }

  // MARK: Headless

  /// How a client spreads over four pods behind a headless name.
  @Test(arguments: [
    (AddressChoice.first, true, "one"), (.first, false, "uniform"), (.random, true, "uniform"),
    (.roundRobin, true, "equal"),
  ])
  func aHeadlessClientChoosesItself(choice: AddressChoice, isCached: Bool, spread: String) {
    var plan = Self.steady(replicas: 4, routing: .headless(choice), horizon: .minutes(5))
    plan.clients[0].call.lookup.cache = isCached ? .forever : .zero
    let result = plan.run()
    let requests = result.pods.map(\.requests)
    #expect(result.clients[0].failed == 0)
    switch spread {
    case "one": #expect(requests.filter { $0 > 0 }.count == 1)
    case "equal": #expect((requests.max() ?? 0) - (requests.min() ?? 0) <= 1)
    // 3,000 draws of four: six standard deviations are 142.
    default: #expect(requests.allSatisfy { abs($0 - 750) < 142 })
    }
  }

  @Test func aHeadlessNameWithoutReadyPodsDoesNotExist() {
    let result = Self.steady(replicas: 0, routing: .headless(.first)).run()
    let ended = result.calls[0].attempts - result.calls[0].inFlight
    #expect(result.ended(call: 0, .unresolved, .nameNotFound) == ended)
  }

  @Test func aTerminatingPodLeavesTheAnswersButNotThoseWhoKnowIt() throws {
    var plan = Self.steady(routing: .headless(.random), horizon: .minutes(2))
    plan.workloads[0].preStopSleep = .seconds(20)
    plan.faults = [.scale(workload: 0, at: .seconds(60), replicas: 1)]
    let fresh = plan.run()
    plan.clients[0].call.lookup.cache = .forever
    let cached = plan.run()
    // The pod stops listening at 80 s; who asks each time has left it 0.1 s after 60 s.
    #expect(fresh.clients[0].failed == 0)
    // Half of the connections of the last 40 s; the address is nobody's, but the node answers.
    let dead = cached.ended(call: 0, .connectTimedOut, .deadAddress)
    #expect(abs(Double(dead) - 200) < 60)
  }

  @Test func aCacheOnTheNodeKeepsAGonePodForItsTTL() {
    // Asked at 0.11 and 30.11 s, next at 60.11 s; one of two pods goes at 35 s.
    var plan = Self.throughFront(.headless(.first))
    plan.horizon = .seconds(90)
    plan.cluster.dns.hasNodeLocalCache = true
    plan.cluster.dns.cacheTTL = Self.half(29.95)
    plan.faults = [.scale(workload: 1, at: .seconds(35), replicas: 1)]
    let result = plan.run()
    let bad = result.calls[1].attempts - result.ended(call: 1, .succeeded, .none)
    // Half of 250 connections; six standard deviations are 47.
    #expect(abs(bad - 125) < 47)
    plan.cluster.dns.hasNodeLocalCache = false
    let fresh = plan.run()
    // Only those of the 0.1 s before the slices are written.
    #expect(fresh.calls[1].attempts - fresh.ended(call: 1, .succeeded, .none) <= 2)
  }

  @Test func aPodOfAStatefulSetHasItsOwnName() {
    var plan = Self.steady(replicas: 3, routing: .podName(ordinal: 1))
    plan.workloads[0].kind = .statefulSet
    let result = plan.run()
    #expect(result.pods.map { $0.requests > 0 } == [false, true, false])
    plan.clients[0].call.routing = .podName(ordinal: 3)
    let missing = plan.run()
    #expect(missing.ended(call: 0, .unresolved, .nameNotFound) > 590)
  }

  // MARK: Environment

  @Test func variablesAreWrittenWhenAContainerIsCreated() {
    // The front is older than the Service; the restart of its machine creates its container anew.
    var plan = Self.throughFront(.environment)
    plan.cluster.nodes = Worlds.nodes(1)
    plan.services[1].isPresentAtStart = false
    plan.serviceOperations = [ServiceOperation(at: Self.half(10.05), service: 1, .apply)]
    plan.faults = [
      .nodeLoss(node: 0, at: .seconds(30), duration: .seconds(10), emptyDisk: false)
    ]
    let result = plan.run()
    let missing = result.ended(call: 1, .unresolved, .variableNotSet)
    // 0.1 to 30.0 s.
    #expect(abs(missing - 299) <= 1)
    // Endpoints and the ingress need some seconds to learn that the pods are back.
    #expect(result.ended(call: 1, .succeeded, .none) > 100)
    #expect(result.times(.started).count == 3)
  }

  @Test func whoeverIsYoungerThanTheServiceKnowsIt() {
    var plan = Self.throughFront(.environment)
    plan.services[1].isPresentAtStart = false
    plan.serviceOperations = [ServiceOperation(at: Self.half(10.05), service: 1, .apply)]
    plan.faults = [.scale(workload: 0, at: .seconds(20), replicas: 2)]
    let result = plan.run()
    // The ingress takes the old and the new front in turn.
    let good = result.ended(call: 1, .succeeded, .none)
    let missing = result.ended(call: 1, .unresolved, .variableNotSet)
    #expect(good + missing == result.calls[1].attempts)
    #expect(good > 170 && good < 200)
  }

  // MARK: Outside

  @Test func anExternalNameAnswersByALawOfItsOwn() {
    var plan = Self.throughFront(.dns)
    plan.services[1].workloads = []
    var host = ExternalHostPlan(latency: .deterministic(0.05))
    host.failuresPPM = 200_000
    plan.services[1].externalHost = host
    let result = plan.run()
    let failed = result.ended(call: 1, .serverError, .externalHostFailed)
    // 599 draws: six standard deviations are 59.
    #expect(abs(failed - 120) < 59)
    #expect(abs(Double(result.clients[0].latency.quantile(0.5)) / 6e7 - 1) < 0.01)
    // One connection is enough for ten requests a second of 50 ms each.
    plan.workloads[0].server.calls[0].connection = .http1(
      size: 1,
      maxAge: .forever,
      idleTimeout: .forever,
      closeOnTimeout: true
    )
    let pooled = plan.run()
    #expect(pooled.ended(call: 1, .serverError, .externalHostFailed) == failed)
    #expect(pooled.ended(call: 1, .succeeded, .none) == result.ended(call: 1, .succeeded, .none))
    plan.services[1].externalHost?.latency = .deterministic(3)
    let slow = plan.run()
    #expect(slow.ended(call: 1, .timedOut, .externalHostFailed) > 580)
  }
}

extension ClientResult {
  /// Requests that ended badly.
  var failed: Int { outcomes.dropFirst().reduce(0, +) }
}
