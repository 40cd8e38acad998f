import SimKernel

/// What a scenario does to the cluster at stated times.
extension Simulation {
  /// Puts the plan's faults into the queue.
  mutating func scheduleFaults() {
    for (index, fault) in plan.faults.enumerated() {
      switch fault {
      case .nodeLoss(_, let at, let duration, _), .dnsOutage(let at, let duration, _):
        schedule(.faultDue, index, at: .zero + at)
        if let duration { schedule(.faultHealed, index, at: .zero + at + duration) }
      case .scale(_, let at, _), .podKill(_, let at, _):
        schedule(.faultDue, index, at: .zero + at)
      case .registryOutage: break
      }
    }
  }

  /// A fault's time has come.
  mutating func inject(fault index: Int) {
    switch plan.faults[index] {
    case .nodeLoss(let node, _, _, _): loseNode(node)
    case .scale(let workload, _, let replicas): setDesired(replicas, ofWorkload: workload)
    case .podKill(let workload, _, let count): deletePods(count, ofWorkload: workload)
    case .registryOutage: break
    case .dnsOutage(_, _, let outage): dns.outage = outage
    }
  }

  /// The fault is over.
  mutating func heal(fault index: Int) {
    switch plan.faults[index] {
    case .nodeLoss(let node, _, _, let emptyDisk): returnNode(node, emptyDisk: emptyDisk)
    case .dnsOutage: dns.outage = nil
    case .scale, .podKill, .registryOutage: break
    }
  }

  /// The machine vanishes with all processes on it; nobody is told.
  private mutating func loseNode(_ node: Int) {
    guard nodes[node].isAlive else { return }
    metrics.record(.nodeLost, object: node, at: now)
    nodes[node].isAlive = false
    pullsStopped(on: node)
    // Databases last: when one goes, whoever it leaves on this machine cannot say so any more.
    for isDatabase in [false, true] {
      for pod in 0..<pods.count where Int(pods[pod].node) == node && !pods[pod].isRemoved {
        let workload = plan.workloads[Int(pods[pod].workload)]
        if (workload.database != nil) == isDatabase { processVanished(pod) }
      }
    }
    ingressFellSilent(node)
    nodeFellSilent(node)
  }

  /// The machine is there again, with or without the leases of its addresses.
  private mutating func returnNode(_ node: Int, emptyDisk: Bool) {
    guard !nodes[node].isAlive else { return }
    nodes[node].isAlive = true
    metrics.record(.nodeReturned, object: node, at: now)
    let row = nodes[node]
    for offset in 0..<row.addressCount { addresses[Int(row.firstAddress + offset)] = Pod.none }
    if emptyDisk {
      nodes[node].lastAddress = row.addressCount - 1
      imagesLost(on: node)
    }
    ingressCameBack(node)
    nodeCameBack(node)
  }
}
