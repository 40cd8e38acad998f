import ClusterSimulator
import SimKernel
import Testing

/// Pods whose labels change, one by one and with their template.
@Suite struct RelabelingTests {
  private static func lines(_ plan: SimulationPlan, from start: Int64) -> [String] {
    Timeline(plan).lines(from: .seconds(start)).split(separator: "\n").map(String.init)
      .filter { !$0.contains("users ") }
  }

  /// `kubectl label pod web-0 app=debug` at 10 s: its ReplicaSet lets go of it and makes web-2,
  /// which is ready after its second in the sandbox; the slice without web-0 is written 0.1 s
  /// later and live after 0.1 s more, that with web-2 a second after it and 0.1 s of its own.
  @Test func aPodThatIsRelabelledLeavesItsServiceAndIsReplaced() {
    var plan = Worlds.single(replicas: 2, rate: 1, horizon: .minutes(2), nodes: 1)
    plan.cluster.makeDelaysExact()
    plan.relabelings = [RelabelingPlan(labels: [], services: [], isOrphaning: true)]
    plan.operations = [
      OperationPlan(at: .seconds(10), .relabel(workload: 0, count: 1, labels: 0)),
      // Nobody counts it: three wanted make one more, and not two.
      OperationPlan(at: .seconds(60), .scale(workload: 0, replicas: 3)),
    ]
    #expect(
      Self.lines(plan, from: 9) == [
        "10.2s node-1 web: web-1", "11.0s web-2 Ready", "11.3s node-1 web: web-1 web-2",
        "61.0s web-3 Ready", "61.2s node-1 web: web-1 web-2 web-3",
      ]
    )
  }

  /// The labels still fit the controller: it leaves the Service and nobody replaces it.
  @Test func aPodThatKeepsItsControllersLabelsIsNotReplaced() {
    var plan = Worlds.single(replicas: 2, rate: 1, horizon: .minutes(2), nodes: 1)
    plan.cluster.makeDelaysExact()
    plan.relabelings = [RelabelingPlan(labels: [], services: [], isOrphaning: false)]
    plan.operations = [
      OperationPlan(at: .seconds(10), .relabel(workload: 0, count: 1, labels: 0))
    ]
    #expect(Self.lines(plan, from: 9) == ["10.2s node-1 web: web-1"])
  }

  /// The mismatch of a selector, repaired with kubectl: the Service matches nobody until one pod
  /// gets the label it asks for.
  @Test func oneLabelledPodRepairsAServiceThatMatchesNobody() {
    var plan = Worlds.single(replicas: 2, rate: 1, horizon: .minutes(2), nodes: 1)
    plan.cluster.makeDelaysExact()
    plan.services[0].workloads = []
    plan.services[0].application = [0]
    plan.relabelings = [RelabelingPlan(labels: [], services: [0], isOrphaning: false)]
    plan.operations = [
      OperationPlan(at: .seconds(60), .relabel(workload: 0, count: 1, labels: 0))
    ]
    #expect(Self.lines(plan, from: 9) == ["60.2s node-1 web: web-0"])
    let result = plan.run()
    // A minute of refusals at one a second, and then none.
    let refused = result.failed(0, .refused)
    #expect(refused > 30 && refused < 90)
    #expect(result.clients[0].outcomes[0] > 30)
  }

  /// A template with a label that the Service does not ask for: ready pods that nobody calls.
  @Test func aTemplateThatTheSelectorDoesNotMatchTakesTheServiceAway() {
    var plan = Worlds.single(replicas: 2, rate: 1, horizon: .minutes(2), nodes: 1)
    plan.cluster.makeDelaysExact()
    plan.workloads[0].templates.append(plan.workloads[0].templates[0])
    plan.services[0].excluded = [TemplatePlace(workload: 0, template: 1)]
    plan.operations = [OperationPlan(at: .seconds(10), .rollOut(workload: 0, template: 1))]
    let views = Self.lines(plan, from: 9).filter { $0.contains("node-1 web:") }
    #expect(views.last?.hasSuffix("web: none") == true)
    // The selector is edited to match the new ones instead: they are back.
    plan.serviceOperations = [
      ServiceOperation(
        at: .seconds(60),
        service: 0,
        .exclude([TemplatePlace(workload: 0, template: 0)])
      )
    ]
    #expect(Self.lines(plan, from: 59) == ["60.2s node-1 web: web-2 web-3"])
  }
}
