import SimKernel

/// The scheduler's scores with the weights of the default profile: 1 for LeastAllocated, 1 for
/// BalancedAllocation, 2 for NodeAffinity, InterPodAffinity and PodTopologySpread each, 3 for
/// TaintToleration. Every score is a whole number from 0 to 100; ties are drawn.
/// Left out: ImageLocality.
extension Simulation {
  /// The node of the highest score among those that pass all filters.
  func chooseByScore(_ pod: Int, _ placement: PlacementPlan) -> Int? {
    let rules = podRules(of: pod, placement)
    let isDaemon = plan.workloads[Int(pods[pod].workload)].kind == .daemonSet
    let target = Int(pods[pod].ordinal)
    let candidates = isDaemon ? target..<(target + 1) : nodes.indices
    let feasible = candidates.filter {
      nodes[$0].exists && refusals(of: pod, on: $0, placement, rules).isEmpty
    }
    guard feasible.count > 1 else { return feasible.first }
    let scores = scores(of: pod, on: feasible, placement)
    var best = 0
    var bestDraw = UInt64.max
    for index in feasible.indices where scores[index] >= scores[best] {
      let draw = tieBreak(pod, feasible[index])
      if scores[index] > scores[best] || draw < bestDraw { (best, bestDraw) = (index, draw) }
    }
    return feasible[best]
  }

  private func scores(of pod: Int, on feasible: [Int], _ placement: PlacementPlan) -> [Int] {
    var total = feasible.map { resourceScore(of: pod, on: $0) }
    func add(_ scores: [Int], weight: Int) {
      for index in total.indices { total[index] += weight * scores[index] }
    }
    if !placement.dislikedTaints.isEmpty {
      add(shares(feasible.map { placement.dislikedTaints[$0] }).map { 100 - $0 }, weight: 3)
    }
    if !placement.nodePreferences.isEmpty {
      add(shares(feasible.map { placement.nodePreferences[$0] }), weight: 2)
    }
    add(spreadScores(of: pod, on: feasible, placement), weight: 2)
    add(podAffinityScores(of: pod, on: feasible, placement), weight: 2)
    return total
  }

  /// Each in percent of the largest.
  private func shares(_ raw: [Int]) -> [Int] {
    let most = raw.max() ?? 0
    return raw.map { most == 0 ? 0 : $0 * 100 / most }
  }

  /// LeastAllocated and BalancedAllocation together.
  private func resourceScore(of pod: Int, on node: Int) -> Int {
    let template = template(of: pod)
    let row = nodes[node]
    // A pod that requests nothing is taken to need a tenth of a core and 200 MiB.
    let milliCPU =
      row.requestedMilliCPU + (template.milliCPURequest == 0 ? 100 : template.milliCPURequest)
    let memory =
      row.requestedMemory + (template.memoryRequest == 0 ? 200 << 20 : template.memoryRequest)
    let cpuCapacity = max(row.allocatableMilliCPU, 1)
    let memoryCapacity = max(row.allocatableMemory, 1)
    let freeCPU = max(cpuCapacity - milliCPU, 0) * 100 / cpuCapacity
    let freeMemory = max(memoryCapacity - memory, 0) * 100 / memoryCapacity
    let usedCPU = min(Double(milliCPU) / Double(cpuCapacity), 1)
    let usedMemory = min(Double(memory) / Double(memoryCapacity), 1)
    let deviation = (usedCPU - usedMemory).magnitude / 2
    return (freeCPU + freeMemory) / 2 + Int((1 - deviation) * 100)
  }

  // MARK: Topology spread

  /// Without constraints of its own a pod spreads from its workload's others: at most five more in
  /// one zone than in another, three more on one node, as far as possible.
  private func softSpreads(of pod: Int, _ placement: PlacementPlan) -> [PlacementPlan.Spread] {
    guard placement.spreads.isEmpty else { return placement.spreads.filter { !$0.isRequired } }
    let own = [Int(pods[pod].workload)]
    return zip(scheduler.topologies.indices, [3, 5]).map { topology, skew in
      let term = PlacementPlan.PodTerm(topology: topology, workloads: own)
      return PlacementPlan.Spread(term, maxSkew: skew, isRequired: false)
    }
  }

  private func spreadScores(
    of pod: Int,
    on feasible: [Int],
    _ placement: PlacementPlan
  ) -> [Int] {
    let spreads = softSpreads(of: pod, placement)
    guard !spreads.isEmpty else { return feasible.map { _ in 0 } }
    let topologies = spreads.map { scheduler.topologies[$0.term.topology] }
    let isScored = feasible.map { node in topologies.allSatisfy { $0.domains[node] >= 0 } }
    var raw = feasible.map { _ in 0.0 }
    for (spread, topology) in zip(spreads, topologies) {
      let places = countPods(spread.term, terminatingToo: false) {
        counts($0, spread, placement)
      }
      var isSeen = Array(repeating: false, count: topology.count)
      for (index, node) in feasible.enumerated() where isScored[index] {
        isSeen[topology.domains[node]] = true
      }
      let weight = PortableMath.log(Double(isSeen.count { $0 } + 2))
      for (index, node) in feasible.enumerated() where isScored[index] {
        raw[index] +=
          Double(places.counts[topology.domains[node]]) * weight + Double(spread.maxSkew - 1)
      }
    }
    let rounded = raw.map { Int($0 + 0.5) }
    let counted = rounded.indices.filter { isScored[$0] }.map { rounded[$0] }
    guard let least = counted.min(), let most = counted.max() else { return rounded.map { _ in 0 } }
    return rounded.indices.map { index in
      guard isScored[index] else { return 0 }
      return most == 0 ? 100 : 100 * (most + least - rounded[index]) / most
    }
  }

  // MARK: Pod affinity

  /// The pod's own wishes, those of the pods that are there, and the attraction of whoever
  /// requires pods like this one.
  private func podAffinityScores(
    of pod: Int,
    on feasible: [Int],
    _ placement: PlacementPlan
  ) -> [Int] {
    let workload = Int(pods[pod].workload)
    var wishes = placement.wishes
    for (owner, wish) in scheduler.podWishes where wish.term.workloads.contains(workload) {
      let term = PlacementPlan.PodTerm(topology: wish.term.topology, workloads: [owner])
      wishes.append(PlacementPlan.Wish(weight: wish.weight, term: term))
    }
    guard !wishes.isEmpty else { return feasible.map { _ in 0 } }
    var raw = feasible.map { _ in 0 }
    for wish in wishes {
      let domains = scheduler.topologies[wish.term.topology].domains
      let places = countPods(wish.term, terminatingToo: true)
      for (index, node) in feasible.enumerated() where domains[node] >= 0 {
        raw[index] += wish.weight * places.counts[domains[node]]
      }
    }
    let least = raw.min() ?? 0
    let range = (raw.max() ?? 0) - least
    return raw.map { range == 0 ? 0 : ($0 - least) * 100 / range }
  }
}
