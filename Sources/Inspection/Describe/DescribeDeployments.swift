import ClusterState

/// `kubectl describe deployment`.
enum DescribeDeployments: Describable {
  static let resource: any ResourceTable.Type = DeploymentsResource.self

  static func descriptions(in picture: ClusterPicture) -> [Description] {
    let all = picture.workloads.filter { $0.kind == .deployment }.sorted { $0.key < $1.key }
    return all.map { row in
      var text = Description(row.key.namespace, row.key.name)
      text.add("Name", row.key.name)
      text.add("Namespace", row.key.namespace)
      text.add("Selector", row.selector)
      text.add(
        "Replicas",
        "\(row.desired) desired | \(row.updated) updated | \(row.current) total | "
          + "\(row.ready) available | \(max(row.current - row.ready, 0)) unavailable"
      )
      text.add("Images", row.containers.map { "\($0.name): \($0.image)" })
      let sets = picture.workloads.filter {
        $0.kind == .replicaSet && $0.key.namespace == row.key.namespace
          && $0.key.name.hasPrefix(row.key.name + "-")
          && $0.key.name.count == row.key.name.count + 11
      }
      text.add(
        "ReplicaSets",
        sets.map { "\($0.key.name) (\($0.current)/\($0.desired) replicas created)" }
      )
      text.add(picture.events(of: "deployment/" + row.key.name, in: row.key.namespace))
      return text
    }
  }
}
