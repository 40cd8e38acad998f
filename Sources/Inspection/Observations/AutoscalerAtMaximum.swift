import ClusterState
import Diagnosis
import KubernetesManifests

enum AutoscalerAtMaximum: Observation {
  static let code = "PS2005"
  static let severity = Finding.Severity.warning
  static let title = "autoscaler is at its maximum"
  static let cause = "A HorizontalPodAutoscaler wants more pods than `maxReplicas`."
  static let effect = "What comes beyond the pods' capacity waits, times out or is turned away."
  static let fix = "raise maxReplicas if nodes and databases bear it, or need less CPU a request"

  static func findings(in picture: ClusterPicture) -> [Finding] {
    picture.sortedAutoscalers.compactMap { row in
      guard row.replicas >= row.maxReplicas, let used = row.utilization,
        let target = row.metrics.lazy.compactMap(percent).first, used > target
      else { return nil }
      return finding(
        "HorizontalPodAutoscaler \(row.key)",
        at: picture.manifest(of: row)?.metadata.name,
        "\(row.reference) has \(row.replicas) of at most \(row.maxReplicas) replicas and uses "
          + "\(used)% of its CPU request, more than \(target)%"
      )
    }
  }

  private static func percent(_ metric: MetricSpec) -> Int? {
    guard metric.source == .resource(name: "cpu"), case .utilization(let percent) = metric.target
    else { return nil }
    return percent
  }
}
