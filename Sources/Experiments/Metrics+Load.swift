import ClusterSimulator
import SimKernel
import Statistics

extension MetricDictionary {
  /// How evenly pods shared the work, and how many there were.
  static let loadMetrics: [Metric] = [
    Metric(
      "idle_pods_total",
      unit: "pods",
      summary: "Pods that were ready for five minutes or more and got next to nothing to do.",
      formula: "pods with ready_s >= 300 and requests < 1 % of their fair share, which is the"
        + " workload's requests * ready_s / sum of ready_s",
      cluster: { Double($0.idlePods) }
    ),
    Metric(
      "jain_ratio",
      unit: "ratio",
      summary: "Jain's fairness index of the worst balanced workload: 1 is even, 1/n is one pod"
        + " doing everything.",
      formula: "min over workloads of (sum x)^2 / (n * sum x^2), x = requests per second of life"
        + " of each pod that lived for 300 s or more",
      cluster: { $0.loads.compactMap(Fairness.jainIndex).min() }
    ),
    Metric(
      "hottest_to_mean_ratio",
      unit: "ratio",
      summary: "Load of the busiest pod over the mean, in the worst balanced workload.",
      formula: "max over workloads of max x / mean x, x as for jain_ratio",
      cluster: { $0.loads.compactMap(Fairness.hottestToMean).max() }
    ),
    Metric(
      "load_cov_ratio",
      unit: "ratio",
      summary: "Coefficient of variation of the load of pods, in the worst balanced workload.",
      formula: "max over workloads of standard deviation / mean of x, x as for jain_ratio",
      cluster: { $0.loads.compactMap(Fairness.coefficientOfVariation).max() }
    ),
    Metric(
      "replicas_max_total",
      unit: "pods",
      summary: "Most replicas that any one workload had at once.",
      formula: "max of current over endpoints.csv",
      cluster: { run in run.result.workloadWindows.map(\.current).max().map { Double($0) } }
    ),
  ]
}

extension ClusterRun {
  /// Pods younger or ready for less say little about balance.
  private static let longEnough = SimDuration.seconds(300)

  /// Ready for five minutes or more with less than a hundredth of a fair share.
  ///
  /// Integers throughout: requests * Σready * 100 < Σrequests * ready.
  var idlePods: Int {
    var requests = [Int128](repeating: 0, count: plan.workloads.count)
    var ready = [Int128](repeating: 0, count: plan.workloads.count)
    for pod in result.pods {
      requests[pod.workload] += Int128(pod.requests)
      ready[pod.workload] += Int128(pod.ready.nanoseconds)
    }
    return result.pods.count { pod in
      pod.ready >= Self.longEnough
        && Int128(pod.requests) * ready[pod.workload] * 100
          < requests[pod.workload] * Int128(pod.ready.nanoseconds)
    }
  }

  /// Requests per second of life of each pod, workload by workload; those with one pod left out.
  ///
  /// Life and not readiness, because a pod that an outdated address list drowns in requests is
  /// mostly not ready, and that time counts all the same.
  var loads: [[Double]] {
    var loads = [[Double]](repeating: [], count: plan.workloads.count)
    let horizon = SimTime.zero + plan.horizon
    for pod in result.pods {
      let life = min(pod.deletedAt, horizon) - max(pod.createdAt, .zero)
      guard life >= Self.longEnough else { continue }
      loads[pod.workload].append(Double(pod.requests) / life.seconds)
    }
    return loads.filter { $0.count > 1 }
  }
}
