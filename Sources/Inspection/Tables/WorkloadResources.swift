import ClusterState

/// `kubectl get deployments`.
enum DeploymentsResource: ResourceTable {
  static let name = "deployments"
  static let shortNames = ["deploy", "deployment"]
  static let isNamespaced = true
  static let columns = ["NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE"]
  static let wideColumns = ["CONTAINERS", "IMAGES", "SELECTOR"]

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.rows(.deployment) { row in
      [
        "\(row.ready)/\(row.desired)", String(row.updated), String(row.ready),
        KubectlDuration.text(row.age),
      ]
    }
  }
}

/// `kubectl get replicasets`.
enum ReplicaSetsResource: ResourceTable {
  static let name = "replicasets"
  static let shortNames = ["rs", "replicaset"]
  static let isNamespaced = true
  static let columns = ["NAME", "DESIRED", "CURRENT", "READY", "AGE"]
  static let wideColumns = ["CONTAINERS", "IMAGES", "SELECTOR"]

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.rows(.replicaSet) { row in
      [
        String(row.desired), String(row.current), String(row.ready), KubectlDuration.text(row.age),
      ]
    }
  }
}

/// `kubectl get statefulsets`.
enum StatefulSetsResource: ResourceTable {
  static let name = "statefulsets"
  static let shortNames = ["sts", "statefulset"]
  static let isNamespaced = true
  static let columns = ["NAME", "READY", "AGE"]
  static let wideColumns = ["CONTAINERS", "IMAGES"]

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.rows(.statefulSet) { row in
      ["\(row.ready)/\(row.desired)", KubectlDuration.text(row.age)]
    }
  }
}

extension ClusterPicture {
  /// The rows of one kind: name, the given cells, then containers, images and selector.
  fileprivate func rows(
    _ kind: Workload.Kind,
    _ cells: (Workload) -> [String]
  ) -> [ResourceRow] {
    workloads.filter { $0.kind == kind }.sorted { $0.key < $1.key }.map { row in
      ResourceRow(
        row.key.namespace,
        row.key.name,
        [row.key.name] + cells(row) + [
          row.containers.map(\.name).joined(separator: ","),
          row.containers.map(\.image).joined(separator: ","), row.selector,
        ]
      )
    }
  }
}
