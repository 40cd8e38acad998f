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
      text.add("Restart Count", String(pod.restarts))
      text.add("Age", KubectlDuration.text(pod.age))
      text.append([
        "Conditions:", "  Type           Status",
        "  PodScheduled   \(word(pod.state.node != nil))",
        "  Ready          \(word(pod.state.isReady))",
      ])
      text.add(picture.events(of: "pod/" + key.name, in: key.namespace))
      return text
    }
  }

  private static func word(_ condition: Bool) -> String { condition ? "True" : "False" }
}
