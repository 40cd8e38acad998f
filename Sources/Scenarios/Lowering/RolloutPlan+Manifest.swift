import ClusterSimulator
import KubernetesManifests
import SimKernel

extension RolloutPlan {
  /// How a Deployment goes from one template to the next.
  init(_ deployment: Deployment) {
    self.init()
    switch deployment.strategy {
    case .recreate: strategy = .recreate
    case .rollingUpdate(let maxSurge, let maxUnavailable):
      strategy = .rollingUpdate(
        maxSurge: Amount(maxSurge),
        maxUnavailable: Amount(maxUnavailable)
      )
    }
    minReady = .seconds(Int64(deployment.minReadySeconds))
    progressDeadline = .seconds(Int64(deployment.progressDeadlineSeconds))
    startsPaused = deployment.isPaused
  }

  /// How a StatefulSet does.
  init(_ set: StatefulSet) {
    self.init()
    minReady = .seconds(Int64(set.minReadySeconds))
    podManagement = set.podManagementPolicy == .parallel ? .parallel : .orderedReady
    switch set.updateStrategy {
    case .rollingUpdate(let partition, _): self.partition = partition
    case .onDelete: partition = .max
    }
  }
}

extension RolloutPlan {
  /// How a DaemonSet does.
  init(_ set: DaemonSet) {
    self.init()
    minReady = .seconds(Int64(set.minReadySeconds))
    switch set.updateStrategy {
    case .rollingUpdate(let maxSurge, let maxUnavailable):
      strategy = .rollingUpdate(
        maxSurge: Amount(maxSurge),
        maxUnavailable: Amount(maxUnavailable)
      )
    case .onDelete: partition = .max
    }
  }
}

extension RolloutPlan.Amount {
  init(_ value: IntOrPercent) {
    switch value {
    case .count(let count): self = .count(count)
    case .percent(let percent): self = .percent(percent)
    }
  }
}

extension PodTemplatePlan.Toleration {
  /// The shortest of those that match the taint `node.kubernetes.io/unreachable:NoExecute`.
  init(_ tolerations: [Toleration]) {
    let matching = tolerations.filter { toleration in
      (toleration.key.isEmpty || toleration.key == "node.kubernetes.io/unreachable")
        && (toleration.operator == .exists || toleration.value.isEmpty)
        && (toleration.effect ?? .noExecute) == .noExecute
    }
    if matching.isEmpty {
      self = .byDefault
    } else if let least = matching.compactMap(\.tolerationSeconds).min(), least < 10_000_000 {
      // Whatever is longer is longer than any run.
      self = .seconds(.seconds(Int64(max(least, 0))))
    } else {
      self = .forever
    }
  }
}

extension DisruptionBudgetPlan {
  /// The budget over the workloads that its selector matches; `nil` when it bounds nothing.
  init?(_ budget: PodDisruptionBudget, over workloads: [ManifestFacts.Workload]) {
    guard let bound = budget.bound, let selector = budget.selector?.value else { return nil }
    let limit: Limit =
      switch bound {
      case .minAvailable(let value): .minAvailable(RolloutPlan.Amount(value))
      case .maxUnavailable(let value): .maxUnavailable(RolloutPlan.Amount(value))
      }
    let matched = workloads.indices.filter { index in
      workloads[index].metadata.namespace == budget.metadata.namespace
        && selector.matches(workloads[index].template.labels)
    }
    self.init(name: budget.metadata.qualifiedName, workloads: matched, limit: limit)
  }
}
