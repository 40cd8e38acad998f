import ClusterState

/// `kubectl get nodes`.
enum NodesResource: ResourceTable {
  static let name = "nodes"
  static let shortNames = ["no", "node"]
  static let isNamespaced = false
  static let columns = ["NAME", "STATUS", "ROLES", "AGE", "VERSION"]
  static let wideColumns = ["INTERNAL-IP", "ZONE"]

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.nodes.map { node in
      let status =
        (node.isReady ? "Ready" : "NotReady") + (node.isCordoned ? ",SchedulingDisabled" : "")
      return ResourceRow(
        "",
        node.state.name,
        [
          node.state.name, status, "<none>", KubectlDuration.text(picture.age), "v1.36.2",
          node.state.internalIP ?? "<none>", node.state.zone ?? "<none>",
        ]
      )
    }
  }
}
