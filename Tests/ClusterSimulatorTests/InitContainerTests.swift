import ClusterSimulator
import SimKernel
import Testing

/// What runs before the serving container.
@Suite struct InitContainerTests {
  private static func initial(
    _ name: String,
    _ seconds: Double,
    isSidecar: Bool = false,
    failures: Int = 0
  ) -> InitContainerPlan {
    var container = InitContainerPlan(name: name)
    container.duration = .deterministic(seconds)
    container.isSidecar = isSidecar
    container.failures = failures
    return container
  }

  private static func lines(_ containers: [InitContainerPlan]) -> [String] {
    var plan = Worlds.single(replicas: 0, rate: 0.001, horizon: .minutes(20), nodes: 1)
    plan.cluster.makeDelaysExact()
    plan.workloads[0].initContainers = containers
    plan.operations = [OperationPlan(at: .seconds(10), .scale(workload: 0, replicas: 1))]
    var timeline = Timeline(plan)
    timeline.isAboutContainers = true
    return timeline.lines(from: .seconds(9)).split(separator: "\n").map(String.init)
      .filter { !$0.contains("node-1 web") && !$0.contains("users web") }
  }

  /// The sandbox is there at 11 s; 20 s and 5 s of init containers come first.
  @Test func theyRunOneAfterTheOther() {
    #expect(
      Self.lines([Self.initial("migrate", 20), Self.initial("warm", 5)]) == [
        "10.0s web-0 on node-1", "11.0s web-0 init 0 Started", "31.0s web-0 init 0 exit 0",
        "31.0s web-0 init 1 Started", "36.0s web-0 init 1 exit 0", "36.0s web-0 Started",
        "36.0s web-0 Ready",
      ]
    )
  }

  /// A sidecar is waited for until it has started (4 s), and stays.
  @Test func aSidecarIsNotWaitedForLonger() {
    #expect(
      Self.lines([Self.initial("mesh", 4, isSidecar: true), Self.initial("warm", 5)]) == [
        "10.0s web-0 on node-1", "11.0s web-0 init 0 Started", "15.0s web-0 init 1 Started",
        "20.0s web-0 init 1 exit 0", "20.0s web-0 Started", "20.0s web-0 Ready",
      ]
    )
  }

  /// Three failures of 5 s each: again at once, then after 10 s and 20 s.
  @Test func oneThatFailsIsTriedAgainWithBackOff() {
    #expect(
      Self.lines([Self.initial("migrate", 5, failures: 3)]) == [
        "10.0s web-0 on node-1", "11.0s web-0 init 0 Started", "16.0s web-0 init 0 exit 1",
        "16.0s web-0 init 0 Started", "21.0s web-0 init 0 exit 1", "21.0s web-0 BackOff 10s",
        "31.0s web-0 init 0 Started", "36.0s web-0 init 0 exit 1", "36.0s web-0 BackOff 20s",
        "56.0s web-0 init 0 Started", "61.0s web-0 init 0 exit 0", "61.0s web-0 Started",
        "61.0s web-0 Ready",
      ]
    )
  }
}
