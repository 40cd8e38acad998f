import ClusterState
import KubernetesManifests

/// `kubectl describe replicaset`.
enum DescribeReplicaSets: Describable {
  static let resource: any ResourceTable.Type = ReplicaSetsResource.self

  static func descriptions(in picture: ClusterPicture) -> [Description] {
    picture.workloads(.replicaSet).map { row in
      var text = Description(row.key, labels: row.labels)
      text.add("Selector", row.selector.text)
      if let owner = row.owner { text.add("Controlled By", "Deployment/" + owner) }
      text.add("Replicas", "\(row.current) current / \(row.desired) desired")
      text.addPods(of: row, in: picture)
      text.add(picture.events(of: "replicaset/" + row.key.name, in: row.key.namespace))
      return text
    }
  }
}

/// `kubectl describe statefulset`.
enum DescribeStatefulSets: Describable {
  static let resource: any ResourceTable.Type = StatefulSetsResource.self

  static func descriptions(in picture: ClusterPicture) -> [Description] {
    picture.workloads(.statefulSet).map { row in
      var text = Description(row.key, labels: row.labels)
      text.add("Selector", row.selector.text)
      text.add("Replicas", "\(row.desired) desired | \(row.current) total")
      let manifest = picture.manifests.statefulSets.last {
        ObjectKey($0.metadata.namespace, $0.metadata.name.value) == row.key
      }
      switch manifest?.updateStrategy {
      case .onDelete: text.add("Update Strategy", "OnDelete")
      case .rollingUpdate(let partition, _):
        text.add("Update Strategy", "RollingUpdate")
        text.add("  Partition", String(partition))
      case nil: break
      }
      text.addPods(of: row, in: picture)
      text.add(picture.events(of: "statefulset/" + row.key.name, in: row.key.namespace))
      return text
    }
  }
}

/// `kubectl describe daemonset`.
enum DescribeDaemonSets: Describable {
  static let resource: any ResourceTable.Type = DaemonSetsResource.self

  static func descriptions(in picture: ClusterPicture) -> [Description] {
    picture.workloads(.daemonSet).map { row in
      var text = Description(row.key, labels: row.labels)
      text.add("Selector", row.selector.text)
      let nodes = row.template.spec.scheduling.nodeSelector
      text.add("Node-Selector", nodes.isEmpty ? "<none>" : nodes.text)
      text.add("Desired Number of Nodes Scheduled", String(row.desired))
      text.add("Current Number of Nodes Scheduled", String(row.current))
      text.add("Number of Nodes Scheduled with Up-to-date Pods", String(row.updated))
      text.add("Number of Nodes Scheduled with Available Pods", String(row.ready))
      text.addPods(of: row, in: picture)
      text.add(picture.events(of: "daemonset/" + row.key.name, in: row.key.namespace))
      return text
    }
  }
}

/// `kubectl describe job`.
enum DescribeJobs: Describable {
  static let resource: any ResourceTable.Type = JobsResource.self

  static func descriptions(in picture: ClusterPicture) -> [Description] {
    picture.sortedJobs.map { job in
      var text = Description(job.key, labels: job.labels)
      text.add("Selector", job.selector.text)
      text.add("Parallelism", String(job.spec.parallelism))
      text.add("Completions", job.spec.completions.map(String.init) ?? "<unset>")
      text.add("Completion Mode", job.spec.completionMode.rawValue)
      text.add("Suspend", job.spec.isSuspended ? "true" : "false")
      text.add("Backoff Limit", String(job.spec.backoffLimit))
      text.add(
        "Pods Statuses",
        "\(job.active) Active / \(job.succeeded) Succeeded / \(job.failed) Failed"
      )
      text.add("Images", job.spec.template.imageLines)
      text.add(picture.events(of: "job/" + job.key.name, in: job.key.namespace))
      return text
    }
  }
}

extension Description {
  /// How many pods of a workload are in which phase, and what they run.
  fileprivate mutating func addPods(
    of row: ClusterPicture.Workload,
    in picture: ClusterPicture
  ) {
    let pods = picture.pods.filter { pod in
      guard pod.state.key.namespace == row.key.namespace else { return false }
      return row.owner == nil
        ? pod.state.workload == row.key.name : pod.state.key.name.hasPrefix(row.key.name + "-")
    }
    let counts = [PodState.Phase.running, .pending, .succeeded, .failed].map { phase in
      pods.count { $0.state.phase == phase }
    }
    add(
      "Pods Status",
      "\(counts[0]) Running / \(counts[1]) Waiting / \(counts[2]) Succeeded / \(counts[3]) Failed"
    )
    add("Images", row.template.imageLines)
  }
}
