import SimKernel

/// Binds pods to nodes.
///
/// Owns `Pod.node` and the scheduler's fields of `Node`. Filters: the node is Ready and has the
/// requested CPU, memory and a pod slot. Scores, in this order: fewest pods of the same workload
/// (the default spreading constraint), lowest share of requested CPU (least allocated), a draw.
/// The real scheduler adds weighted scores; affinity, taints and priorities are left out.
extension Simulation {
  /// A new pod waits for its scheduling cycle.
  mutating func enqueueForScheduling(_ pod: Int) {
    let row = pods[pod]
    let delay = plan.cluster.controlPlane.schedulingDelay.draw(
      draws.scheduler,
      Draws.entity(row),
      0
    )
    pods[pod].lifecycleDue = now + delay
    schedule(.schedulingDue, pod, at: now + delay)
  }

  /// The pod's turn: bind it, or leave it pending until something changes.
  mutating func schedulePod(_ id: ID<Pod>) {
    let pod = id.int
    guard pods[pod].lifecycleDue == now, pods[pod].node < 0, !pods[pod].isRemoved,
      !pods[pod].isTerminating
    else { return }
    pods[pod].lifecycleDue = .never
    let perNode = activePodsPerNode(ofWorkload: Int(pods[pod].workload))
    guard let node = chooseNode(for: pod, perNode: perNode) else {
      metrics.record(.failedScheduling, object: pod, at: now)
      return
    }
    bind(pod, to: node)
    metrics.record(.scheduled, object: pod, value: node, at: now)
    bringUp(pod)
  }

  /// Reserves the node's resources for the pod.
  mutating func bind(_ pod: Int, to node: Int) {
    let template = template(of: pod)
    pods[pod].node = Int32(node)
    nodes[node].requestedMilliCPU += template.milliCPURequest
    nodes[node].requestedMemory += template.memoryRequest
    nodes[node].podCount += 1
  }

  /// Gives the node's resources back.
  mutating func releaseNode(of pod: Int) {
    let node = Int(pods[pod].node)
    guard node >= 0 else { return }
    let template = template(of: pod)
    nodes[node].requestedMilliCPU -= template.milliCPURequest
    nodes[node].requestedMemory -= template.memoryRequest
    nodes[node].podCount -= 1
  }

  /// The best node that fits, `nil` when none does; `perNode` counts the workload's active pods.
  func chooseNode(for pod: Int, perNode: [Int]) -> Int? {
    let template = template(of: pod)
    var best: Int?
    var bestScore = (Int.max, Int.max)
    var bestDraw = UInt64.max
    for node in 0..<nodes.count {
      guard fits(template, on: node) else { continue }
      let row = nodes[node]
      let share = row.requestedMilliCPU * 1_000_000 / max(row.allocatableMilliCPU, 1)
      let score = (perNode[node], share)
      guard score <= bestScore else { continue }
      let draw = tieBreak(pod, node)
      if score < bestScore || draw < bestDraw { (best, bestScore, bestDraw) = (node, score, draw) }
    }
    return best
  }

  /// What decides between nodes of equal score, smallest first.
  private func tieBreak(_ pod: Int, _ node: Int) -> UInt64 {
    var generator = draws.scheduler.generator(Draws.entity(pods[pod]), nodes[node].key, 1)
    return generator.next()
  }

  private func fits(_ template: TemplateSpec, on node: Int) -> Bool {
    let row = nodes[node]
    return row.isReady && !row.isCordoned && row.podCount < row.maxPods
      && row.requestedMilliCPU + template.milliCPURequest <= row.allocatableMilliCPU
      && row.requestedMemory + template.memoryRequest <= row.allocatableMemory
  }

  /// How many active pods of a workload each node holds.
  func activePodsPerNode(ofWorkload workload: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: nodes.count)
    for pod in replicaSets.members[workload]
    where pods[pod].isActive && pods[pod].node >= 0 {
      counts[Int(pods[pod].node)] += 1
    }
    return counts
  }

  /// Room has appeared: pods that found no node get another scheduling cycle.
  mutating func retryUnschedulablePods() {
    for pod in 0..<pods.count
    where pods[pod].node < 0 && pods[pod].isActive && pods[pod].lifecycleDue == .never {
      enqueueForScheduling(pod)
    }
  }
}
