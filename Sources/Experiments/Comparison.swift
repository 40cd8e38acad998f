package import ClusterSimulator
package import Scenarios
import Statistics

/// Runs → estimates: every metric of every variant, and how it differs from the first variant.
///
/// All variants see the same customers in the same replication (common random numbers), so the
/// difference is taken replication by replication.
package struct Comparison: Sendable {
  package var confidence: Double

  package init(confidence: Double) { self.confidence = confidence }

  /// One result per variant; `runs[i]` are those of `variants[i]`, in order of replication.
  package func results(of variants: [Variant], runs: [[RunResult]]) -> [VariantResult] {
    let samples = zip(variants, runs).map { Self.samples(of: $0, runs: $1) }
    return variants.indices.map { index in
      VariantResult(
        name: variants[index].name,
        runs: runs[index],
        estimates: estimates(samples[index], baseline: index == 0 ? nil : samples[0])
      )
    }
  }

  private func estimates(_ samples: [Sample], baseline: [Sample]?) -> [MetricEstimate] {
    samples.compactMap { sample in
      guard !sample.values.isEmpty else { return nil }
      let values = sample.values.map(\.value)
      return MetricEstimate(
        client: sample.client,
        metric: sample.metric,
        values: values,
        interval: .student(values, confidence: confidence),
        difference: baseline.flatMap { difference(sample, from: $0) }
      )
    }
  }

  /// Over the replications in which both variants have a value; `nil` when there is none.
  private func difference(_ sample: Sample, from baseline: [Sample]) -> ConfidenceInterval? {
    let other = baseline.first { $0.client == sample.client && $0.metric == sample.metric }
    guard let other else { return nil }
    var mine: [Double] = []
    var theirs: [Double] = []
    // Both are in order of replication, so one pass finds all pairs.
    var rest = other.values[...]
    for value in sample.values {
      rest = rest.drop { $0.replication < value.replication }
      guard let match = rest.first, match.replication == value.replication else { continue }
      mine.append(value.value)
      theirs.append(match.value)
    }
    return mine.isEmpty ? nil : .pairedDifference(mine, theirs, confidence: confidence)
  }

  /// The values of one metric, client by client, then those of the cluster.
  private static func samples(of variant: Variant, runs: [RunResult]) -> [Sample] {
    let plan = variant.plan
    var samples: [Sample] = []
    for (index, client) in plan.clients.enumerated() {
      let views = runs.map { run in
        (run.replication, ClientRun(plan: plan, client: client, result: run.clients[index]))
      }
      for metric in MetricDictionary.all {
        guard case .client(let extract) = metric.extraction else { continue }
        samples.append(
          Sample(client: client.name, metric: metric.name, views: views, extract: extract)
        )
      }
    }
    let views = runs.map { ($0.replication, ClusterRun(plan: plan, result: $0)) }
    for metric in MetricDictionary.all {
      guard case .cluster(let extract) = metric.extraction else { continue }
      samples.append(Sample(client: nil, metric: metric.name, views: views, extract: extract))
    }
    return samples
  }

  /// One metric of one client over the replications that have a value.
  private struct Sample {
    var client: String?
    var metric: String
    var values: [(replication: Int, value: Double)]

    init<View>(
      client: String?,
      metric: String,
      views: [(Int, View)],
      extract: (View) -> Double?
    ) {
      self.client = client
      self.metric = metric
      values = views.compactMap { replication, view in
        extract(view).map { (replication, $0) }
      }
    }
  }
}
