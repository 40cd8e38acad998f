import ClusterSimulator
import KubernetesManifests
import Scenarios
import SimKernel
import Testing

@Suite("Overrides by path")
struct OverrideTests {
  private func plan(_ overrides: String..., variant: String = "fast") throws -> SimulationPlan {
    let scenario = try Shop.load(overrides: overrides)
    return try #require(scenario.variants.first { $0.name == variant }).plan
  }

  @Test("fields of spec, with and without the leading spec")
  func specFields() throws {
    #expect(try plan("run.duration=2h").horizon == .hours(2))
    #expect(try plan("spec.run.duration=2h").horizon == .hours(2))
    #expect(try Shop.load(overrides: ["metadata.name=other"]).name == "other")
    #expect(try Shop.load(overrides: ["run.seed=7", "run.seed=8"]).run.seed == 8)
  }

  @Test(
    "a workload by any unambiguous tail of its name",
    arguments: ["web", "deployment/web", "shop/deployment/web", "\"shop/deployment/web\""]
  )
  func workloadNames(_ name: String) throws {
    #expect(try plan("workloads.\(name).concurrency=9").workloads[0].server.concurrency == 9)
  }

  @Test("elements of lists by name and by index")
  func listElements() throws {
    #expect(try plan("traffic.users.timeout=3s").clients[0].call.timeout == .seconds(3))
    #expect(try plan("traffic[0].timeout=3s").clients[0].call.timeout == .seconds(3))
    #expect(
      try plan("faults[0].nodeLoss.node=node-1").faults[0]
        == .nodeLoss(node: 0, at: .minutes(10), duration: .minutes(5), emptyDisk: false)
    )
  }

  @Test("an alternative is replaced as a whole, and reached into")
  func alternatives() throws {
    let whole = try plan("workloads.web.calls.api.connection={http2: {connections: 3}}")
    #expect(
      whole.workloads[0].server.calls[0].connection
        == .http2(connections: 3, maxAge: .forever)
    )
    let inner = try plan("workloads.web.calls.api.connection.http2.maxAge=1m")
    #expect(
      inner.workloads[0].server.calls[0].connection
        == .http2(connections: 1, maxAge: .minutes(1))
    )
  }

  @Test("fields of manifests, containers by name, kinds by their short names")
  func manifests() throws {
    #expect(try plan("manifests.deployment.web.spec.replicas=7").workloads[0].replicas == 7)
    #expect(try plan("manifests.deploy.shop/web.spec.replicas=7").workloads[0].replicas == 7)
    let probe = "{tcpSocket: {port: http}, periodSeconds: 7}"
    let path = "manifests.deployment.web.spec.template.spec.containers.web.livenessProbe"
    #expect(try plan("\(path)=\(probe)").workloads[0].livenessProbe?.period == .seconds(7))
    #expect(try plan("\(path)=\(probe)", "\(path)=null").workloads[0].livenessProbe == nil)
  }

  @Test("autoscalers: their fields, and whether they are there")
  func autoscalers() throws {
    #expect(try plan().autoscalers[0].maxReplicas == 9)
    #expect(try plan("hpa.maxReplicas=5").autoscalers[0].maxReplicas == 5)
    #expect(try plan("autoscalers.api.maxReplicas=5").autoscalers[0].maxReplicas == 5)
    #expect(try plan("hpa=null").autoscalers.isEmpty)
    #expect(try plan("autoscalers.shop/api=null").autoscalers.isEmpty)
    #expect(try plan().autoscalers[0].behavior == nil)
    let behavior = try plan("hpa.behavior.scaleDown.selectPolicy=Disabled").autoscalers[0].behavior
    #expect(behavior?.down.select == .disabled)
    #expect(behavior?.up == .defaultUp)
  }

  @Test("null removes what the path names")
  func removal() throws {
    #expect(try plan("faults[0]=null").faults.isEmpty)
    #expect(try plan("workloads.api.database=null").workloads[1].server.transaction == nil)
  }

  @Test("variants come after the command line, and can be changed by it")
  func precedence() throws {
    let path = "workloads.web.calls.api.timeout"
    #expect(try plan("\(path)=3s").workloads[0].server.calls[0].timeout == .seconds(1))
    let changed = try plan("variants.fast.\"\(path)\"=3s")
    #expect(changed.workloads[0].server.calls[0].timeout == .seconds(3))
  }

  @Test("overrides of the file are themselves changed before they are applied")
  func overridesOfOverrides() throws {
    let text = "overrides={manifests.deployment.web.spec.replicas: 7}"
    #expect(try plan(text).workloads[0].replicas == 7)
    let path = "overrides.\"manifests.deployment.web.spec.replicas\""
    #expect(try plan("\(path)=8").workloads[0].replicas == 8)
    // A field itself is nearer than an override of it.
    #expect(try plan("manifests.deployment.web.spec.replicas=9", text).workloads[0].replicas == 9)
    let odd = "overrides={manifests.deployment.wib.spec.replicas: 7}"
    #expect(
      try Shop.errors(overrides: [odd]).first?.contains("there is no deployment 'wib'") == true
    )
  }

  @Test(
    "an override given wrongly is named with its path",
    arguments: [
      ("run.seed", "--set:1:1 'run.seed' is not path=value | such as --set run.seed=7"),
      (
        "run.seed=",
        "--set run.seed:1:1 no value is given | --set run.seed=null goes back to the default"
      ),
      (
        "run.seed= # 7",
        "--set run.seed:1:1 no value is given | --set run.seed=null goes back to the default"
      ),
      (
        "web.replicas=1",
        "--set web.replicas:1:1 cannot set 'web.replicas': there is no 'web' | a path starts with"
          + " a field of spec, or with hpa, autoscalers.NAME or manifests.KIND.NAME"
      ),
      ("run.seed=x", "--set run.seed:1:1 expected a whole number, found the text 'x'"),
      (
        "rum.seed=1",
        "--set rum.seed:1:1 cannot set 'rum.seed': there is no 'rum'"
          + " | did you mean 'run'?"
      ),
      (
        "hpa.maxReplica=1",
        "--set hpa.maxReplica:1:1 unknown field 'maxReplica'"
          + " | did you mean 'maxReplicas'?"
      ),
    ]
  )
  func faults(_ argument: String, _ expected: String) throws {
    #expect(try Shop.errors(overrides: [argument]) == [expected])
  }
}
