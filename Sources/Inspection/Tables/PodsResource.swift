import ClusterState
import KubernetesManifests
import Reports

/// `kubectl get pods`.
enum PodsResource: ResourceTable {
  static let name = "pods"
  static let shortNames = ["po", "pod"]
  static let apiVersion = "v1"
  static let kind = "Pod"
  static let isNamespaced = true
  static let columns =
    ["NAME", "READY", "STATUS", "RESTARTS", "AGE"] + wideColumns
  static let wideColumns = ["IP", "NODE", "NOMINATED NODE", "READINESS GATES"]

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.pods.map { pod in
      let restarts = pod.sinceLastExit.map { " (\(KubectlDuration.text($0)) ago)" } ?? ""
      return ResourceRow(
        pod.state.key.namespace,
        pod.state.key.name,
        labels: pod.state.labels,
        [
          pod.state.key.name, "\(pod.readyContainers)/\(pod.containers)", pod.status,
          "\(pod.restarts)\(restarts)", KubectlDuration.text(pod.age), pod.state.ip ?? "<none>",
          pod.state.node ?? "<none>", "<none>", gates(of: pod, in: picture),
        ]
      )
    }
  }

  /// Conditions that others set; nobody here does.
  private static func gates(of pod: ClusterPicture.Pod, in picture: ClusterPicture) -> String {
    let gates = picture.templates.spec(ofPod: pod.state)?.readinessGates ?? []
    return gates.isEmpty ? "<none>" : "0/\(gates.count)"
  }

  static func objects(of picture: ClusterPicture) -> [JSON] {
    picture.pods.map { pod in
      let spec = picture.templates.spec(ofPod: pod.state)
      return KubernetesObject.json(
        self,
        KubernetesObject.metadata(
          pod.state.key,
          labels: pod.state.labels,
          owner: owner(of: pod, in: picture),
          created: pod.age,
          in: picture
        ),
        spec: spec?.json(
          node: pod.state.node,
          hostname: pod.state.hostname,
          subdomain: pod.state.subdomain
        ),
        status: status(of: pod, spec, in: picture)
      )
    }
  }

  private static func owner(of pod: ClusterPicture.Pod, in picture: ClusterPicture) -> JSON? {
    let name = pod.state.key.name
    guard let owner = pod.state.workload, owner != name,
      let workload = picture.templates[ObjectKey(pod.state.key.namespace, owner)]
    else { return nil }
    guard workload.kind == .deployment, let end = name.lastIndex(of: "-") else {
      return KubernetesObject.owner("apps/v1", workload.kind.rawValue, owner)
    }
    return KubernetesObject.owner("apps/v1", "ReplicaSet", String(name[..<end]))
  }

  private static func status(
    of pod: ClusterPicture.Pod,
    _ spec: PodSpec?,
    in picture: ClusterPicture
  ) -> JSON {
    let state = pod.state
    let conditions = [("PodScheduled", state.node != nil), ("Ready", state.isReady)]
    return .fields([
      "phase": .string(state.phase.rawValue), "podIP": .text(state.ip),
      "podIPs": .list(state.ip.map { [.fields(["ip": .string($0)])] } ?? []),
      "conditions": .array(conditions.map { KubernetesObject.condition($0, $1) }),
      "containerStatuses": .list(
        (spec?.containers ?? []).map { container in
          .fields([
            "name": .string(container.name.value), "image": .string(container.image),
            "ready": .bool(state.isReady), "restartCount": .integer(pod.restarts),
            "state": containerState(of: pod),
          ])
        }
      ),
    ])
  }

  private static func containerState(of pod: ClusterPicture.Pod) -> JSON {
    switch pod.status {
    case "CrashLoopBackOff", "ContainerCreating", "ImagePullBackOff", "ErrImagePull":
      .fields(["waiting": .fields(["reason": .string(pod.status)])])
    case "Running", "Terminating": .fields(["running": .fields([:])])
    default: .fields([:])
    }
  }
}
