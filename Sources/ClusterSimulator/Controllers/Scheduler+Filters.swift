import SimKernel

/// The scheduler's filters in the order of the default profile: NodeUnschedulable, TaintToleration,
/// NodeAffinity, NodeResourcesFit, PodTopologySpread, InterPodAffinity.
extension Simulation {
  /// What is the same for all nodes in one scheduling cycle.
  struct PodRules {
    /// Matching pods by place: for each required spread, affinity and anti-affinity.
    var spreads: [PlaceCounts] = []
    var affinity: [PlaceCounts] = []
    var antiAffinity: [PlaceCounts] = []
    /// Places of pods whose own anti-affinity refuses this one.
    var refusing: [PlaceCounts] = []
    /// Nobody is there to be near to, but the pod itself.
    var isFirstOfItsKind = false
  }
  /// Pods counted by the places of a topology.
  struct PlaceCounts {
    let topology: Int
    var counts: [Int]
    /// Whether a node of the place counts at all.
    var isEligible: [Bool]
    /// The least of the eligible places.
    var least = 0
  }

  /// Counts pods of some workloads over the places of a topology.
  func countPods(
    _ term: PlacementPlan.PodTerm,
    terminatingToo: Bool,
    where isCounted: (Int) -> Bool = { _ in true }
  ) -> PlaceCounts {
    let topology = scheduler.topologies[term.topology]
    var places = PlaceCounts(
      topology: term.topology,
      counts: Array(repeating: 0, count: topology.count),
      isEligible: Array(repeating: false, count: topology.count)
    )
    for node in nodes.indices where nodes[node].exists && topology.domains[node] >= 0 {
      guard isCounted(node) else { continue }
      let place = topology.domains[node]
      places.isEligible[place] = true
      for workload in term.workloads {
        places.counts[place] +=
          terminatingToo
          ? scheduler.bound(workload, on: node) : scheduler.active(workload, on: node)
      }
    }
    return places
  }

  /// Whether a spread constraint counts the pods of a node.
  func counts(_ node: Int, _ spread: PlacementPlan.Spread, _ placement: PlacementPlan) -> Bool {
    let verdict = placement.verdict(node)
    if spread.honorsAffinity && !verdict.isSelected { return false }
    return !(spread.honorsTaints && (verdict.isTainted || !nodes[node].isReady))
  }

  /// Prepares the filters that look at other pods.
  func podRules(of pod: Int, _ placement: PlacementPlan) -> PodRules {
    var rules = PodRules()
    let required = placement.spreads.filter(\.isRequired)
    for spread in required {
      var places = countPods(spread.term, terminatingToo: false) { node in
        counts(node, spread, placement)
          && required.allSatisfy {
            scheduler.topologies[$0.term.topology].domains[node] >= 0
          }
      }
      let eligible = places.isEligible.indices.filter { places.isEligible[$0] }
      places.least = eligible.map { places.counts[$0] }.min() ?? 0
      if eligible.count < spread.minDomains { places.least = 0 }
      rules.spreads.append(places)
    }
    rules.affinity = placement.affinity.map { countPods($0, terminatingToo: true) }
    rules.antiAffinity = placement.antiAffinity.map { countPods($0, terminatingToo: true) }
    let workload = Int(pods[pod].workload)
    rules.isFirstOfItsKind =
      rules.affinity.allSatisfy { $0.counts.allSatisfy { $0 == 0 } }
      && placement.affinity.allSatisfy { $0.workloads.contains(workload) }
    for (owner, term) in scheduler.antiAffinities where term.workloads.contains(workload) {
      let own = PlacementPlan.PodTerm(topology: term.topology, workloads: [owner])
      rules.refusing.append(countPods(own, terminatingToo: true))
    }
    return rules
  }

  /// The first filter that refuses the node, with all its reasons; empty when it fits.
  func refusals(
    of pod: Int,
    on node: Int,
    _ placement: PlacementPlan,
    _ rules: PodRules
  ) -> [SchedulingDiagnosis.Refusal] {
    let row = nodes[node]
    if row.isCordoned && !placement.toleratesUnschedulable { return [.unschedulable] }
    let verdict = placement.verdict(node)
    let isPressed = row.hasMemoryPressure && !placement.toleratesMemoryPressure
    if verdict.isTainted || isPressed || !(row.isReady || placement.toleratesUnreachable) {
      return [.taint]
    }
    if !verdict.isSelected || !isTarget(node, of: pod) { return [.nodeAffinity] }
    let lacking = lackingResources(of: pod, on: node)
    if !lacking.isEmpty { return lacking }
    return refusals(on: node, workload: Int(pods[pod].workload), placement, rules)
  }

  /// A DaemonSet's pod is meant for one node.
  private func isTarget(_ node: Int, of pod: Int) -> Bool {
    plan.workloads[Int(pods[pod].workload)].kind != .daemonSet || Int(pods[pod].ordinal) == node
  }

  private func lackingResources(of pod: Int, on node: Int) -> [SchedulingDiagnosis.Refusal] {
    let template = template(of: pod)
    let room = scheduler.rooms[node]
    var lacking: [SchedulingDiagnosis.Refusal] = []
    if room.slots <= 0 { lacking.append(.slots) }
    // Who asks for nothing fits on a node that has been overbooked, too.
    if template.milliCPURequest > 0, template.milliCPURequest > room.milliCPU {
      lacking.append(.milliCPU)
    }
    if template.memoryRequest > 0, template.memoryRequest > room.memory {
      lacking.append(.memory)
    }
    return lacking
  }

  private func refusals(
    on node: Int,
    workload: Int,
    _ placement: PlacementPlan,
    _ rules: PodRules
  ) -> [SchedulingDiagnosis.Refusal] {
    for (spread, places) in zip(placement.spreads.filter(\.isRequired), rules.spreads) {
      let place = scheduler.topologies[places.topology].domains[node]
      if place < 0 { return [.spreadLabel] }
      let own = spread.term.workloads.contains(workload) ? 1 : 0
      if places.counts[place] + own - places.least > spread.maxSkew { return [.spread] }
    }
    for places in rules.affinity {
      let place = scheduler.topologies[places.topology].domains[node]
      if place < 0 || (places.counts[place] == 0 && !rules.isFirstOfItsKind) {
        return [.podAffinity]
      }
    }
    if rules.antiAffinity.contains(where: { isTaken($0, node) }) { return [.podAntiAffinity] }
    if rules.refusing.contains(where: { isTaken($0, node) }) { return [.existingAntiAffinity] }
    return []
  }

  private func isTaken(_ places: PlaceCounts, _ node: Int) -> Bool {
    let place = scheduler.topologies[places.topology].domains[node]
    return place >= 0 && places.counts[place] > 0
  }

  /// Why no node takes the pod now.
  func diagnosis(of pod: Int) -> SchedulingDiagnosis {
    let placement = scheduler.placements[Int(pods[pod].template)] ?? PlacementPlan()
    let rules = podRules(of: pod, placement)
    var diagnosis = SchedulingDiagnosis()
    for node in nodes.indices where nodes[node].exists {
      diagnosis.add(refusals(of: pod, on: node, placement, rules))
    }
    return diagnosis
  }
}
