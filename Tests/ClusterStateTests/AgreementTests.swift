import ClusterSimulator
import ClusterState
import KubernetesManifests
import SimKernel
import Testing

/// What the engine works out on rows and `ClusterState` on objects is the same algorithm.
///
/// The engine imports no manifests and `ClusterState` no engine, so each has its own; here they
/// are held against each other.
@Suite struct AgreementTests {
  // MARK: Slices

  /// One Service's pods as both see them.
  private struct Members {
    var pods: [(number: Int, port: Int, isReady: Bool)]

    var rows: [ClusterSimulator.SlicePacking.Endpoint] {
      pods.map {
        ClusterSimulator.SlicePacking.Endpoint(
          pod: UInt32($0.number),
          port: $0.port,
          isReady: $0.isReady,
          isServing: $0.isReady,
          isTerminating: false
        )
      }
    }

    var objects: [PodState] {
      pods.map { pod in
        var object = Samples.pod(pod.number, isReady: pod.isReady)
        object.ports = [PodState.Port(pod.port, name: "http")]
        return object
      }
    }

    /// Some pods leave, some change, some come, as the seed has it.
    mutating func change(_ generator: inout Generator) {
      let gone = generator.below(4) * 25
      pods.removeAll { _ in generator.below(100) < gone }
      for index in pods.indices where generator.below(50) == 0 { pods[index].isReady.toggle() }
      let first = (pods.last?.number ?? 0) + 1
      for number in first..<(first + Int(generator.below(3) * generator.below(120))) {
        pods.append((number, generator.below(8) == 0 ? 81 : 80, true))
      }
    }
  }

  @Test(arguments: 0..<150)
  func bothPackSlicesAlike(seed: Int) {
    var generator = StreamFactory(seed: UInt64(seed), replication: 0).stream("slices")
      .generator(0, 0)
    let service = Samples.backend(ports: [ServiceState.Port(80, targetPort: .name("http"))])
    var members = Members(pods: (0..<Int(generator.below(330))).map { ($0, 80, true) })
    var names = Samples.sliceNames
    var slices: [EndpointSliceState] = []
    var packing = ClusterSimulator.SlicePacking()
    for step in 0..<2 {
      let before = packing.writes
      packing.update(to: members.rows)
      let changes = ClusterState.SlicePacking.reconcile(
        &slices,
        with: ServiceMembership(of: service, among: members.objects),
        of: service.key,
        names: &names
      )
      #expect(packing.sizes.sorted() == slices.map(\.endpoints.count).sorted())
      // A Service's first empty slice is there from the start for the engine.
      if step > 0 { #expect(packing.writes - before == changes.count) }
      // One change only: of equally full slices Kubernetes fills any first, so that from then on
      // the two may hold different pods.
      members.change(&generator)
    }
  }

  // MARK: Budgets

  private static let amounts: [(RolloutPlan.Amount, IntOrPercent)] =
    [0, 1, 2, 5, 100].map { (.count($0), .count($0)) }
    + [0, 1, 10, 25, 33, 50, 99, 100, 150].map { (.percent($0), .percent($0)) }

  @Test(arguments: [0, 1, 2, 3, 4, 7, 10, 99, 100, 5_000])
  func bothLimitRolloutsAlike(replicas: Int) {
    for (surge, maxSurge) in Self.amounts {
      for (unavailable, maxUnavailable) in Self.amounts {
        var plan = RolloutPlan()
        plan.strategy = .rollingUpdate(maxSurge: surge, maxUnavailable: unavailable)
        let budget = RolloutBudget(
          replicas: replicas,
          maxSurge: maxSurge,
          maxUnavailable: maxUnavailable
        )
        let limits = plan.limits(desired: replicas)
        #expect(limits.surge == budget.maxSurge)
        #expect(min(limits.unavailable, replicas) == budget.maxUnavailable)
      }
    }
  }

  @Test(arguments: [0, 1, 2, 3, 10, 100])
  func bothAllowTheSameEvictions(expected: Int) {
    for (amount, share) in Self.amounts {
      for healthy in [0, 1, expected / 2, max(expected - 1, 0), expected, expected + 2] {
        let limits: [(DisruptionBudgetPlan.Limit, DisruptionBudget.Limit)] = [
          (.minAvailable(amount), .minAvailable(share)),
          (.maxUnavailable(amount), .maxUnavailable(share)),
        ]
        for (planned, written) in limits {
          let plan = DisruptionBudgetPlan(name: "shop/budget", workloads: [0], limit: planned)
          let budget = DisruptionBudget(written, expectedPods: expected, healthyPods: healthy)
          #expect(
            plan.allowed(healthy: healthy, expected: expected) == budget.disruptionsAllowed
          )
        }
      }
    }
  }
}
