import ClusterState

/// `kubectl describe node`.
enum DescribeNodes: Describable {
  static let resource: any ResourceTable.Type = NodesResource.self

  static func descriptions(in picture: ClusterPicture) -> [Description] {
    picture.nodes.map { node in
      var text = Description(ObjectKey("", node.state.name), labels: picture.labels(of: node))
      text.add("Zone", node.state.zone ?? "<none>")
      text.add("InternalIP", node.state.internalIP ?? "<none>")
      text.add("Ready", node.isReady ? "True" : "Unknown")
      text.add("Unschedulable", node.isCordoned ? "true" : "false")
      text.add(
        "Pods",
        picture.pods.filter { $0.state.node == node.state.name }
          .map { "\($0.state.key)  \($0.status)" }
      )
      text.add(picture.events(of: "node/" + node.state.name, in: "default"))
      return text
    }
  }
}
