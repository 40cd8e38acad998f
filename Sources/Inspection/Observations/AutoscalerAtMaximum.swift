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
      guard row.replicas >= row.maxReplicas,
        let (used, target) = row.metrics.indices.lazy.compactMap({ percent(row, $0) }).first,
        used > target
      else { return nil }
      return finding(
        "HorizontalPodAutoscaler \(row.key)",
        at: picture.manifest(of: row)?.metadata.name,
        "\(row.reference) has \(row.replicas) of at most \(row.maxReplicas) replicas and uses "
          + "\(used)% of its CPU request, more than \(target)%"
      )
    }
  }

  /// CPU in percent of the request, and what it should be.
  private static func percent(_ row: ClusterPicture.Autoscaler, _ index: Int) -> (Int64, Int)? {
    let metric = row.metrics[index]
    guard metric.source == .resource(name: "cpu"), case .utilization(let percent) = metric.target,
      let used = row.current[index]
    else { return nil }
    return (used, percent)
  }
}
