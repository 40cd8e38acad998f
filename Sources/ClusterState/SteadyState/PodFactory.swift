internal import KubernetesManifests
internal import SimKernel

/// Makes the pods of workloads, with names as their controllers form them.
struct PodFactory {
  /// How the pods of a workload are told apart.
  enum Naming {
    /// By the hash of a ReplicaSet and five letters, as under a Deployment.
    case hashAndLetters
    /// By five letters, as under a ReplicaSet.
    case letters
    /// By number, as under a StatefulSet, which may have a governing Service.
    ///
    /// The pod's name is its hostname, and the Service its subdomain.
    case ordinal(from: Int, governedBy: String?)
  }
  private(set) var pods: [PodState] = []
  private(set) var workloads: [ObjectKey] = []
  private(set) var problems: [Diagnostic] = []
  /// Those that are not as usual.
  private(set) var resolvers: [ObjectKey: StubResolver] = [:]
  private let draws: RandomStream

  init(draws: RandomStream) { self.draws = draws }

  /// Adds the pods of everything but DaemonSets, which depend on nodes.
  mutating func addAll(of manifests: ManifestSet) {
    for object in manifests.deployments {
      add(object.metadata, object.template, object.replicas, .hashAndLetters)
    }
    for set in manifests.statefulSets {
      let naming = Naming.ordinal(from: set.firstOrdinal, governedBy: set.serviceName?.value)
      add(set.metadata, set.template, set.replicas, naming)
    }
    for object in manifests.replicaSets {
      add(object.metadata, object.template, object.replicas, .letters)
    }
    for pod in manifests.pods {
      let key = ObjectKey(pod.metadata.namespace, pod.metadata.name.value)
      note(key, pod.spec)
      pods.append(Self.pod(key, of: key, pod.metadata.labels, pod.spec))
    }
  }

  /// Adds the pods of a DaemonSet, one for each node, and returns them.
  mutating func addDaemon(_ daemon: DaemonSet, nodes: Int) -> [PodState] {
    let first = pods.count
    let replicas = Located(nodes, at: daemon.mark)
    add(daemon.metadata, daemon.template, replicas, .letters)
    return Array(pods[first...])
  }

  private mutating func add(
    _ metadata: ObjectMeta,
    _ template: PodTemplate,
    _ replicas: Located<Int>,
    _ naming: Naming
  ) {
    let key = ObjectKey(metadata.namespace, metadata.name.value)
    note(key, template.spec)
    let room = max(0, SteadyState.podLimit - pods.count)
    if replicas.value > room { warn(key, replicas, room) }
    for index in 0..<min(room, max(0, replicas.value)) {
      let suffix =
        switch naming {
        case .hashAndLetters: hash(key) + "-" + letters(key, index)
        case .letters: letters(key, index)
        case .ordinal(let first, _): String(first + index)
        }
      let name = ObjectKey(key.namespace, "\(key.name)-\(suffix)")
      var pod = Self.pod(name, of: key, template.labels, template.spec)
      if case .ordinal(_, let service) = naming {
        pod.hostname = name.name
        pod.subdomain = service
      }
      pods.append(pod)
    }
  }

  /// Remembers a workload, and its resolver if that is not the usual one.
  private mutating func note(_ key: ObjectKey, _ spec: PodSpec) {
    workloads.append(key)
    let resolver = StubResolver(spec.network, namespace: key.namespace)
    if resolver != StubResolver(namespace: key.namespace) { resolvers[key] = resolver }
  }

  private mutating func warn(_ key: ObjectKey, _ replicas: Located<Int>, _ room: Int) {
    problems.append(
      Diagnostic(
        .warning,
        "only \(room) of \(replicas.value) pods of '\(key)' are looked at",
        at: replicas.mark,
        hint: "Kubernetes itself is tested with up to \(SteadyState.podLimit) pods"
      )
    )
  }

  private static func pod(
    _ name: ObjectKey,
    of workload: ObjectKey,
    _ labels: Labels,
    _ spec: PodSpec
  ) -> PodState {
    let containers = spec.containers + spec.initContainers.filter(\.isSidecar)
    return PodState(
      name,
      labels: labels,
      workload: workload.name,
      ports: containers.flatMap(\.ports).map {
        PodState.Port($0.containerPort, name: $0.name, protocol: $0.protocol)
      },
      hostname: spec.network.hostname?.value,
      subdomain: spec.network.subdomain?.value
    )
  }

  /// The part of the name that pods of one ReplicaSet share.
  private func hash(_ key: ObjectKey) -> String {
    var generator = draws.generator(Mixing.fnv1a(key.description), 0)
    return RandomSuffix.draw(10, &generator)
  }

  /// A pod's own part.
  private func letters(_ key: ObjectKey, _ index: Int) -> String {
    var generator = draws.generator(Mixing.fnv1a(key.description), UInt64(index) + 1)
    return RandomSuffix.draw(5, &generator)
  }
}
