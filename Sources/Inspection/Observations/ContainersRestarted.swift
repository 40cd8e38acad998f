import ClusterState
import Diagnosis
import KubernetesManifests
import SimKernel

enum ContainersRestarted: Observation {
  static let code = "PS2004"
  static let severity = Finding.Severity.note
  static let title = "containers have restarted"
  static let cause =
    "A container ended, or its liveness or startup probe failed, and it runs again."
  static let effect =
    "The pod keeps its address and loses what it was doing; the next restart waits longer."
  static let fix = "look at why it ended: describe the pod"

  static func findings(in picture: ClusterPicture) -> [Finding] {
    picture.workloads.filter { $0.owner == nil }.compactMap { row in
      let back = picture.pods(of: row).filter { $0.restarts > 0 && $0.state.isReady }
      guard !back.isEmpty else { return nil }
      let words = back.map { pod in
        let times = pod.restarts == 1 ? "once" : "\(pod.restarts) times"
        let ago = pod.sinceLastExit.map { ", last \(KubectlDuration.text($0)) ago" } ?? ""
        return "\(pod.state.key.name) \(times)\(ago)"
      }
      return finding(
        picture.title(row),
        at: picture.name(of: row),
        "restarted in place: \(Words.list(words))"
      )
    }
  }
}
