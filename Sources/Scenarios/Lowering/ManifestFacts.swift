import ClusterSimulator
import KubernetesManifests
import SimKernel

/// The manifests as the lowering sees them: everything that makes pods side by side, in the order
/// in which it is applied.
struct ManifestFacts: Sendable {
  /// Something that makes pods, or a pod that nothing made.
  struct Workload: Sendable {
    var metadata: ObjectMeta
    var kind: WorkloadPlan.Kind
    var replicas: Located<Int>
    /// `nil` for what has none that its pods must keep to.
    var selector: LabelSelector?
    var template: PodTemplate
    var rollout: RolloutPlan
    var mark: SourceMark
    /// What a Job, or every Job of a CronJob, runs.
    var job: JobSpec?
    var cron: CronJob?

    /// `namespace/name`.
    var name: String { metadata.qualifiedName }

    /// `namespace/kind/name`, as scenario files write it.
    var key: String {
      "\(metadata.namespace)/\(kind.rawValue.lowercased())/\(metadata.name.value)"
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
  var namespaces: [Namespace]
  var nodes: [Node]
  /// One label of pods in one namespace.
  private struct LabelKey: Hashable {
    var namespace: String
    var label: Labels.Entry
  }
  /// For each namespace its workloads in order.
  private(set) var workloadsIn: [String: [Int]] = [:]
  private var workloadsWith: [LabelKey: [Int]] = [:]
  var ingresses: [Ingress]
  /// Services and workloads from these positions on come into being during the run.
  private(set) var firstLaterService: Int
  private(set) var firstLaterWorkload: Int

  /// Puts workloads in order; `files` are the manifest files in reading order.
  init(_ manifests: ManifestSet, files: [String]) {
    // The scheduler sees pods in this order, so it must be that of the files and not of the kinds.
    let ranks = Dictionary(files.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
    workloads = Self.workloads(of: manifests)
      .map { (place: Self.place($0.mark, ranks), workload: $0) }
      .sorted { $0.place < $1.place }.map(\.workload)
    services = manifests.services
    autoscalers = manifests.autoscalers
    disruptionBudgets = manifests.podDisruptionBudgets
    namespaces = manifests.namespaces
    nodes = manifests.nodes
    ingresses = manifests.ingresses
    firstLaterService = services.count
    firstLaterWorkload = workloads.count
    sortByLabels()
  }

  private mutating func sortByLabels() {
    (workloadsIn, workloadsWith) = ([:], [:])
    for (index, workload) in workloads.enumerated() {
      let namespace = workload.metadata.namespace
      workloadsIn[namespace, default: []].append(index)
      for label in workload.template.labels.entries {
        workloadsWith[LabelKey(namespace: namespace, label: label), default: []].append(index)
      }
    }
  }

  /// The workloads whose pods a Service selects: of those with its rarest label all that have the
  /// others, too.
  func workloads(selectedBy service: Service) -> [Int] {
    let lists = service.selector.value.entries.map { label in
      workloadsWith[LabelKey(namespace: service.metadata.namespace, label: label)] ?? []
    }
    let fewest = lists.min { $0.count < $1.count } ?? []
    return fewest.filter { service.selects(workloads[$0]) }
  }

  /// Everything that makes pods, in file order of each kind.
  static func workloads(of manifests: ManifestSet) -> [Workload] {
    manifests.deployments.map { Workload($0) } + manifests.statefulSets.map { Workload($0) }
      + manifests.replicaSets.map { Workload($0) } + manifests.daemonSets.map { Workload($0) }
      + manifests.jobs.map { Workload($0) } + manifests.cronJobs.map { Workload($0) }
      + manifests.pods.map { Workload($0) }
  }

  /// Adds what is applied during the run and was not there before; a workload has no pods until
  /// then.
  mutating func addLater(_ applied: ManifestSet) {
    var known = Set(services.map(\.metadata.qualifiedName))
    for service in applied.services
    where known.insert(service.metadata.qualifiedName).inserted {
      services.append(service)
    }
    var keys = Set(workloads.map(\.key))
    for workload in Self.workloads(of: applied) where keys.insert(workload.key).inserted {
      var later = workload
      later.replicas.value = 0
      workloads.append(later)
    }
    sortByLabels()
  }

  private static func place(_ mark: SourceMark, _ ranks: [String: Int]) -> (Int, Int, Int) {
    (ranks[mark.file] ?? ranks.count, mark.line, mark.column)
  }
}

extension Service {
  /// Whether the selector matches the workload's pods; an empty one matches nothing.
  func selects(_ workload: ManifestFacts.Workload) -> Bool {
    metadata.namespace == workload.metadata.namespace && !selector.value.isEmpty
      && selector.value.areContained(in: workload.template.labels)
  }
}
