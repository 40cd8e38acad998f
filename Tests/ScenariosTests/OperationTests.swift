import ClusterSimulator
import Foundation
import KubernetesManifests
import Scenarios
import SimKernel
import TestSupport
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
      ("at: 1m, label: {workload: web}", "no label is set or removed"),
      ("at: 1m, label: {workload: web, remove: [ap]}", "the pods have no label 'ap'"),
      (
        "at: 1m, label: {workload: web, set: {app: a b}}",
        "Invalid value: 'app': a label value is at most 63 of A-Z, a-z, 0-9, '-', '_' and '.', "
          + "and begins and ends with a letter or digit"
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

  // MARK: apply and delete

  /// A scenario whose second file is applied in the fifth minute.
  private func plan(
    applying text: String,
    over manifests: String = Shop.manifests
  ) throws -> SimulationPlan {
    try withTemporaryDirectory { folder in
      for (name, content) in [
        ("scenario.yaml", Shop.scenario), ("shop.yaml", manifests), ("later.yaml", text),
      ] {
        try Data(content.utf8).write(to: folder.appending(path: name))
      }
      return try ScenarioLoader.load(
        path: folder.appending(path: "scenario.yaml").path,
        overrides: ["operations=[{at: 5m, apply: {manifests: [later.yaml]}}]"]
      ).variants[0].plan
    }
  }

  @Test("an applied Service with another selector selects others from then on")
  func selector() throws {
    let text = Shop.service("web").replacing("{app: web}", with: "{app: api}")
    let plan = try plan(applying: text)
    #expect(plan.services[0].workloads == [0])
    #expect(
      plan.serviceOperations == [
        ServiceOperation(at: .minutes(5), service: 0, .apply),
        ServiceOperation(at: .minutes(5), service: 0, .select([1])),
      ]
    )
    #expect(plan.operations.isEmpty)
  }

  @Test("an applied template with another label leaves Services that ask for the old one")
  func templateLabels() throws {
    let text = Shop.deployment("web", replicas: 2)
      .replacing("labels: {app: web}", with: "labels: {app: web, tier: front}")
    let same = try plan(applying: text)
    #expect(same.services[0].excluded.isEmpty)
    #expect(same.workloads[0].templates.count == 2)
    #expect(
      same.operations == [OperationPlan(at: .minutes(5), .rollOut(workload: 0, template: 1))]
    )
    let manifests = Shop.manifests
      .replacing("labels: {app: web}", with: "labels: {app: web, tier: front}")
      .replacing(
        "metadata: {name: web, namespace: shop}\nspec:\n  selector: {app: web}",
        with: "metadata: {name: web, namespace: shop}\nspec:\n  selector: {app: web, tier: front}"
      )
    let plan = try plan(applying: Shop.deployment("web", replicas: 2), over: manifests)
    #expect(plan.services[0].workloads == [0])
    #expect(plan.services[0].excluded == [TemplatePlace(workload: 0, template: 1)])
    #expect(
      plan.workloads[0].templates.map { $0.labels.map(\.key) } == [["app", "tier"], ["app"]]
    )
  }

  @Test("a selector that is edited afterwards matches by template, too")
  func selectorAfterLabels() throws {
    let text =
      Shop.deployment("web", replicas: 2)
      .replacing("labels: {app: web}", with: "labels: {app: web, tier: front}") + "---\n"
      + Shop.service("web").replacing("{app: web}", with: "{tier: front}")
    let plan = try plan(applying: text)
    #expect(
      plan.serviceOperations == [
        ServiceOperation(at: .minutes(5), service: 0, .apply),
        ServiceOperation(at: .minutes(5), service: 0, .select([0])),
        ServiceOperation(
          at: .minutes(5),
          service: 0,
          .exclude([TemplatePlace(workload: 0, template: 0)])
        ),
      ]
    )
  }

  @Test("a workload's selector stays as it was created")
  func immutableSelector() throws {
    let text = Shop.deployment("web", replicas: 2).replacing("app: web}", with: "app: wep}")
    let error = #expect(throws: InvalidInput.self) { try plan(applying: text) }
    let found = error?.diagnostics.filter { $0.severity == .error } ?? []
    #expect(found.map(\.message) == ["Invalid value: 'app=wep': field is immutable"])
    #expect(found.allSatisfy { $0.field.hasSuffix("spec.selector") && $0.mark != nil })
  }

  @Test(
    "kubectl label: which Services match then, and whether the controller lets go",
    arguments: [
      ("set: {app: debug}", [], true), ("set: {tier: front}", [0], false),
      ("set: {app: api}", [1], true), ("remove: [app]", [], true),
    ] as [(String, [Int], Bool)]
  )
  func label(change: String, services: [Int], isOrphaning: Bool) throws {
    let plan = try plan(["at: 1m, label: {workload: web, count: 2, \(change)}"])
    #expect(
      plan.operations == [
        OperationPlan(at: .minutes(1), .relabel(workload: 0, count: 2, labels: 0))
      ]
    )
    #expect(plan.relabelings.map(\.services) == [services])
    #expect(plan.relabelings.map(\.isOrphaning) == [isOrphaning])
  }

  @Test("an unknown Service or workload comes into being then")
  func newObjects() throws {
    let text = Shop.deployment("extra", replicas: 4) + "---\n" + Shop.service("extra")
    let plan = try plan(applying: text)
    #expect(plan.workloads.map(\.name).last == "shop/extra")
    #expect(plan.workloads.last?.replicas == 0)
    #expect(
      plan.operations == [OperationPlan(at: .minutes(5), .scale(workload: 3, replicas: 4))]
    )
    let service = plan.services.firstIndex { $0.name == "shop/extra" }
    #expect(service.map { plan.services[$0].isPresentAtStart } == false)
    #expect(service.map { plan.services[$0].workloads } == [3])
    #expect(
      plan.serviceOperations.contains {
        $0 == ServiceOperation(at: .minutes(5), service: service ?? -1, .apply)
      }
    )
  }

  @Test("a changed template is rolled out, a changed size scales, nothing else happens")
  func changedDeployment() throws {
    let same = try plan(applying: Shop.deployment("web", replicas: 2))
    #expect(same.operations.isEmpty)
    let resized = try plan(applying: Shop.deployment("web", replicas: 5))
    #expect(
      resized.operations == [OperationPlan(at: .minutes(5), .scale(workload: 0, replicas: 5))]
    )
    let image = Shop.deployment("web", replicas: 2)
      .replacing("registry.example/web", with: "registry.example/web:2")
    let rolled = try plan(applying: image)
    #expect(
      rolled.operations == [OperationPlan(at: .minutes(5), .rollOut(workload: 0, template: 1))]
    )
    let probed = Shop.deployment("web", replicas: 2)
      .replacing(
        "          ports:",
        with: "          readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 3}\n"
          + "          ports:"
      )
    let plan = try plan(applying: probed)
    #expect(plan.workloads[0].templates.map { $0.readinessProbe?.period } == [nil, .seconds(3)])
  }

  @Test("what cannot be changed is refused")
  func refusedChanges() throws {
    let ports = Shop.service("web", port: 81)
    let error = #expect(throws: InvalidInput.self) { try plan(applying: ports) }
    #expect(
      error?.diagnostics.filter { $0.severity == .error }.map(\.message) == [
        "changing the type or the ports of Service 'shop/web' is not simulated yet"
      ]
    )
  }

  @Test("delete takes a Service or all pods of a workload")
  func delete() throws {
    let plan = try plan([
      "at: 1m, delete: {service: web}", "at: 2m, delete: {workload: api}",
    ])
    #expect(plan.serviceOperations == [ServiceOperation(at: .minutes(1), service: 0, .delete)])
    #expect(
      plan.operations == [OperationPlan(at: .minutes(2), .scale(workload: 1, replicas: 0))]
    )
    let error = #expect(throws: InvalidInput.self) {
      try self.plan(["at: 1m, delete: {service: wep}"])
    }
    #expect(error?.diagnostics.contains { $0.message == "there is no Service 'wep'" } == true)
  }
}
