import ClusterState
import Diagnosis
import KubernetesManifests

enum PodsNotReady: Observation {
  static let code = "PS2001"
  static let severity = Finding.Severity.warning
  static let title = "pods are not ready"
  static let cause = "Pods of a workload run, or should, and their condition Ready is not true."
  static let effect =
    "A Service sends them nothing, so that the others carry their share; with none ready every "
    + "connection is refused at once."
  static let fix = "look at the pods with describe: a probe fails, or the container does not start"

  static func findings(in picture: ClusterPicture) -> [Finding] {
    picture.workloads.filter { $0.owner == nil }.compactMap { row in
      let active = picture.pods(of: row).filter { !$0.state.isTerminating }
      let unready = active.filter { !$0.state.isReady && $0.state.node != nil }
      guard !unready.isEmpty else { return nil }
      let names = unready.map { pod in
        let restarts = pod.restarts == 0 ? "" : ", \(pod.restarts) restarts"
        return "\(pod.state.key.name) (\(pod.status)\(restarts))"
      }
      let isNoneReady = active.allSatisfy { !$0.state.isReady }
      return finding(
        picture.title(row),
        at: picture.name(of: row),
        "\(Words.share(unready.count, of: active.count, "pod")) not ready: \(Words.list(names))",
        severity: isNoneReady ? .error : .warning
      )
    }
  }
}
