import ClusterSimulator
import SimKernel
import Testing

/// Long-lived connections: who gets them, and that none is ever lost.
@Suite struct ConnectionPoolTests {
  private static func http1(
    size: Int,
    maxAge: SimDuration = .forever,
    closeOnTimeout: Bool = true
  )
    -> ConnectionPolicy
  {
    .http1(size: size, maxAge: maxAge, idleTimeout: .forever, closeOnTimeout: closeOnTimeout)
  }

  @Test func fewConnectionsLeaveManyPodsIdle() {
    // Each of c connections picks one of n pods: a pod is left out with (1 − 1/n)^c.
    let (n, c, runs) = (12, 20, 200)
    var idle = 0
    for seed in 1...UInt64(runs) {
      var plan = Worlds.single(
        replicas: n,
        rate: 50,
        service: .deterministic(0.001),
        concurrency: 100,
        horizon: .seconds(20)
      )
      plan.clients[0].call.connection = .http2(connections: c, maxAge: .forever)
      idle += plan.run(seed: seed).pods.filter { $0.requests == 0 }.count
    }
    let p = (0..<c).reduce(1.0) { power, _ in power * (1 - 1 / Double(n)) }
    let pair = (0..<c).reduce(1.0) { power, _ in power * (1 - 2 / Double(n)) }
    let variance = Double(n) * p * (1 - p) + Double(n * (n - 1)) * (pair - p * p)
    let mean = Double(idle) / Double(runs)
    #expect(abs(mean - Double(n) * p) < 4 * (variance / Double(runs)).squareRoot())
  }

  @Test func closingOnTimeoutFreesTheConnectionAtOnce() {
    // One connection, an endless server: with closing every timeout opens the way for the next
    // request, without it the first request has the connection for ever.
    var plan = Worlds.single(
      rate: 2,
      service: .deterministic(100_000),
      concurrency: 10_000,
      horizon: .minutes(5)
    )
    plan.clients[0].call.connection = Self.http1(size: 1)
    let closing = plan.run()
    // Patience ends in the order of arrival, so everybody has the connection once.
    #expect(closing.pods[0].requests >= closing.clients[0].offered - closing.clients[0].inFlight)
    #expect(closing.failed(0, .poolTimedOut) == 0)
    plan.clients[0].call.connection = Self.http1(size: 1, closeOnTimeout: false)
    #expect(plan.run().pods[0].requests == 1)
  }

  @Test func aConnectionThatTimedOutIsNotUsedAgain() {
    // All requests hang on one of two pods. Each timeout closes the one connection, and the next
    // one goes to either pod with probability 1/2.
    var plan = Worlds.single(
      replicas: 2,
      rate: 2,
      service: .deterministic(100_000),
      concurrency: 10_000,
      horizon: .minutes(10)
    )
    plan.clients[0].call.connection = Self.http1(size: 1)
    let pods = plan.run().pods
    let total = Double(pods[0].requests + pods[1].requests)
    #expect(total > 1_000)
    #expect(abs(Double(pods[0].requests) - total / 2) < 4 * (total / 4).squareRoot())
  }

  @Test(arguments: [true, false])
  func aLostMachineTakesNoConnectionOutOfThePool(closeOnTimeout: Bool) {
    var plan = Worlds.single(
      replicas: 2,
      rate: 3,
      service: .deterministic(0.5),
      concurrency: 100,
      timeout: .seconds(2),
      horizon: .minutes(25),
      nodes: 2
    )
    plan.clients[0].call.connection = Self.http1(
      size: 6,
      maxAge: .seconds(10),
      closeOnTimeout: closeOnTimeout
    )
    plan.faults = (1...20).map {
      .nodeLoss(node: 0, at: .minutes(Int64($0)), duration: .seconds(10), emptyDisk: false)
    }
    let windows = plan.run().clients[0].windows.suffix(20)
    let offered = windows.reduce(0) { $0 + $1.offered - $1.undecided }
    #expect(windows.reduce(0) { $0 + Int($1.outcomes[0]) } == offered)
  }

