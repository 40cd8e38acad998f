import ClusterSimulator
package import Scenarios

/// A scenario's variants, each run a number of times, and what they say together.
package struct Experiment: Sendable {
  package var runner: ReplicationRunner
  /// Which replications to run; `nil` for 1 to the scenario's number.
  package var replications: [Int]?

  package init(runner: ReplicationRunner, replications: [Int]? = nil) {
    self.runner = runner
    self.replications = replications
  }

  /// Runs everything, checks every run's books and judges the thresholds.
  package func run(_ scenario: Scenario) throws(BrokenInvariant) -> ExperimentResult {
    let jobs = jobs(for: scenario)
    let results = runner.run(jobs, plans: scenario.variants.map(\.plan), seed: scenario.run.seed)
    var runs = [[RunResult]](repeating: [], count: scenario.variants.count)
    for (job, result) in zip(jobs, results) {
      guard let result else { continue }
      if let violation = Conservation.violation(in: result) {
        let variant = scenario.variants[job.variant].name
        throw BrokenInvariant(
          message: "variant \(variant), replication \(job.replication): \(violation)"
        )
      }
      runs[job.variant].append(result)
    }
    let variants = Comparison(confidence: scenario.run.confidence)
      .results(of: scenario.variants, runs: runs)
    return ExperimentResult(
      scenario: scenario,
      variants: variants,
      verdicts: Thresholds.judge(scenario.thresholds, variants: variants),
      isPartial: results.contains { $0 == nil }
    )
  }

  /// All variants of the first replication, then of the second, and so on: an experiment that is
  /// stopped early has compared all variants over the same replications, as far as it got.
  package func jobs(for scenario: Scenario) -> [Job] {
    let numbers = replications ?? Array(1...max(1, scenario.run.replications))
    return numbers.flatMap { replication in
      scenario.variants.indices.map { Job(variant: $0, replication: replication) }
    }
  }
}
