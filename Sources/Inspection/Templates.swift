import ClusterState
import KubernetesManifests

/// What the manifests say of workloads and their pods, by name.
struct Templates {
  struct Workload {
    var key: ObjectKey
    var isStateful: Bool
    var replicas: Int
    var labels: Labels
    var selector: String
    var template: PodTemplate
    var containers: [ClusterPicture.Container]
    /// The Service that governs a StatefulSet's names.
    var serviceName: String?
  }
  private(set) var all: [Workload] = []

  init(_ manifests: ManifestSet) {
    for row in manifests.deployments {
      all.append(
        Workload(
          key: ObjectKey(row.metadata.namespace, row.metadata.name.value),
          isStateful: false,
          replicas: row.replicas.value,
          labels: row.metadata.labels,
          selector: row.selector.value.matchLabels.text,
          template: row.template,
          containers: Self.containers(row.template)
        )
      )
    }
    for row in manifests.statefulSets {
      all.append(
        Workload(
          key: ObjectKey(row.metadata.namespace, row.metadata.name.value),
          isStateful: true,
          replicas: row.replicas.value,
          labels: row.metadata.labels,
          selector: row.selector.value.matchLabels.text,
          template: row.template,
          containers: Self.containers(row.template),
          serviceName: row.serviceName?.value
        )
      )
    }
  }

  private static func containers(_ template: PodTemplate) -> [ClusterPicture.Container] {
    template.containers.map { ClusterPicture.Container(name: $0.name.value, image: $0.image) }
  }

  /// The workload of a name in its namespace.
  subscript(key: ObjectKey) -> Workload? { all.first { $0.key == key } }

  /// The containers of a pod's workload.
  func containers(ofPod pod: PodState) -> [ClusterPicture.Container] {
    guard let name = pod.workload else { return [] }
    return self[ObjectKey(pod.key.namespace, name)]?.containers ?? []
  }
}
