import ClusterState
import KubernetesManifests

/// What the manifests say of workloads and their pods, by name.
struct Templates: Sendable {
  struct Workload {
    var kind: ClusterPicture.Workload.Kind
    var key: ObjectKey
    /// `nil` where the number of nodes decides.
    var replicas: Int?
    var metadata: ObjectMeta
    var selector: LabelSelector
    var template: PodTemplate
    /// The Service that governs a StatefulSet's names.
    var serviceName: String?
  }
  private(set) var all: [Workload] = []
  /// What pods run, by the object that made them.
  private var specs: [ObjectKey: PodSpec] = [:]
  private var indices: [ObjectKey: [Int]] = [:]

  init(_ manifests: ManifestSet) {
    for row in manifests.deployments {
      add(.deployment, row.metadata, row.replicas.value, row.selector, row.template)
    }
    for row in manifests.statefulSets {
      add(.statefulSet, row.metadata, row.replicas.value, row.selector, row.template)
      all[all.count - 1].serviceName = row.serviceName?.value
    }
    for row in manifests.replicaSets {
      add(.replicaSet, row.metadata, row.replicas.value, row.selector, row.template)
    }
    for row in manifests.daemonSets {
      add(.daemonSet, row.metadata, nil, row.selector, row.template)
    }
    for row in manifests.jobs { note(row.spec.template.spec, of: row.metadata) }
    for row in manifests.pods { note(row.spec, of: row.metadata) }
  }

  private mutating func add(
    _ kind: ClusterPicture.Workload.Kind,
    _ metadata: ObjectMeta,
    _ replicas: Int?,
    _ selector: Located<LabelSelector>,
    _ template: PodTemplate
  ) {
    let key = ObjectKey(metadata.namespace, metadata.name.value)
    indices[key, default: []].append(all.count)
    note(template.spec, of: metadata)
    all.append(
      Workload(
        kind: kind,
        key: key,
        replicas: replicas,
        metadata: metadata,
        selector: selector.value,
        template: template
      )
    )
  }

  private mutating func note(_ spec: PodSpec, of metadata: ObjectMeta) {
    let key = ObjectKey(metadata.namespace, metadata.name.value)
    if specs[key] == nil { specs[key] = spec }
  }

  /// The workload of a name in its namespace; the first where two kinds share it.
  subscript(key: ObjectKey) -> Workload? { indices[key].map { all[$0[0]] } }

  /// The workload of a kind and name.
  subscript(kind: ClusterPicture.Workload.Kind, key: ObjectKey) -> Workload? {
    indices[key]?.lazy.map { all[$0] }.first { $0.kind == kind }
  }

  /// What a pod runs.
  func spec(ofPod pod: PodState) -> PodSpec? {
    pod.workload.flatMap { specs[ObjectKey(pod.key.namespace, $0)] }
  }

  /// How many containers of a pod keep running, sidecars included.
  func containers(ofPod pod: PodState) -> Int {
    guard let spec = spec(ofPod: pod) else { return 1 }
    return spec.containers.count + spec.initContainers.count(where: \.isSidecar)
  }
}
