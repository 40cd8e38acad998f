import ClusterState
import Diagnosis
import KubernetesManifests
import SimKernel

enum PodsPending: Observation {
  static let code = "PS2002"
  static let severity = Finding.Severity.warning
  static let title = "pods find no node"
  static let cause =
    "The scheduler has no node for a pod: room, taints or affinity stand against it."
  static let effect =
    "They stay Pending, so that the workload is smaller than asked for; an autoscaler counts them "
    + "as busy with nothing."
  static let fix = "add nodes, or ask for less CPU and memory"

  static func findings(in picture: ClusterPicture) -> [Finding] {
    picture.workloads.filter { $0.owner == nil }.compactMap { row in
      let pending = picture.pods(of: row).filter {
        $0.state.node == nil && !$0.state.isTerminating
      }
      guard let oldest = pending.max(by: { $0.age < $1.age }) else { return nil }
      let object = "pod/" + oldest.state.key.name
      let reason = picture.events(of: object, in: row.key.namespace).last {
        $0.reason == "FailedScheduling"
      }
      let since = KubectlDuration.text(oldest.age)
      let why = reason.map { ": \($0.message)" } ?? ""
      let count = pending.count == 1 ? "1 pod waits" : "\(pending.count) pods wait"
      return finding(
        picture.title(row),
        at: picture.name(of: row),
        "\(count) for a node, the oldest for \(since)\(why)"
      )
    }
  }
}
