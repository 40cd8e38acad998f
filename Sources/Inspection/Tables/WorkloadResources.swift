import ClusterState
import KubernetesManifests
import Reports

/// `kubectl get deployments`.
enum DeploymentsResource: ResourceTable {
  static let name = "deployments"
  static let shortNames = ["deploy", "deployment"]
  static let apiVersion = "apps/v1"
  static let kind = "Deployment"
  static let isNamespaced = true
  static let columns = ["NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE"] + wideColumns
  static let wideColumns = ["CONTAINERS", "IMAGES", "SELECTOR"]

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.rows(.deployment) { row in
      [
        "\(row.ready)/\(row.desired)", String(row.updated), String(row.ready),
        KubectlDuration.text(row.age),
      ]
    }
  }

  static func objects(of picture: ClusterPicture) -> [JSON] {
    picture.objects(.deployment, self) { row in
      .fields([
        "replicas": .integer(row.current), "readyReplicas": .positive(row.ready),
        "availableReplicas": .positive(row.ready), "updatedReplicas": .positive(row.updated),
        "unavailableReplicas": .positive(max(row.current - row.ready, 0)),
      ])
    }
  }
}

/// `kubectl get replicasets`.
enum ReplicaSetsResource: ResourceTable {
  static let name = "replicasets"
  static let shortNames = ["rs", "replicaset"]
  static let apiVersion = "apps/v1"
  static let kind = "ReplicaSet"
  static let isNamespaced = true
  static let columns = ["NAME", "DESIRED", "CURRENT", "READY", "AGE"] + wideColumns
  static let wideColumns = ["CONTAINERS", "IMAGES", "SELECTOR"]

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.rows(.replicaSet) { row in
      [
        String(row.desired), String(row.current), String(row.ready), KubectlDuration.text(row.age),
      ]
    }
  }

  static func objects(of picture: ClusterPicture) -> [JSON] {
    picture.objects(.replicaSet, self) { row in
      .fields([
        "replicas": .integer(row.current), "readyReplicas": .positive(row.ready),
        "availableReplicas": .positive(row.ready),
      ])
    }
  }
}

/// `kubectl get statefulsets`.
enum StatefulSetsResource: ResourceTable {
  static let name = "statefulsets"
  static let shortNames = ["sts", "statefulset"]
  static let apiVersion = "apps/v1"
  static let kind = "StatefulSet"
  static let isNamespaced = true
  static let columns = ["NAME", "READY", "AGE"] + wideColumns
  static let wideColumns = ["CONTAINERS", "IMAGES"]

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.rows(.statefulSet) { row in
      ["\(row.ready)/\(row.desired)", KubectlDuration.text(row.age)]
    }
  }

  static func objects(of picture: ClusterPicture) -> [JSON] {
    picture.objects(.statefulSet, self) { row in
      .fields([
        "replicas": .integer(row.current), "readyReplicas": .positive(row.ready),
        "availableReplicas": .positive(row.ready), "updatedReplicas": .positive(row.updated),
      ])
    }
  }
}

/// `kubectl get daemonsets`.
enum DaemonSetsResource: ResourceTable {
  static let name = "daemonsets"
  static let shortNames = ["ds", "daemonset"]
  static let apiVersion = "apps/v1"
  static let kind = "DaemonSet"
  static let isNamespaced = true
  static let columns =
    [
      "NAME", "DESIRED", "CURRENT", "READY", "UP-TO-DATE", "AVAILABLE", "NODE SELECTOR", "AGE",
    ] + wideColumns
  static let wideColumns = ["CONTAINERS", "IMAGES", "SELECTOR"]

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.rows(.daemonSet) { row in
      let nodes = row.template.spec.scheduling.nodeSelector
      return [
        String(row.desired), String(row.current), String(row.ready), String(row.updated),
        String(row.ready), nodes.isEmpty ? "<none>" : nodes.text, KubectlDuration.text(row.age),
      ]
    }
  }

  static func objects(of picture: ClusterPicture) -> [JSON] {
    picture.objects(.daemonSet, self) { row in
      .fields([
        "desiredNumberScheduled": .integer(row.desired),
        "currentNumberScheduled": .integer(row.current), "numberReady": .integer(row.ready),
        "numberAvailable": .positive(row.ready), "updatedNumberScheduled": .positive(row.updated),
        "numberMisscheduled": .integer(0),
      ])
    }
  }
}

extension ClusterPicture {
  /// The workloads of a kind, by namespace and name.
  func workloads(_ kind: Workload.Kind) -> [Workload] {
    workloads.filter { $0.kind == kind }.sorted { $0.key < $1.key }
  }

  /// The rows of one kind: name, the given cells, then containers, images and selector.
  fileprivate func rows(
    _ kind: Workload.Kind,
    _ cells: (Workload) -> [String]
  ) -> [ResourceRow] {
    workloads(kind).map { row in
      ResourceRow(
        row.key.namespace,
        row.key.name,
        labels: row.labels,
        [row.key.name] + cells(row) + row.template.containerCells + [row.selector.text]
      )
    }
  }

  fileprivate func objects(
    _ kind: Workload.Kind,
    _ table: any ResourceTable.Type,
    _ status: (Workload) -> JSON
  ) -> [JSON] {
    workloads(kind).map { row in
      let owner = row.owner.map { KubernetesObject.owner("apps/v1", "Deployment", $0) }
      return KubernetesObject.json(
        table,
        KubernetesObject.metadata(
          row.key,
          labels: row.labels,
          owner: owner,
          created: row.age,
          in: self
        ),
        spec: .fields([
          "replicas": .count(kind == .daemonSet ? nil : row.desired),
          "selector": .selector(row.selector),
          "serviceName": .text(templates[kind, row.key]?.serviceName),
          "template": row.template.json,
        ]),
        status: status(row)
      )
    }
  }
}

extension PodTemplate {
  /// The cells CONTAINERS and IMAGES.
  var containerCells: [String] {
    [
      containers.map(\.name.value).joined(separator: ","),
      containers.map(\.image).joined(separator: ","),
    ]
  }
}
