import ClusterState
import Diagnosis
import KubernetesManifests
import SimKernel

enum NodeNotReady: Observation {
  static let code = "PS2008"
  static let severity = Finding.Severity.warning
  static let title = "node is not ready"
  static let cause = "A machine is gone, or its kubelet has not renewed its lease for 50 s."
  static let effect =
    "Until it is noticed, 40 to 55 s, its pods get their share of new connections and answer none; "
    + "their replacements come 300 s after that."
  static let fix = "spread pods over nodes; shorten tolerationSeconds of pods that may move sooner"

  static func findings(in picture: ClusterPicture) -> [Finding] {
    picture.nodes.compactMap { node in
      let name = node.state.name
      let last = picture.events(of: "node/" + name, in: "default").last {
        ["NodeLost", "NodeReturned", "NodeNotReady", "NodeReady"].contains($0.reason)
      }
      let isUnnoticed = node.isReady && last?.reason == "NodeLost"
      guard !node.isReady || isUnnoticed else { return nil }
      let pods = picture.pods.count { $0.state.node == name && !$0.state.phase.isTerminal }
      let since = last.map { " for \(KubectlDuration.text($0.age))" } ?? ""
      let count = pods == 1 ? "1 pod" : "\(pods) pods"
      return finding(
        "Node \(name)",
        at: picture.manifests.nodes.first { $0.metadata.name.value == name }?.metadata.name,
        isUnnoticed
          ? "it has been gone\(since) and nobody has noticed: its \(count) still count as ready"
          : "it is NotReady\(since), with \(count) on it",
        severity: isUnnoticed ? .error : .warning
      )
    }
  }
}
