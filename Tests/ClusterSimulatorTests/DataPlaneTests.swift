import ClusterSimulator
import SimKernel
import Testing

/// Connections, retries, pools: what a caller meets.
@Suite struct DataPlaneTests {
  @Test func aServiceWithoutEndpointsRefusesAtOnce() {
    let result = Worlds.single(replicas: 0, rate: 20).run()
    #expect(result.failed(0, .refused) == result.clients[0].offered)
    #expect(result.clients[0].failureLatency.maximum == 0)
  }

  @Test func aPortNobodyListensOnIsRefused() {
    var plan = Worlds.single(replicas: 2, rate: 20)
    plan.services[0].targetPort = 8080
    let result = plan.run()
    #expect(result.ended(call: 0, .refused, .notListening) == result.clients[0].offered)
  }

  /// One node dies at 60 s with the only listed pod, and is back after a while with another
  /// application at the same address, so that a SYN that gets through is answered with "wrong".
  private static func deadThenBack(after outage: SimDuration) -> RunResult {
    var plan = Worlds.single(
      replicas: 1,
      rate: 50,
      timeout: .seconds(4),
      routing: .hardcodedIP(capturedAt: .zero),
      horizon: .minutes(2),
      nodes: 1
    )
    plan.workloads.append(
      WorkloadPlan(
        name: "shop/other",
        replicas: 0,
        server: ServerPlan(concurrency: 1, backlog: 1)
      )
    )
    plan.services.append(ServicePlan(name: "shop/other", workloads: [1], targetPort: 80))
    plan.faults = [
      .nodeLoss(node: 0, at: .seconds(60), duration: outage, emptyDisk: true)
    ]
    return plan.run()
  }

  @Test func aSynIsRepeatedEverySecondAndMeetsWhatIsThereThen() {
    // Back after 2.5 s: SYNs sent from 60 s on are repeated at +3 s at the latest and find the node
    // alive but no pod: unreachable, 3.05 s later or at the 4 s timeout, whichever is first.
    let result = Self.deadThenBack(after: .milliseconds(2_500))
    // A repeated SYN leaves less than 3.05 s of the 4 s only if it is the first one (+1 s is later
    // than 0.95 s), so requests from before the return end as connect timeouts …
    let before = 50 * 2.5
    let timedOut = Double(result.failed(0, .connectTimedOut))
    #expect(abs(timedOut - before) < 4 * before.squareRoot())
    // … and those from after it as "no route to host", until the pod has its new address.
    #expect(result.failed(0, .hostUnreachable) > 0)
  }

  @Test func hardcodedAddressesNeverLearnOfNewPods() {
    var plan = Worlds.single(
      replicas: 2,
      rate: 50,
      routing: .hardcodedIP(capturedAt: .zero),
      horizon: .minutes(10)
    )
    plan.faults = [.scale(workload: 0, at: .seconds(60), replicas: 10)]
    let result = plan.run()
    #expect(result.pods.count == 10)
    #expect(result.pods.dropFirst(2).allSatisfy { $0.requests == 0 })
    #expect(result.clients[0].failureLatency.count == 0)
  }

  @Test func aServiceSharesNewConnectionsUniformly() {
    let result = Worlds.single(
      replicas: 8,
      rate: 400,
      service: .deterministic(0.001),
      concurrency: 100,
      horizon: .minutes(10)
    ).run()
    let total = Double(result.pods.reduce(0) { $0 + $1.requests })
    // χ² with 7 degrees of freedom: 24.3 is its 99.9 % quantile.
    let chi = result.pods.reduce(0.0) { sum, pod in
      let expected = total / 8
      return sum + (Double(pod.requests) - expected) * (Double(pod.requests) - expected) / expected
    }
    #expect(chi < 24.3)
  }

  @Test func longLivedConnectionsKeepTheirPods() {
    var plan = Worlds.single(
      replicas: 2,
      rate: 50,
      service: .deterministic(0.001),
      concurrency: 100,
      horizon: .minutes(10)
    )
    plan.clients[0].call.connection = .http2(connections: 4, maxAge: .forever)
    plan.faults = [.scale(workload: 0, at: .seconds(60), replicas: 10)]
    let result = plan.run()
    #expect(result.pods.dropFirst(2).allSatisfy { $0.requests == 0 })
    plan.clients[0].call.connection = .http2(connections: 4, maxAge: .seconds(30))
    let turned = plan.run()
    #expect(turned.pods.dropFirst(2).allSatisfy { $0.requests > 0 })
  }

