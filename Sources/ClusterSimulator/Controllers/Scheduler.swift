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
    guard let node = chooseNode(for: pod) else {
      metrics.record(.failedScheduling, object: pod, at: now)
      return
    }
    bind(pod, to: node)
    metrics.record(.scheduled, object: pod, value: node, at: now)
    bringUp(pod)
  }

  /// Reserves the node's resources for the pod.
  mutating func bind(_ pod: Int, to node: Int) {
    let workload = plan.workloads[Int(pods[pod].workload)]
    pods[pod].node = Int32(node)
    nodes[node].requestedMilliCPU += workload.milliCPURequest
    nodes[node].requestedMemory += workload.memoryRequest
    nodes[node].podCount += 1
  }

  /// Gives the node's resources back.
  mutating func releaseNode(of pod: Int) {
    let node = Int(pods[pod].node)
    guard node >= 0 else { return }
    let workload = plan.workloads[Int(pods[pod].workload)]
    nodes[node].requestedMilliCPU -= workload.milliCPURequest
    nodes[node].requestedMemory -= workload.memoryRequest
    nodes[node].podCount -= 1
  }

  /// The best node that fits, `nil` when none does.
  func chooseNode(for pod: Int) -> Int? {
    let workload = Int(pods[pod].workload)
    let perNode = activePodsPerNode(ofWorkload: workload)
    let entity = Draws.entity(pods[pod])
    var best: Int?
    var bestScore = (Int.max, Int.max, UInt64.max)
    for node in 0..<nodes.count {
      guard fits(plan.workloads[workload], on: node) else { continue }
      let row = nodes[node]
      var generator = draws.scheduler.generator(entity, row.key, 1)
      let draw = generator.next()
      let share = row.requestedMilliCPU * 1_000_000 / max(row.allocatableMilliCPU, 1)
      let score = (perNode[node], share, draw)
      if score < bestScore {
        best = node
        bestScore = score
      }
    }
    return best
  }

  private func fits(_ workload: WorkloadPlan, on node: Int) -> Bool {
    let row = nodes[node]
    return row.isReady && row.podCount < row.maxPods
      && row.requestedMilliCPU + workload.milliCPURequest <= row.allocatableMilliCPU
      && row.requestedMemory + workload.memoryRequest <= row.allocatableMemory
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
