import ClusterState

/// `kubectl get pods`.
enum PodsResource: ResourceTable {
  static let name = "pods"
  static let shortNames = ["po", "pod"]
  static let isNamespaced = true
  static let columns = ["NAME", "READY", "STATUS", "RESTARTS", "AGE"]
  static let wideColumns = ["IP", "NODE", "NOMINATED NODE", "READINESS GATES"]

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.pods.map { pod in
      ResourceRow(
        pod.state.key.namespace,
        pod.state.key.name,
        [
          pod.state.key.name, "\(pod.readyContainers)/\(pod.containers)", pod.status,
          String(pod.restarts), KubectlDuration.text(pod.age), pod.state.ip ?? "<none>",
          pod.state.node ?? "<none>", "<none>", "<none>",
        ]
      )
    }
  }
}