  @Test func retriesMultiplyTheLoadByTheGeometricSum() {
    // Half of two listed pods is dead: an attempt fails with p = 1/2, independently.
    var plan = Worlds.single(
      replicas: 2,
      rate: 50,
      service: .deterministic(0.001),
      concurrency: 100,
      timeout: .forever,
      routing: .dns,
      horizon: .minutes(60),
      nodes: 2
    )
    let inner = CallPlan(
      name: "inner",
      service: 1,
      routing: .hardcodedIP(capturedAt: .zero),
      timeout: .milliseconds(100)
    )
    plan.workloads[0].server.calls = [inner]
    plan.workloads[0].server.calls[0].retry.attempts = 3
    plan.workloads[0].server.concurrency = 1_000
    plan.workloads[0].replicas = 1
    plan.workloads.append(
      WorkloadPlan(
        name: "shop/inner",
        replicas: 2,
        server: ServerPlan(concurrency: 100, backlog: 10, serviceTime: .deterministic(0.001))
      )
    )
    plan.services.append(ServicePlan(name: "shop/inner", workloads: [1], targetPort: 80))
    let web = plan.run().pods[0].node
    let other = web == 0 ? 1 : 0
    plan.faults = [.nodeLoss(node: other, at: .zero, duration: nil, emptyDisk: false)]
    let result = plan.run()
    let calls = result.calls[1]
    let ratio = Double(calls.attempts) / Double(calls.requests)
    // 1 + 1/2 + 1/4; standard deviation of tries is 0.83, over 180,000 requests.
    #expect(abs(ratio - 1.75) < 4 * 0.83 / Double(calls.requests).squareRoot())
    let failed = Double(result.failed(0, .serverError)) / Double(result.clients[0].offered)
    #expect(abs(failed - 0.125) < 4 * (0.125 * 0.875 / 180_000).squareRoot())
  }

  @Test func aReusedAddressAnswersForAnotherApplication() {
    var plan = Worlds.single(
      replicas: 1,
      rate: 10,
      routing: .hardcodedIP(capturedAt: .zero),
      horizon: .minutes(20),
      nodes: 1
    )
    plan.workloads.append(
      WorkloadPlan(
        name: "shop/other",
        replicas: 0,
        server: ServerPlan(concurrency: 1, backlog: 1)
      )
    )
    plan.services.append(ServicePlan(name: "shop/other", workloads: [1], targetPort: 80))
    plan.faults = [
      .scale(workload: 0, at: .minutes(2), replicas: 0),
      .nodeLoss(node: 0, at: .minutes(4), duration: .minutes(1), emptyDisk: true),
      .scale(workload: 1, at: .minutes(10), replicas: 1),
    ]
    let result = plan.run()
    #expect(result.ended(call: 0, .wrongApplication, .reusedAddress) > 5_000)
    plan.workloads[1].server.port = 9_000
    #expect(plan.run().ended(call: 0, .refused, .reusedAddress) > 5_000)
  }

  @Test func poolsShareTheDatabasesLimit() {
    var plan = Worlds.single(
      replicas: 3,
      rate: 60,
      service: .deterministic(0),
      concurrency: 50,
      timeout: .seconds(20),
      horizon: .minutes(10)
    )
    plan.addDatabase(maxConnections: 25, transaction: 0.45)
    // 60/s · 0.45 s = 27 busy connections wanted, 25 allowed.
    let short = plan.run()
    #expect(short.ended(call: 0, .serverError, .databaseConnectionLimit) > 0)
    plan.workloads[1].database?.maxConnections = 30
    let enough = plan.run()
    #expect(enough.ended(call: 0, .serverError, .databaseConnectionLimit) == 0)
  }

  @Test func whenTheDatabaseDiesItsCallersFailAtOnceAndRecover() {
    var plan = Worlds.single(
      replicas: 1,
      rate: 20,
      service: .deterministic(0),
      concurrency: 50,
      timeout: .seconds(20),
      horizon: .minutes(10)
    )
    plan.addDatabase(maxConnections: 25, transaction: 0.1)
    plan.faults = [.podKill(workload: 1, at: .minutes(2), count: 1)]
    let result = plan.run()
    let failed = result.ended(call: 0, .serverError, .databaseDown)
    #expect(failed > 5 && failed < 200)
    #expect(
      result.clients[0].windows.suffix(6).allSatisfy {
        Int($0.outcomes[0]) + $0.undecided == $0.offered
      }
    )
  }
}
