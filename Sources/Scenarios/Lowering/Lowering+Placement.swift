import ClusterSimulator
import KubernetesManifests

/// Node selectors, affinities, tolerations and spread constraints → `PlacementPlan`.
extension Lowering {
  /// The node labels by which pods are spread or held together.
  func findTopologyKeys() -> [String] {
    var keys = [NodePlan.hostnameLabel, NodePlan.zoneLabel]
    for index in facts.workloads.indices {
      let scheduling = facts.workloads[index].template.spec.scheduling
      let affinity = scheduling.affinity
      let terms =
        affinity.requiredPods + affinity.requiredAntiPods
        + (affinity.preferredPods + affinity.preferredAntiPods).map(\.term)
      let used = terms.map(\.topologyKey) + scheduling.topologySpreadConstraints.map(\.topologyKey)
      for key in used where !keys.contains(key) { keys.append(key) }
    }
    return keys
  }

  /// Where a workload's pods may and would rather run; `nil` when any node will do.
  func placement(_ index: Int) -> PlacementPlan? {
    let workload = facts.workloads[index]
    let scheduling = workload.template.spec.scheduling
    if scheduling.isIndifferent, workload.kind != .daemonSet, !hasTaints { return nil }
    func isTolerated(_ taint: NodeTaint) -> Bool {
      scheduling.tolerations.tolerate(taint)
        || (workload.kind == .daemonSet && taint.isOfNodeCondition)
    }
    var plan = PlacementPlan()
    checkNodeName(scheduling.nodeName)
    let verdicts = nodes.map { node in
      PlacementPlan.Verdict(
        isTainted: node.taints.contains {
          $0.effect != .preferNoSchedule && !isTolerated($0)
        },
        isSelected: node.isSelected(by: scheduling)
      )
    }
    if verdicts.contains(where: { $0 != .fits }) { plan.verdicts = verdicts }
    let disliked = nodes.map { node in
      node.taints.count { $0.effect == .preferNoSchedule && !isTolerated($0) }
    }
    if disliked.contains(where: { $0 > 0 }) { plan.dislikedTaints = disliked }
    let preferences = nodes.map { node in
      scheduling.affinity.preferredNodes.reduce(0) { sum, wish in
        sum + (wish.term.isEmpty || !wish.term.matches(node) ? 0 : wish.weight)
      }
    }
    if preferences.contains(where: { $0 > 0 }) { plan.nodePreferences = preferences }
    plan.toleratesUnschedulable = isTolerated(
      NodeTaint(key: "node.kubernetes.io/unschedulable", value: "", effect: .noSchedule)
    )
    plan.toleratesUnreachable = isTolerated(
      NodeTaint(key: "node.kubernetes.io/unreachable", value: "", effect: .noSchedule)
    )
    plan.toleratesMemoryPressure = isTolerated(
      NodeTaint(key: "node.kubernetes.io/memory-pressure", value: "", effect: .noSchedule)
    )
    addPodTerms(of: workload, to: &plan)
    return plan == PlacementPlan() ? nil : plan
  }

  private func checkNodeName(_ name: Located<String>?) {
    guard let name, !nodes.isEmpty, !nodes.contains(where: { $0.name == name.value }) else {
      return
    }
    reader.report(
      "there is no node '\(name.value)'",
      at: name.mark,
      path: "spec.nodeName",
      hint: EditDistance.hint(for: name.value, in: nodes.map(\.name))
    )
  }

  // MARK: Other pods

  private func addPodTerms(of workload: ManifestFacts.Workload, to plan: inout PlacementPlan) {
    let scheduling = workload.template.spec.scheduling
    let affinity = scheduling.affinity
    let namespace = workload.metadata.namespace
    func term(_ term: PodAffinityTerm) -> PlacementPlan.PodTerm {
      podTerm(term.labelSelector, term.topologyKey, namespaces(of: term, namespace))
    }
    plan.affinity = affinity.requiredPods.map(term)
    plan.antiAffinity = affinity.requiredAntiPods.map(term)
    plan.wishes =
      affinity.preferredPods.map { PlacementPlan.Wish(weight: $0.weight, term: term($0.term)) }
      + affinity.preferredAntiPods.map {
        PlacementPlan.Wish(weight: -$0.weight, term: term($0.term))
      }
    plan.spreads = scheduling.topologySpreadConstraints.map { constraint in
      var spread = PlacementPlan.Spread(
        podTerm(constraint.labelSelector, constraint.topologyKey, [namespace]),
        maxSkew: constraint.maxSkew,
        isRequired: constraint.whenUnsatisfiable == .doNotSchedule
      )
      spread.minDomains = constraint.minDomains ?? 1
      spread.honorsAffinity = constraint.nodeAffinityPolicy == .honor
      spread.honorsTaints = constraint.nodeTaintsPolicy == .honor
      return spread
    }
  }

