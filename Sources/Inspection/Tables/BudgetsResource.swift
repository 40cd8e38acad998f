import ClusterState
import KubernetesManifests
import Reports

/// `kubectl get poddisruptionbudgets`.
enum BudgetsResource: ResourceTable {
  static let name = "poddisruptionbudgets"
  static let shortNames = ["pdb", "poddisruptionbudget"]
  static let apiVersion = "policy/v1"
  static let kind = "PodDisruptionBudget"
  static let isNamespaced = true
  static let columns = ["NAME", "MIN AVAILABLE", "MAX UNAVAILABLE", "ALLOWED DISRUPTIONS", "AGE"]
  static let wideColumns: [String] = []

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.budgets.map { budget in
      ResourceRow(
        budget.key.namespace,
        budget.key.name,
        labels: budget.manifest.metadata.labels,
        [
          budget.key.name, budget.least?.text ?? "N/A", budget.most?.text ?? "N/A",
          String(budget.allowed), KubectlDuration.text(picture.age),
        ]
      )
    }
  }

  static func objects(of picture: ClusterPicture) -> [JSON] {
    picture.budgets.map { budget in
      KubernetesObject.json(
        self,
        KubernetesObject.metadata(
          budget.key,
          labels: budget.manifest.metadata.labels,
          annotations: budget.manifest.metadata.annotations,
          created: picture.age,
          in: picture
        ),
        spec: .fields([
          "minAvailable": .amount(budget.least), "maxUnavailable": .amount(budget.most),
          "selector": .selector(budget.manifest.selector?.value),
          "unhealthyPodEvictionPolicy":
            .string(budget.manifest.unhealthyPodEvictionPolicy.rawValue),
        ]),
        status: .fields([
          "disruptionsAllowed": .integer(budget.allowed),
          "currentHealthy": .integer(budget.healthy), "desiredHealthy": .integer(budget.desired),
          "expectedPods": .integer(budget.expected),
        ])
      )
    }
  }
}

extension ClusterPicture {
  /// A budget and how it stands.
  struct Budget {
    var key: ObjectKey
    var manifest: PodDisruptionBudget
    var expected: Int
    var healthy: Int
    var desired: Int
    var allowed: Int

    var least: IntOrPercent? {
      if case .minAvailable(let amount) = manifest.bound { amount } else { nil }
    }
    var most: IntOrPercent? {
      if case .maxUnavailable(let amount) = manifest.bound { amount } else { nil }
    }
  }

  /// The budgets by namespace and name.
  ///
  /// As in `pkg/controller/disruption`: `minAvailable` as a number expects the pods that are there,
  /// anything else as many as their controllers want; healthy is ready and not terminating.
  var budgets: [Budget] {
    manifests.podDisruptionBudgets.map { manifest in
      let key = ObjectKey(manifest.metadata.namespace, manifest.metadata.name.value)
      let selected = pods.filter { pod in
        pod.state.key.namespace == key.namespace
          && manifest.selector?.value.matches(pod.state.labels) ?? false
      }
      let healthy = selected.count { $0.state.isReady && !$0.state.isTerminating }
      let present = selected.count { !$0.state.phase.isTerminal }
      var budget = Budget(
        key: key,
        manifest: manifest,
        expected: present,
        healthy: healthy,
        desired: 0,
        allowed: 0
      )
      let wanted = desired(of: selected)
      let limit: DisruptionBudget.Limit
      switch manifest.bound {
      case .minAvailable(let least):
        if case .percent = least { budget.expected = wanted }
        limit = .minAvailable(least)
      case .maxUnavailable(let most):
        budget.expected = wanted
        limit = .maxUnavailable(most)
      case nil: return budget
      }
      let state = DisruptionBudget(
        limit,
        expectedPods: budget.expected,
        healthyPods: healthy
      )
      budget.desired = state.desiredHealthy
      budget.allowed = state.disruptionsAllowed
      return budget
    }.sorted { $0.key < $1.key }
  }

  /// What the controllers of some pods want together.
  private func desired(of pods: [Pod]) -> Int {
    var owners: Set<ObjectKey> = []
    for pod in pods {
      if let name = pod.state.workload {
        owners.insert(ObjectKey(pod.state.key.namespace, name))
      }
    }
    return workloads.reduce(0) { sum, row in
      row.owner == nil && owners.contains(row.key) ? sum + row.desired : sum
    }
  }
}
