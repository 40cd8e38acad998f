import SimKernel

/// Adds nodes for pods that find no room, and removes nodes that nobody needs, as the cluster
/// autoscaler of kubernetes/autoscaler does.
///
/// Owns `Node.exists`. Every scan, 10 s apart: pods that no node can take, nor one on its way, are
/// packed onto new nodes of each group in turn, largest pods first; of the groups that would help
/// the expander takes one. Ten minutes after the last addition, nodes of which less than half is
/// requested for ten minutes, and whose pods fit elsewhere, are drained and given back, never below
/// a group's minimum.
/// Left out: failed additions, balancing of similar groups, priorities of groups, spread
/// constraints in the packing; a node that comes again has the name that it had.
struct ClusterAutoscaler {
  /// Since when a node is unneeded.
  var unneededSince: [SimTime]
  /// When a node that was asked for will be Ready.
  var readyDue: [SimTime]
  /// The node is being drained to be given back.
  var isLeaving: [Bool]
  var lastAddition = SimTime.distantPast
  /// Counts what the autoscaler has asked for; keys its draws.
  var additions: UInt64 = 0
  var provisioning = Sampler.zero

  init(plan: SimulationPlan) {
    let count = plan.cluster.autoscaler == nil ? 0 : plan.cluster.nodes.count
    unneededSince = Array(repeating: .never, count: count)
    readyDue = unneededSince
    isLeaving = Array(repeating: false, count: count)
  }
}

extension Simulation {
  /// Takes away the nodes that are not there yet, and plans the first scan.
  mutating func startClusterAutoscaler() {
    guard let autoscaler = plan.cluster.autoscaler else { return }
    clusterAutoscaler.provisioning = samplers.register(autoscaler.provisioning)
    for group in autoscaler.groups {
      for node in group.nodes.dropFirst(group.size) { takeAway(node) }
    }
    schedule(.clusterAutoscalerDue, 0, at: .zero + autoscaler.scanInterval)
  }

  private mutating func takeAway(_ node: Int) {
    nodes[node].exists = false
    nodes[node].isAlive = false
    nodes[node].isReady = false
    nodes[node].isCordoned = false
    updateRoom(of: node)
  }

  /// One scan.
  mutating func clusterAutoscalerDue() {
    guard let autoscaler = plan.cluster.autoscaler else { return }
    schedule(.clusterAutoscalerDue, 0, at: now + autoscaler.scanInterval)
    removeDrainedNodes()
    if scaleUp(autoscaler) { return }
    noteUnneededNodes(autoscaler)
    if clusterAutoscaler.lastAddition + autoscaler.scaleDownDelayAfterAdd <= now {
      scaleDown(autoscaler)
    }
  }

  /// A node that was asked for is Ready.
  mutating func nodeProvisioned(_ node: Int) {
    guard clusterAutoscaler.readyDue[node] == now else { return }
    clusterAutoscaler.readyDue[node] = .never
    nodes[node].exists = true
    nodes[node].isAlive = true
    nodes[node].isReady = true
    updateRoom(of: node)
    metrics.record(.nodeRegistered, object: node, at: now)
    daemonNodesChanged()
    retryUnschedulablePods()
  }

  // MARK: Scale down

  /// Pods that count: those of DaemonSets come and go with their node.
  private func residents(of node: Int) -> [Int] {
    (0..<pods.count).filter {
      Int(pods[$0].node) == node && !pods[$0].isRemoved && !pods[$0].isFinished
        && plan.workloads[Int(pods[$0].workload)].kind != .daemonSet
    }
  }

  private mutating func noteUnneededNodes(_ autoscaler: ClusterAutoscalerPlan) {
    var packing = NodePacking(self)
    for node in autoscaler.groups.flatMap({ $0.nodes }) {
      let isUnneeded = isUnneeded(node, autoscaler, &packing)
      if !isUnneeded {
        clusterAutoscaler.unneededSince[node] = .never
      } else if clusterAutoscaler.unneededSince[node] == .never {
        clusterAutoscaler.unneededSince[node] = now
      }
    }
  }

  /// Little is requested there, and what runs there may go and fits elsewhere.
  private func isUnneeded(
    _ node: Int,
    _ autoscaler: ClusterAutoscalerPlan,
    _ packing: inout NodePacking
  ) -> Bool {
    let row = nodes[node]
    guard row.exists, row.isReady, !row.isCordoned, !clusterAutoscaler.isLeaving[node] else {
      return false
    }
    let cpu = row.requestedMilliCPU * 1_000_000 / max(row.allocatableMilliCPU, 1)
    // In kilobytes, so that the product stays within an integer.
    let memory = (row.requestedMemory >> 10) * 1_000_000 / max(row.allocatableMemory >> 10, 1)
    guard max(cpu, memory) < autoscaler.utilizationThresholdPPM else { return false }
    let residents = residents(of: node)
    let mayGo = residents.allSatisfy {
      plan.workloads[Int(pods[$0].workload)].kind != .pod && !pods[$0].isTerminating
        && mayBeEvicted($0)
    }
    guard mayGo else { return false }
    var attempt = packing
    attempt.close(node)
    for pod in residents where !attempt.place(pod, self) { return false }
    packing = attempt
    return true
  }

  /// Gives back up to ten empty nodes at once, or drains one that is not.
  private mutating func scaleDown(_ autoscaler: ClusterAutoscalerPlan) {
    var empty = 0
    var isDraining = clusterAutoscaler.isLeaving.contains(true)
    for group in autoscaler.groups {
      var size = group.nodes.count { nodes[$0].exists && !clusterAutoscaler.isLeaving[$0] }
      for node in group.nodes where size > group.minimum {
        let since = clusterAutoscaler.unneededSince[node]
        guard since != .never, since + autoscaler.scaleDownUnneededTime <= now else { continue }
        let isEmpty = residents(of: node).isEmpty
        guard isEmpty ? empty < 10 : !isDraining else { continue }
        if isEmpty { empty += 1 } else { isDraining = true }
        size -= 1
        leave(node)
      }
    }
    removeDrainedNodes()
  }

  private mutating func leave(_ node: Int) {
    clusterAutoscaler.unneededSince[node] = .never
    clusterAutoscaler.isLeaving[node] = true
    metrics.record(.scaleDown, object: node, at: now)
    drain(node)
  }

  /// Machines whose pods have gone are given back.
  private mutating func removeDrainedNodes() {
    for node in clusterAutoscaler.isLeaving.indices where clusterAutoscaler.isLeaving[node] {
      guard residents(of: node).isEmpty else { continue }
      for pod in 0..<pods.count where Int(pods[pod].node) == node && !pods[pod].isRemoved {
        processVanished(pod)
        deletePod(pod)
        remove(pod)
      }
      clusterAutoscaler.isLeaving[node] = false
      takeAway(node)
      metrics.record(.nodeRemoved, object: node, at: now)
    }
    planTaints()
  }
}
