import ClusterState
package import KubernetesManifests
package import SimKernel

extension ClusterPicture {
  /// The cluster that manifests describe, once everything has settled.
  package init(of manifests: ManifestSet, nodes: Int, draws: StreamFactory) {
    let steady = SteadyState(manifests, nodes: nodes, draws: draws)
    self.init(snapshot: steady.snapshot, manifests: manifests, age: Self.settledAge)
    problems = steady.problems
    pods = steady.snapshot.pods.map { state in
      Pod(
        state: state,
        status: state.phase.rawValue,
        containers: templates.containers(ofPod: state),
        restarts: 0,
        age: Self.settledAge
      )
    }
    let own = Dictionary(grouping: pods) {
      ObjectKey($0.state.key.namespace, $0.state.workload ?? "")
    }
    for workload in templates.all {
      let own = own[workload.key] ?? []
      add(workload, desired: workload.replicas ?? own.count, pods: own, updated: own.count)
      addReplicaSet(of: workload, pods: own)
    }
    self.nodes = steady.snapshot.nodes.map { node in
      let manifest = manifests.nodes.first { $0.metadata.name.value == node.name }
      return Node(state: node, isReady: true, isCordoned: manifest?.isUnschedulable ?? false)
    }
    for job in manifests.jobs { addSettled(job) }
    for autoscaler in manifests.autoscalers {
      add(autoscaler, current: [], replicas: replicas(of: autoscaler))
    }
  }

  /// Adds a workload and what its pods are.
  mutating func add(
    _ workload: Templates.Workload,
    desired: Int,
    pods: [Pod],
    updated: Int,
    age: SimDuration? = nil
  ) {
    let active = pods.filter { !$0.state.isTerminating && !$0.state.phase.isTerminal }
    workloads.append(
      Workload(
        kind: workload.kind,
        key: workload.key,
        desired: desired,
        current: active.count,
        updated: updated,
        ready: active.count { $0.state.isReady },
        labels: workload.metadata.labels,
        selector: workload.selector,
        template: workload.template,
        age: age ?? self.age
      )
    )
  }

  /// Adds the one ReplicaSet of a Deployment, whose name is in its pods' names.
  private mutating func addReplicaSet(of workload: Templates.Workload, pods: [Pod]) {
    guard workload.kind == .deployment, let pod = pods.first?.state.key.name,
      let end = pod.lastIndex(of: "-")
    else { return }
    var set = workload
    set.kind = .replicaSet
    set.key.name = String(pod[..<end])
    set.metadata.labels = workload.template.labels
    add(set, desired: workload.replicas ?? 0, pods: pods, updated: pods.count)
    workloads[workloads.count - 1].owner = workload.key.name
  }

  /// Adds a Job that has run its course, or one that is suspended.
  private mutating func addSettled(_ job: KubernetesManifests.Job) {
    let isComplete = !job.spec.isSuspended
    jobs.append(
      Job(
        key: ObjectKey(job.metadata.namespace, job.metadata.name.value),
        labels: job.metadata.labels,
        spec: job.spec,
        active: 0,
        succeeded: isComplete ? job.spec.completions ?? 1 : 0,
        failed: 0,
        isComplete: isComplete,
        age: age
      )
    )
  }

  /// `current` holds what is known of each metric, in percent or in thousandths.
  mutating func add(_ autoscaler: HorizontalPodAutoscaler, current: [Int64?], replicas: Int) {
    autoscalers.append(
      Autoscaler(
        key: ObjectKey(autoscaler.metadata.namespace, autoscaler.metadata.name.value),
        reference: autoscaler.scaleTargetRef.kind + "/" + autoscaler.scaleTargetRef.name,
        metrics: autoscaler.metricSpecs,
        current: autoscaler.metricSpecs.indices.map {
          current.indices.contains($0) ? current[$0] : nil
        },
        minReplicas: autoscaler.minReplicas.value,
        maxReplicas: autoscaler.maxReplicas.value,
        replicas: replicas
      )
    )
  }

  /// The present size of an autoscaler's target.
  func replicas(of autoscaler: HorizontalPodAutoscaler) -> Int {
    workloads.first {
      $0.kind.rawValue == autoscaler.scaleTargetRef.kind
        && $0.key.namespace == autoscaler.metadata.namespace
        && $0.key.name == autoscaler.scaleTargetRef.name
    }?.desired ?? 0
  }
}

extension MetricSpec {
  /// What it is and what it should be, as kubectl shows it.
  fileprivate func target(now: Int64?) -> String {
    let prefix: String
    switch source {
    case .resource(let name): prefix = name + ": "
    case .containerResource(let name, _): prefix = name + ": "
    case .pods, .object, .external: prefix = ""
    }
    switch target {
    case .utilization(let percent):
      return prefix + (now.map { "\($0)%" } ?? "<unknown>") + "/\(percent)%"
    case .averageValue(let quantity):
      let isShared: Bool
      switch source {
      case .object, .external: isShared = true
      default: isShared = false
      }
      return prefix + Self.amount(now) + "/" + Self.amount(quantity.milliValue)
        + (isShared ? " (avg)" : "")
    case .value(let quantity):
      return prefix + Self.amount(now) + "/" + Self.amount(quantity.milliValue)
    }
  }

  private static func amount(_ milli: Int64?) -> String {
    guard let milli else { return "<unknown>" }
    return milli % 1_000 == 0 ? "\(milli / 1_000)" : "\(milli)m"
  }
}