  @Test func aServerThatDiesWithAbandonedRequestsFreesTheirConnections() {
    // Two connections, never closed by the caller; each life of the process takes two requests.
    var plan = Worlds.single(
      rate: 2,
      service: .deterministic(100_000),
      concurrency: 1,
      horizon: .minutes(20)
    )
    plan.clients[0].call.connection = Self.http1(size: 2, closeOnTimeout: false)
    plan.workloads[0].livenessProbe = Worlds.probe(period: 5, failures: 1)
    plan.workloads[0].terminationGracePeriod = .seconds(2)
    let pod = plan.run().pods[0]
    #expect(pod.restarts > 3)
    #expect(pod.requests >= 2 * pod.restarts)
  }

  @Test func aCallerThatRestartsHasAllItsConnectionsAgain() {
    // The inner server hangs, so liveness restarts the outer one; its pool of two starts afresh.
    var plan = Worlds.single(
      rate: 2,
      service: .deterministic(0.001),
      concurrency: 4,
      timeout: .forever,
      horizon: .minutes(20)
    )
    plan.workloads[0].livenessProbe = Worlds.probe(period: 5, failures: 1)
    plan.workloads[0].terminationGracePeriod = .seconds(2)
    var call = CallPlan(name: "inner", service: 1, routing: .dns, timeout: .forever)
    call.connection = Self.http1(size: 2)
    plan.workloads[0].server.calls = [call]
    let inner = ServerPlan(
      concurrency: 1_000,
      backlog: 0,
      serviceTime: .deterministic(100_000)
    )
    plan.workloads.append(WorkloadPlan(name: "shop/inner", replicas: 1, server: inner))
    plan.services.append(ServicePlan(name: "shop/inner", workloads: [1], targetPort: 80))
    let pods = plan.run().pods
    #expect(pods[0].restarts > 3)
    #expect(pods[1].requests >= 2 * pods[0].restarts)
  }

  @Test func tensOfThousandsWhoWaitForAConnectionCanAllFailAtOnce() {
    // All hang behind one connection; when the only pod dies each is refused in turn.
    var plan = Worlds.single(
      rate: 1_000,
      service: .deterministic(100_000),
      timeout: .minutes(5),
      horizon: .minutes(2)
    )
    plan.clients[0].call.connection = Self.http1(size: 1)
    plan.workloads[0].terminationGracePeriod = .seconds(2)
    plan.faults = [.scale(workload: 0, at: .seconds(60), replicas: 0)]
    let result = plan.run()
    #expect(result.failed(0, .reset) == 1)
    #expect(result.failed(0, .refused) + result.failed(0, .hostUnreachable) > 100_000)
    #expect(result.clients[0].inFlight < 30)
  }
}

/// Ready time with and without work.
@Suite struct IdleTimeTests {
  @Test func aContainerThatDrainedAndRestartedKeepsItsBooks() throws {
    // Two requests of 40 s; liveness is turned away during each, and the process ends with its
    // request.
    var plan = Worlds.single(
      service: .deterministic(40),
      backlog: 0,
      timeout: .forever,
      horizon: .minutes(8)
    )
    plan.clients[0].arrivals = .deterministic(
      RateProfile(points: [
        .init(time: .zero, rate: 0), .init(time: .seconds(99), rate: 0),
        .init(time: .seconds(101), rate: 1), .init(time: .seconds(102), rate: 0),
        .init(time: .seconds(299), rate: 0), .init(time: .seconds(301), rate: 1),
        .init(time: .seconds(302), rate: 0),
      ])
    )
    plan.workloads[0].livenessProbe = Worlds.probe(period: 10, failures: 1)
    plan.workloads[0].terminationGracePeriod = .seconds(60)
    let pod = plan.run().pods[0]
    #expect(pod.restarts == 2)
    #expect(pod.requests == 2)
    #expect(abs((pod.ready - pod.idle).seconds - 80) < 0.001)
  }
}
