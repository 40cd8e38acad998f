package import ClusterSimulator
package import Experiments
import Scenarios

/// One variant with its plan, as tables need it: results hold indices, plans hold the names.
package struct Arm: Sendable {
  package var name: String
  package var plan: SimulationPlan
  package var runs: [RunResult]
  package var estimates: [MetricEstimate]
  package var isBaseline: Bool

  package init(
    name: String,
    plan: SimulationPlan,
    runs: [RunResult],
    estimates: [MetricEstimate],
    isBaseline: Bool
  ) {
    self.name = name
    self.plan = plan
    self.runs = runs
    self.estimates = estimates
    self.isBaseline = isBaseline
  }

  /// The estimate of a metric; `client` is `nil` for those of the cluster.
  package func estimate(_ metric: String, client: String?) -> MetricEstimate? {
    estimates.first { $0.metric == metric && $0.client == client }
  }

  /// Namespace and name of the workload at an index.
  func namespaceAndName(ofWorkload index: Int) -> (namespace: String, name: String) {
    Self.split(plan.workloads[index].name)
  }

  /// Both halves of `namespace/name`; a name alone is in the namespace `default`.
  static func split(_ qualified: String) -> (namespace: String, name: String) {
    guard let slash = qualified.firstIndex(of: "/") else { return ("default", qualified) }
    return (String(qualified[..<slash]), String(qualified[qualified.index(after: slash)...]))
  }
}

extension ExperimentResult {
  /// The variants with their plans; the first is the baseline.
  package var arms: [Arm] {
    variants.enumerated().map { index, variant in
      guard let plan = scenario.variants.first(where: { $0.name == variant.name })?.plan else {
        preconditionFailure("every result belongs to a variant of its scenario")
      }
      return Arm(
        name: variant.name,
        plan: plan,
        runs: variant.runs,
        estimates: variant.estimates,
        isBaseline: index == 0
      )
    }
  }
}