  /// No selector selects no pod.
  private func podTerm(
    _ selector: LabelSelector?,
    _ key: String,
    _ namespaces: [String]
  ) -> PlacementPlan.PodTerm {
    let matched = facts.workloads.indices.filter { index in
      let other = facts.workloads[index]
      return namespaces.contains(other.metadata.namespace)
        && selector?.matches(other.template.labels) ?? false
    }
    let topology = topologyKeys.firstIndex(of: key) ?? 0
    return PlacementPlan.PodTerm(topology: topology, workloads: matched)
  }

  /// Those listed and those whose labels are selected; else the pod's own.
  private func namespaces(of term: PodAffinityTerm, _ own: String) -> [String] {
    if term.namespaces.isEmpty && term.namespaceSelector == nil { return [own] }
    guard let selector = term.namespaceSelector else { return term.namespaces }
    let known = Set(facts.workloads.map(\.metadata.namespace)).sorted()
    return term.namespaces
      + known.filter { name in
        let labels = facts.namespaces.first { $0.name.value == name }?.labels ?? Labels()
        return selector.matches(labels)
      }
  }
}

extension NodeTaint {
  /// Whether the DaemonSet controller makes its pods tolerate the taint.
  fileprivate var isOfNodeCondition: Bool {
    let conditions = [
      "not-ready", "unreachable", "unschedulable", "disk-pressure", "memory-pressure",
      "pid-pressure",
    ]
    return conditions.contains { "node.kubernetes.io/" + $0 == key }
  }
}

extension [Toleration] {
  /// Whether one of them puts up with the taint.
  func tolerate(_ taint: NodeTaint) -> Bool {
    contains { toleration in
      (toleration.key.isEmpty || toleration.key == taint.key)
        && (toleration.operator == .exists || toleration.value == taint.value)
        && (toleration.effect == nil || toleration.effect?.rawValue == taint.effect.rawValue)
    }
  }
}

extension NodePlan {
  /// `nodeName`, `nodeSelector` and the required node affinity, all of which must hold.
  func isSelected(by scheduling: PodScheduling) -> Bool {
    if let name = scheduling.nodeName?.value, name != self.name { return false }
    guard scheduling.nodeSelector.entries.allSatisfy({ label($0.key) == $0.value }) else {
      return false
    }
    guard let terms = scheduling.affinity.requiredNodes else { return true }
    return terms.contains { !$0.isEmpty && $0.matches(self) }
  }
}

extension NodeSelectorTerm {
  /// A term without requirements matches no node.
  var isEmpty: Bool { matchExpressions.isEmpty && matchFields.isEmpty }

  /// Whether all requirements hold; the one field of nodes that can be asked for is the name.
  func matches(_ node: NodePlan) -> Bool {
    matchExpressions.allSatisfy { $0.holds(for: node.label($0.key)) }
      && matchFields.allSatisfy { $0.holds(for: $0.key == "metadata.name" ? node.name : nil) }
  }
}

extension NodeSelectorTerm.Requirement {
  /// Whether the requirement holds for a label's value, `nil` for a label that is not there.
  func holds(for value: String?) -> Bool {
    switch self.operator {
    case .isIn: return value.map(values.contains) ?? false
    case .notIn: return value.map { !values.contains($0) } ?? true
    case .exists: return value != nil
    case .doesNotExist: return value == nil
    case .greater, .less:
      guard let number = value.flatMap({ Int64($0) }),
        let bound = values.first.flatMap({ Int64($0) })
      else { return false }
      return self.operator == .greater ? number > bound : number < bound
    }
  }
}
