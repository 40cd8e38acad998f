import ClusterState
import KubernetesManifests

/// `kubectl describe deployment`.
enum DescribeDeployments: Describable {
  static let resource: any ResourceTable.Type = DeploymentsResource.self

  static func descriptions(in picture: ClusterPicture) -> [Description] {
    picture.workloads(.deployment).map { row in
      var text = Description(row.key, labels: row.labels)
      text.add("Selector", row.selector.text)
      text.add(
        "Replicas",
        "\(row.desired) desired | \(row.updated) updated | \(row.current) total | "
          + "\(row.ready) available | \(max(row.current - row.ready, 0)) unavailable"
      )
      text.add("Images", row.template.imageLines)
      let sets = picture.workloads.filter {
        $0.kind == .replicaSet && $0.key.namespace == row.key.namespace && $0.owner == row.key.name
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

extension PodTemplate {
  /// The containers with their images.
  var imageLines: [String] { containers.map { "\($0.name.value): \($0.image)" } }
}
