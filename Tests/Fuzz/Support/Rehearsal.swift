import ClusterSimulator
package import Scenarios
import SimKernel

/// Runs the beginning of what was accepted: a plan that the reader lets through must not trap.
package enum Rehearsal {
  /// Larger clusters are only lowered.
  private static let mostPods = 200
  private static let mostAddresses = 70_000

  /// What a run of the first events shows; nothing for clusters that are too large to try.
  package static func problems(with scenario: Scenario) -> [String] {
    scenario.variants.prefix(3).compactMap { variant in
      let plan = variant.plan
      let pods = plan.workloads.reduce(0) { $0 + $1.replicas }
      let addresses = plan.cluster.nodes.reduce(0) { $0 + $1.podAddresses }
      let windows = plan.horizon.nanoseconds / max(plan.window.nanoseconds, 1)
      guard pods <= mostPods, addresses <= mostAddresses, windows <= 10_000 else { return nil }
      let simulation = Simulation(plan: plan, seed: scenario.run.seed, replication: 0)
      var polls = 0
      let result = simulation.run(unless: {
        polls += 1
        return polls > 0
      })
      guard let result else { return nil }
      return result.clients.count == plan.clients.count ? nil : "a group of users is lost"
    }
  }
}
