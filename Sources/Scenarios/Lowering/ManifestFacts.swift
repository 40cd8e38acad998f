import ClusterSimulator
import KubernetesManifests
import SimKernel

/// The manifests as the lowering sees them: Deployments and StatefulSets side by side, in the
/// order in which they are applied.
struct ManifestFacts: Sendable {
  /// A Deployment or StatefulSet.
  struct Workload: Sendable {
    var metadata: ObjectMeta
    var kind: WorkloadPlan.Kind
    var replicas: Located<Int>
    var template: PodTemplate
    var rollout: RolloutPlan
    var mark: SourceMark

    /// `namespace/name`.
    var name: String { metadata.qualifiedName }

    /// `namespace/kind/name`, as scenario files write it.
    var key: String {
      let kindName = kind == .deployment ? "deployment" : "statefulset"
      return "\(metadata.namespace)/\(kindName)/\(metadata.name.value)"
    }

    /// The port that a name or number leads to on the pods; `nil` for an unknown name.
    func port(_ reference: PortReference) -> Int? {
      template.containers.lazy.compactMap { $0.portNumber(reference) }.first
    }
  }
  var workloads: [Workload]
  var services: [Service]
  var autoscalers: [HorizontalPodAutoscaler]
  var disruptionBudgets: [PodDisruptionBudget]
  /// Services and workloads from these positions on come into being during the run.
  private(set) var firstLaterService: Int
  private(set) var firstLaterWorkload: Int

  /// Puts workloads in order; `files` are the manifest files in reading order.
  init(_ manifests: ManifestSet, files: [String]) {
    // The scheduler sees pods in this order, so it must be that of the files and not of the kinds.
    workloads = Self.workloads(of: manifests).sorted { first, second in
      Self.place(first.mark, files).lexicographicallyPrecedes(Self.place(second.mark, files))
    }
    services = manifests.services
    autoscalers = manifests.autoscalers
    disruptionBudgets = manifests.podDisruptionBudgets
    firstLaterService = services.count
    firstLaterWorkload = workloads.count
  }

  /// The Deployments and StatefulSets of manifests, in file order of each kind.
  static func workloads(of manifests: ManifestSet) -> [Workload] {
    manifests.deployments.map {
      Workload(
        metadata: $0.metadata,
        kind: .deployment,
        replicas: $0.replicas,
        template: $0.template,
        rollout: RolloutPlan($0),
        mark: $0.mark
      )
    }
      + manifests.statefulSets.map {
        Workload(
          metadata: $0.metadata,
          kind: .statefulSet,
          replicas: $0.replicas,
          template: $0.template,
          rollout: RolloutPlan($0),
          mark: $0.mark
        )
      }
  }

  /// Adds what is applied during the run and was not there before; a workload has no pods until
  /// then.
  mutating func addLater(_ applied: ManifestSet) {
    for service in applied.services
    where !services.contains(where: {
      $0.metadata.qualifiedName == service.metadata.qualifiedName
    }) {
      services.append(service)
    }
    for workload in Self.workloads(of: applied)
    where !workloads.contains(where: { $0.key == workload.key }) {
      var later = workload
      later.replicas.value = 0
      workloads.append(later)
    }
  }

  private static func place(_ mark: SourceMark, _ files: [String]) -> [Int] {
    [files.firstIndex(of: mark.file) ?? files.count, mark.line, mark.column]
  }
}

extension Service {
  /// Whether the selector matches the workload's pods; an empty one matches nothing.
  func selects(_ workload: ManifestFacts.Workload) -> Bool {
    metadata.namespace == workload.metadata.namespace && !selector.value.isEmpty
      && selector.value.areContained(in: workload.template.labels)
  }
}
