import ClusterSimulator
import Foundation
import Scenarios
import SimKernel
import TestSupport
import Testing

/// A tenth of Kubernetes' published limits, from YAML to the last event; `make scale` does it all.
@Suite struct LargeClusterTests {
  private static let nodes = 500
  private static let services = 1_000
  private static let rolled = 500
  /// 14 or 15 pods in each of the others make 15,000 pods.
  private static let replicas = [rolled] + (1..<services).map { $0 <= 514 ? 15 : 14 }

  private static func objects(_ index: Int) -> String {
    let name = "service-\(index)"
    let namespace = "team-\(index / 500)"
    return """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: \(name), namespace: \(namespace)}
      spec:
        replicas: \(replicas[index])
        selector: {matchLabels: {app: \(name)}}
        template:
          metadata: {labels: {app: \(name)}}
          spec:
            containers:
              - name: server
                image: registry.example/server:1.0.0
                ports: [{name: http, containerPort: 8080}]
                resources: {requests: {cpu: 100m}}
                readinessProbe: {tcpSocket: {port: http}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: \(name), namespace: \(namespace)}
      spec: {selector: {app: \(name)}, ports: [{port: 80, targetPort: http}]}

      """
  }

  private static let scenario = """
    apiVersion: podstorm/v1
    kind: Scenario
    metadata: {name: large}
    spec:
      manifests: [manifests/]
      run: {duration: 2m, window: 30s}
      cluster: {nodes: \(nodes), podCIDR: 10.128.0.0/12}
      workloads:
        service-0: {concurrency: 8, serviceTime: 20ms}
      traffic:
        - {name: users, arrivals: {poisson: 20/s}, target: http://service-0.team-0/, timeout: 1s}
      operations:
        - {at: 1m, setImage: {workload: service-0, image: "registry.example/server:1.0.1"}}

    """

  private static func plan() throws -> SimulationPlan {
    try withTemporaryDirectory { folder in
      let manifests = folder.appending(path: "manifests")
      try FileManager.default.createDirectory(at: manifests, withIntermediateDirectories: true)
      for first in stride(from: 0, to: services, by: 500) {
        let text = (first..<(first + 500)).map(objects).joined(separator: "---\n")
        try Data(text.utf8).write(to: manifests.appending(path: "team-\(first / 500).yaml"))
      }
      let file = folder.appending(path: "scenario.yaml")
      try Data(scenario.utf8).write(to: file)
      return try ScenarioLoader.load(path: file.path).variants[0].plan
    }
  }

  @Test func aTenthOfTheLimitsKeepsToThem() throws {
    let plan = try Self.plan()
    let start = Simulation(plan: plan, seed: 1, replication: 1).snapshot(at: .zero)
    #expect(start.pods.count == 15_000)
    #expect(start.pods.count(where: \.isReady) == 15_000)
    // Every 10 s from a phase of its own on: six times a minute, whatever the phase.
    let minute = Simulation(plan: plan, seed: 1, replication: 1).snapshot(at: .zero + .minutes(1))
    #expect(minute.run.probes == 15_000 * 6)
    let whole = Simulation(plan: plan, seed: 1, replication: 1).run()
    try Self.checkRollout(whole)
    // Nobody sleeps in preStop, so that nothing but the roll-out fails calls.
    let failures = whole.calls[0].ended.reduce(0, +) - whole.clients[0].outcomes[0]
    #expect(failures > 0 && failures < 200)
  }

  /// Creations and deletions share 20 calls a second after a burst of 30, and the ReplicaSets are
  /// never asked for more than a quarter too many or too few.
  ///
  /// Pods are: a creation may have its turn before the deletion that makes room for it.
  private static func checkRollout(_ result: RunResult) throws {
    let calls = result.events.filter {
      $0.reason == .successfulCreate || $0.reason == .successfulDelete
    }
    let first = try #require(calls.first).time
    #expect(first > .zero + .minutes(1))
    for (index, call) in calls.enumerated() {
      #expect(Double(index + 1) <= 31 + 20 * (call.time.seconds - 60))
    }
    // All old pods and all new ones, and hardly ever is the bucket full.
    #expect(calls.count == 2 * rolled)
    let last = try #require(calls.last).time.seconds
    #expect(last < 60 + Double(2 * rolled) / 20)
    var sizes: [Int: Int] = [:]
    for event in result.events where event.reason == .scalingReplicaSet {
      let total = rolled + sizes.values.reduce(0, +) + event.value - event.previous
      sizes[event.object, default: 0] += event.value - event.previous
      #expect(abs(total - rolled) <= rolled / 4)
    }
    #expect(sizes.values.sorted() == [-rolled, rolled])
  }
}
