import ClusterState
import KubernetesManifests

/// `kubectl describe pod`.
enum DescribePods: Describable {
  static let resource: any ResourceTable.Type = PodsResource.self

  static func descriptions(in picture: ClusterPicture) -> [Description] {
    picture.pods.map { pod in
      let key = pod.state.key
      var text = Description(key, labels: pod.state.labels)
      text.add("Node", pod.state.node ?? "<none>")
      text.add("Status", pod.status)
      text.add("IP", pod.state.ip ?? "<none>")
      text.add("Ports", pod.state.ports.map { "\($0.number)/\($0.protocol.rawValue)" })
      if let last = pod.lastState {
        text.add(
          "Last State",
          ["Terminated", "Reason: \(last.reason)", "Exit Code: \(last.exitCode)"]
        )
      }
      text.add("Restart Count", String(pod.restarts))
      text.add("Age", KubectlDuration.text(pod.age))
      text.append(conditions(of: pod))
      text.add(picture.events(of: "pod/" + key.name, in: key.namespace))
      return text
    }
  }

  /// In kubectl's order; readiness gates are not simulated.
  private static func conditions(of pod: ClusterPicture.Pod) -> [String] {
    let isScheduled = pod.state.node != nil
    let rows = [
      ("PodReadyToStartContainers", pod.state.ip != nil),
      ("Initialized", isScheduled && pod.isInitialized),
      ("Ready", pod.state.isReady),
      ("ContainersReady", pod.state.isReady),
      ("PodScheduled", isScheduled),
    ]
    return ["Conditions:", "  Type                        Status"]
      + rows.map { name, value in
        "  " + name + String(repeating: " ", count: 28 - name.count) + word(value)
      }
  }

  private static func word(_ condition: Bool) -> String { condition ? "True" : "False" }
}
