import ClusterSimulator
import KubernetesManifests
import Scenarios
import SimKernel
import Testing

@Suite("Operations reach the plan")
struct OperationTests {
  private func plan(_ operations: [String]) throws -> SimulationPlan {
    let list = operations.map { "{\($0)}" }.joined(separator: ", ")
    return try Shop.load(overrides: ["operations=[\(list)]"]).variants[0].plan
  }

  @Test("each verb, in order of time")
  func verbs() throws {
    let plan = try plan([
      "at: 5m, drain: {node: node-3}", "at: 1m, scale: {workload: web, replicas: 7}",
      "at: 2m, deletePods: {workload: db}", "at: 3m, cordon: {node: node-1}",
      "at: 4m, uncordon: {node: node-1}", "at: 6m, rolloutPause: {workload: web}",
      "at: 7m, rolloutResume: {workload: web}",
    ])
    let expected: [(Int64, OperationPlan.Verb)] = [
      (1, .scale(workload: 0, replicas: 7)), (2, .deletePods(workload: 2, count: 1)),
      (3, .cordon(node: 0)), (4, .uncordon(node: 0)), (5, .drain(node: 2)),
      (6, .pauseRollout(workload: 0)), (7, .resumeRollout(workload: 0)),
    ]
    #expect(plan.operations == expected.map { OperationPlan(at: .minutes($0.0), $0.1) })
  }

  @Test("new images, restarts and undos are templates of the workload")
  func templates() throws {
    let plan = try plan([
      "at: 1m, setImage: {workload: web, image: w:2, behavior: {serviceTime: 90ms, backlog: 5}}",
      "at: 2m, rolloutRestart: {workload: web}", "at: 3m, rolloutUndo: {workload: web}",
      "at: 4m, setImage: {workload: web, image: w:3, behavior: {startup: 9s}}",
    ])
    #expect(
      plan.operations.map(\.verb) == [1, 2, 1, 3].map { .rollOut(workload: 0, template: $0) }
    )
    let servers = plan.workloads[0].templates.map(\.server)
    #expect(
      servers.map(\.serviceTime) == [
        .deterministic(0.02), .deterministic(0.09), .deterministic(0.09), .deterministic(0.09),
      ]
    )
    #expect(servers.map(\.backlog) == [128, 5, 5, 5])
    #expect(servers.map(\.startup).last == .deterministic(9))
    #expect(servers.allSatisfy { $0.concurrency == 4 && $0.calls.count == 1 })
    #expect(plan.workloads[1].templates.count == 1)
  }

  @Test(
    "what is wrong is said with its place and a hint",
    arguments: [
      ("at: 1m", "expected exactly one operation, found 0"),
      (
        "at: 1m, cordon: {node: node-1}, drain: {node: node-1}",
        "expected exactly one operation, found 2"
      ),
      ("at: 1m, drain: {node: node-4}", "there is no node 'node-4'"),
      ("at: 1m, rolloutRestart: {workload: wep}", "there is no workload 'wep' in the manifests"),
      (
        "at: 1m, rolloutUndo: {workload: web}",
        "'shop/deployment/web' has no template to go back to"
      ),
      ("at: 1m, scael: {workload: web, replicas: 1}", "unknown field 'scael'"),
    ]
  )
  func errors(operation: String, message: String) throws {
    let error = #expect(throws: InvalidInput.self) { try plan([operation]) }
    let found = try #require(error).diagnostics.filter { $0.severity == .error }
    #expect(found.contains { $0.message == message }, "\(found.map(\.message))")
    #expect(found.allSatisfy { $0.mark != nil })
  }

  @Test("strategies and budgets of the manifests")
  func rollouts() throws {
    let budget = """
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: web, namespace: shop}
      spec:
        maxUnavailable: 30%
        selector: {matchLabels: {app: web}}

      """
    let manifests =
      Shop.manifests.replacing(
        "  replicas: 2\n",
        with: "  replicas: 2\n  minReadySeconds: 7\n  progressDeadlineSeconds: 99\n"
          + "  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 40%}}\n",
        maxReplacements: 1
      ) + "---\n" + budget
    let plan = try Shop.load(manifests: manifests).variants[0].plan
    var expected = RolloutPlan()
    expected.minReady = .seconds(7)
    expected.progressDeadline = .seconds(99)
    expected.strategy = .rollingUpdate(maxSurge: .count(1), maxUnavailable: .percent(40))
    #expect(plan.workloads[0].rollout == expected)
    #expect(plan.workloads[1].rollout == RolloutPlan())
    #expect(
      plan.disruptionBudgets == [
        DisruptionBudgetPlan(name: "shop/web", workloads: [0], limit: .maxUnavailable(.percent(30)))
      ]
    )
  }
}
