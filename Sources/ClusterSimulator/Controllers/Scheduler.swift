import SimKernel

/// Binds pods to nodes, as pkg/scheduler does.
///
/// Owns `Pod.node`, `Node.podCount` and the requested resources, and `SchedulerCache`. Pods without
/// wishes of their own, on nodes without taints, go to an open node with room for their CPU, memory
/// and slot: of those to the one with the fewest pods of the workload (the default spreading
/// constraint), then the lowest share of requested CPU (least allocated), then by a draw. All
/// others pass the filters of `Scheduler+Filters` and the weighted scores of `Scheduler+Scores`.
/// Left out: priorities and preemption, and looking at a part of a large cluster only.
extension Simulation {
  /// A new pod waits for its scheduling cycle.
  mutating func enqueueForScheduling(_ pod: Int, after wait: SimDuration = .zero) {
    let row = pods[pod]
    let delay = plan.cluster.controlPlane.schedulingDelay.draw(
      draws.scheduler,
      Draws.entity(row),
      0
    )
    pods[pod].lifecycleDue = now + wait + delay
    schedule(.schedulingDue, pod, at: now + wait + delay)
  }

  /// The pod's turn: bind it, or leave it pending until something changes.
  mutating func schedulePod(_ id: ID<Pod>) {
    let pod = id.int
    guard pods[pod].lifecycleDue == now, pods[pod].node < 0, !pods[pod].isRemoved,
      !pods[pod].isTerminating
    else { return }
    pods[pod].lifecycleDue = .never
    guard let node = chooseNode(for: pod) else {
      scheduler.waiting.append(pod)
      metrics.recordFailedScheduling(pod, diagnosis(of: pod), at: now)
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
    scheduler.addActive(1, Int(pods[pod].workload), on: node)
    scheduler.addBound(1, Int(pods[pod].workload), on: node)
    updateRoom(of: node)
  }

  /// Gives the node's resources back, unless the pod had finished and given them back already.
  mutating func releaseNode(of pod: Int) {
    let node = Int(pods[pod].node)
    guard node >= 0, !pods[pod].isFinished else { return }
    let template = template(of: pod)
    nodes[node].requestedMilliCPU -= template.milliCPURequest
    nodes[node].requestedMemory -= template.memoryRequest
    nodes[node].podCount -= 1
    scheduler.addBound(-1, Int(pods[pod].workload), on: node)
    if !pods[pod].isTerminating && !pods[pod].isOrphan {
      scheduler.addActive(-1, Int(pods[pod].workload), on: node)
    }
    updateRoom(of: node)
  }

  /// The pod is about to count no more among its workload's: its deletion is being asked for, or
  /// its controller lets go of it.
  mutating func podDeparts(_ pod: Int) {
    guard pods[pod].node >= 0, !pods[pod].isFinished, !pods[pod].isOrphan else { return }
    scheduler.addActive(-1, Int(pods[pod].workload), on: Int(pods[pod].node))
  }

  /// Something about the node changed that decides whether a pod fits there.
  mutating func updateRoom(of node: Int) {
    let row = nodes[node]
    scheduler.rooms[node] = SchedulerCache.Room(
      milliCPU: row.allocatableMilliCPU - row.requestedMilliCPU,
      memory: row.allocatableMemory - row.requestedMemory,
      slots: Int32(clamping: row.maxPods - row.podCount),
      share: row.requestedMilliCPU * 1_000_000 / max(row.allocatableMilliCPU, 1),
      isOpen: row.isReady && !row.isCordoned && !row.hasMemoryPressure
    )
  }

  /// The best node that fits, `nil` when none does.
  func chooseNode(for pod: Int) -> Int? {
    guard let placement = scheduler.placements[Int(pods[pod].template)] else {
      return chooseAmongEquals(pod)
    }
    return chooseByScore(pod, placement)
  }

  /// Fewest pods of the workload, then least requested CPU, then a draw.
  private func chooseAmongEquals(_ pod: Int) -> Int? {
    let template = template(of: pod)
    let workload = Int(pods[pod].workload)
    let own = scheduler.pods[workload].entries
    var next = 0
    var best = -1
    var bestCount = Int32.max
    var bestShare = Int.max
    var bestDraw = UInt64.max
    for node in scheduler.rooms.indices {
      let room = scheduler.rooms[node]
      var count: Int32 = 0
      if next < own.count, Int(own[next].node) == node {
        count = own[next].active
        next += 1
      }
      guard count <= bestCount, count < bestCount || room.share <= bestShare, room.isOpen,
        room.slots > 0, room.milliCPU >= template.milliCPURequest,
        room.memory >= template.memoryRequest
      else { continue }
      let draw = tieBreak(pod, node)
      if count < bestCount || room.share < bestShare || draw < bestDraw {
        (best, bestCount, bestShare, bestDraw) = (node, count, room.share, draw)
      }
    }
    return best < 0 ? nil : best
  }

  /// What decides between nodes of equal score, smallest first.
  func tieBreak(_ pod: Int, _ node: Int) -> UInt64 {
    var generator = draws.scheduler.generator(Draws.entity(pods[pod]), nodes[node].key, 1)
    return generator.next()
  }

  /// Room has appeared: pods that found no node get another scheduling cycle.
  mutating func retryUnschedulablePods() {
    let waiting = scheduler.waiting
    scheduler.waiting = []
    for pod in waiting
    where pods[pod].node < 0 && pods[pod].isActive && pods[pod].lifecycleDue == .never {
      enqueueForScheduling(pod)
    }
  }
}
