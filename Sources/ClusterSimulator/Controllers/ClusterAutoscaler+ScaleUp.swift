import SimKernel

/// Which group gets how many new nodes.
extension Simulation {
  private struct Option {
    var group: Int
    var nodes: [Int]
    var pods: [Int]
    /// Unused CPU and memory of the new nodes, each as a share of what they have.
    var waste: Double
  }

  /// Asks for nodes for pods that wait in vain; whether it did.
  mutating func scaleUp(_ autoscaler: ClusterAutoscalerPlan) -> Bool {
    var packing = NodePacking(self)
    packing.openUpcoming(self)
    let waiting = scheduler.waiting.filter {
      pods[$0].node < 0 && pods[$0].isActive && pods[$0].lifecycleDue == .never
    }
    let pending = largestFirst(waiting).filter { !packing.place($0, self) }
    guard !pending.isEmpty else { return false }
    let options = autoscaler.groups.indices.compactMap { index in
      option(index, autoscaler.groups[index], pending, packing)
    }
    guard let best = choose(options, autoscaler.expander) else { return false }
    request(best, of: autoscaler.groups[best.group])
    return true
  }

  /// By the shares of a usual node that they ask for, as the estimator sorts them.
  private func largestFirst(_ list: [Int]) -> [Int] {
    func size(_ pod: Int) -> Double {
      let template = template(of: pod)
      let node = nodes[nodes.count - 1]
      return Double(template.milliCPURequest) / Double(max(node.allocatableMilliCPU, 1))
        + Double(template.memoryRequest) / Double(max(node.allocatableMemory, 1))
    }
    return list.sorted { (size($1), $0) < (size($0), $1) }
  }

  /// Packs the pods onto new nodes of a group, first fit.
  private func option(
    _ index: Int,
    _ group: ClusterAutoscalerPlan.Group,
    _ pending: [Int],
    _ packing: NodePacking
  ) -> Option? {
    var free = group.nodes.filter { !nodes[$0].exists && clusterAutoscaler.readyDue[$0] == .never }
    var trial = packing
    trial.closeAll()
    var option = Option(group: index, nodes: [], pods: [], waste: 0)
    for pod in pending {
      if trial.place(pod, self) {
        option.pods.append(pod)
        continue
      }
      guard let node = free.first else { continue }
      var opened = trial
      opened.openEmpty(node, self)
      guard opened.place(pod, self) else { continue }
      free.removeFirst()
      trial = opened
      option.nodes.append(node)
      option.pods.append(pod)
    }
    guard !option.nodes.isEmpty else { return nil }
    option.waste = trial.waste(of: option.nodes, self)
    return option
  }

  private func choose(_ options: [Option], _ expander: ClusterAutoscalerPlan.Expander) -> Option? {
    let least = options.map(\.waste).min() ?? 0
    let best = expander == .random ? options : options.filter { $0.waste == least }
    guard best.count > 1 else { return best.first }
    var generator = draws.controllers.generator(2, clusterAutoscaler.additions)
    return best[Int(generator.below(UInt32(best.count)))]
  }

  private mutating func request(_ option: Option, of group: ClusterAutoscalerPlan.Group) {
    clusterAutoscaler.lastAddition = now
    let size = group.nodes.count {
      nodes[$0].exists || clusterAutoscaler.readyDue[$0] != .never
    }
    for pod in option.pods {
      metrics.record(
        .triggeredScaleUp,
        object: pod,
        value: option.group << 32 | (size + option.nodes.count),
        previous: size,
        at: now
      )
    }
    for node in option.nodes {
      clusterAutoscaler.additions += 1
      var generator = draws.nodes.generator(nodes[node].key, 1 + clusterAutoscaler.additions)
      let delay = clusterAutoscaler.provisioning.duration(&generator, samplers)
      clusterAutoscaler.readyDue[node] = now + delay
      schedule(.nodeProvisioned, node, at: now + delay)
    }
  }
}
