import ClusterSimulator
import Experiments
import Scenarios
import SimKernel
import Testing

/// One more variant, or one more value of a sweep, leaves every other run as it was.
@Suite struct NewcomerTests {
  /// Two pods behind a Service, called so fast that requests queue.
  private static func plan(rate: Double) -> SimulationPlan {
    var plan = HandMade.plan(horizon: .seconds(120), workloads: 1)
    plan.cluster.nodes = [
      NodePlan(
        name: "node-1",
        zone: "zone-a",
        allocatableMilliCPU: 8_000,
        allocatableMemory: 1 << 34,
        podCIDR: 0x0AF4_0000
      )
    ]
    plan.workloads[0].replicas = 2
    plan.workloads[0].server.backlog = 100
    plan.workloads[0].server.serviceTime = .exponential(mean: 0.05)
    plan.services = [ServicePlan(name: "shop/w0", workloads: [0], targetPort: 80)]
    plan.clients[0].arrivals = .poisson(RateProfile(points: [.init(time: .zero, rate: rate)]))
    return plan
  }

  private static let experiment = Experiment(runner: ReplicationRunner(threads: 2))

  /// The fingerprints of every variant's replications, by the variant's name.
  private func fingerprints(of rates: [(String, Double)]) throws -> [String: [UInt64]] {
    var scenario = HandMade.scenario(variants: rates.map(\.0), replications: 3)
    for (index, rate) in rates.enumerated() {
      scenario.variants[index].plan = Self.plan(rate: rate.1)
    }
    let result = try Self.experiment.run(scenario)
    return Dictionary(
      uniqueKeysWithValues: result.variants.map { ($0.name, $0.runs.map(\.fingerprint)) }
    )
  }

  @Test func anotherVariantChangesNoRun() throws {
    let alone = try fingerprints(of: [("a", 30), ("b", 35)])
    let after = try fingerprints(of: [("a", 30), ("b", 35), ("c", 36)])
    let before = try fingerprints(of: [("c", 36), ("a", 30), ("b", 35)])
    #expect(Set(alone.values.joined()).count == 6)
    for name in ["a", "b"] {
      #expect(after[name] == alone[name])
      #expect(before[name] == alone[name])
    }
    #expect(before["c"] == after["c"])
  }

  /// The estimates of every point, by its coordinate.
  private func estimates(of values: [String]) throws -> [String: [MetricEstimate]] {
    let sweep = Sweep(
      axes: [SweepAxis(path: "rate", values: values)],
      experiment: Self.experiment
    ) { overrides in
      var scenario = HandMade.scenario(variants: ["only"], replications: 2)
      let rate = overrides.first?.split(separator: "=").last.flatMap { Double($0) }
      scenario.variants[0].plan = Self.plan(rate: rate ?? 0)
      return scenario
    }
    var found: [String: [MetricEstimate]] = [:]
    _ = try sweep.run { found[$0.coordinates[0]] = $0.variants[0].estimates }
    return found
  }

  @Test func anotherPointOfASweepChangesNoPoint() throws {
    let alone = try estimates(of: ["30", "35"])
    let crowded = try estimates(of: ["33", "30", "36", "35"])
    #expect(alone["30"]?.map(\.values) != alone["35"]?.map(\.values))
    for value in ["30", "35"] {
      #expect(crowded[value]?.map(\.values) == alone[value]?.map(\.values))
    }
  }
}
