internal import KubernetesManifests
internal import SimKernel

/// Makes the pods of workloads, with names as their controllers form them.
struct PodFactory {
  /// How the pods of a workload are told apart.
  enum Naming {
    /// By letters drawn at random, as under a Deployment.
    case drawn
    /// By number from 0, as under a StatefulSet, which may have a governing Service.
    ///
    /// The pod's name is its hostname, and the Service its subdomain.
    case ordinal(governedBy: String?)
  }
  private(set) var pods: [PodState] = []
  private(set) var workloads: [ObjectKey] = []
  private(set) var problems: [Diagnostic] = []
  private let draws: RandomStream

  init(draws: RandomStream) { self.draws = draws }

  /// Adds the pods of a workload.
  mutating func add(
    _ key: ObjectKey,
    _ template: PodTemplate,
    replicas: Located<Int>,
    named naming: Naming = .drawn
  ) {
    workloads.append(key)
    let room = max(0, SteadyState.podLimit - pods.count)
    if replicas.value > room {
      problems.append(
        Diagnostic(
          .warning,
          "only \(room) of \(replicas.value) pods of '\(key)' are looked at",
          at: replicas.mark,
          hint: "Kubernetes itself is tested with up to \(SteadyState.podLimit) pods"
        )
      )
    }
    let ports = template.containers.flatMap(\.ports).map {
      PodState.Port($0.containerPort, name: $0.name, protocol: $0.protocol)
    }
    for ordinal in 0..<min(room, max(0, replicas.value)) {
      var suffix = String(ordinal)
      if case .drawn = naming { suffix = drawnSuffix(key, ordinal) }
      var pod = PodState(
        ObjectKey(key.namespace, "\(key.name)-\(suffix)"),
        labels: template.labels,
        workload: key.name,
        ports: ports
      )
      if case .ordinal(let service) = naming {
        pod.hostname = pod.key.name
        pod.subdomain = service
      }
      pods.append(pod)
    }
  }

  /// A ReplicaSet's hash and five letters of the pod's own.
  private func drawnSuffix(_ key: ObjectKey, _ ordinal: Int) -> String {
    let entity = Mixing.fnv1a(key.description)
    var shared = draws.generator(entity, 0)
    var own = draws.generator(entity, UInt64(ordinal) + 1)
    return RandomSuffix.draw(10, &shared) + "-" + RandomSuffix.draw(5, &own)
  }
}
