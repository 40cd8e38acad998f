import SimKernel

/// The kubelet's eviction manager: when a node runs out of memory, pods are evicted one by one, as
/// pkg/kubelet/eviction does.
///
/// Owns `Node.hasMemoryPressure`. Every 10 s the node's pods are added up; when less than 100Mi is
/// left besides, the one ranked first goes: those above their request before others, then the
/// larger excess. It gets SIGTERM and 2 s, ends as Failed (Evicted) and stays listed; its
/// controller makes another. The condition MemoryPressure and its NoSchedule taint stay for five
/// minutes after the last time that memory was short. A node holds what pods may ask for and the
/// 100Mi more that the kubelet keeps back. Pods without a memory model take what they ask for.
/// Left out: disk and PIDs, soft thresholds, pods' priorities.
extension Simulation {
  private static var housekeeping: SimDuration { .seconds(10) }
  private static var transition: SimDuration { .minutes(5) }

  /// Nodes look at their memory only where some process's memory is followed.
  mutating func scheduleEvictions() {
    guard servers.indices.contains(where: { servers[$0].memory != nil }) else { return }
    for node in 0..<nodes.count {
      var generator = draws.evictions.generator(nodes[node].key, 0)
      let phase = generator.uniform() * Double(Self.housekeeping.nanoseconds)
      schedule(.evictionCheckDue, node, at: SimTime(nanoseconds: Int64(phase)))
    }
  }

  /// One look at the node's memory.
  mutating func evictionCheckDue(_ node: Int) {
    schedule(.evictionCheckDue, node, at: now + Self.housekeeping)
    guard nodes[node].isAlive else { return }
    let running = (0..<pods.count).filter {
      Int(pods[$0].node) == node && pods[$0].isRunning && !pods[$0].isRemoved
    }
    let used = running.reduce(0) { $0 + memory(of: $1) }
    guard used > nodes[node].allocatableMemory else {
      let since = now - nodes[node].pressureSeenAt
      if nodes[node].hasMemoryPressure && since >= Self.transition { endPressure(on: node) }
      return
    }
    nodes[node].pressureSeenAt = now
    if !nodes[node].hasMemoryPressure {
      nodes[node].hasMemoryPressure = true
      updateRoom(of: node)
      metrics.record(.memoryPressure, object: node, at: now)
    }
    // One at a time: whoever is going already makes room.
    guard !running.contains(where: { pods[$0].isEvicted || pods[$0].isTerminating }) else { return }
    guard let victim = running.min(by: { isEvictedBefore($0, $1) }) else { return }
    evictForMemory(victim)
  }

  private mutating func endPressure(on node: Int) {
    nodes[node].hasMemoryPressure = false
    updateRoom(of: node)
    metrics.record(.noMemoryPressure, object: node, at: now)
    retryUnschedulablePods()
  }

  /// The order of eviction: above the request first, then the larger excess; ties by UID.
  private func isEvictedBefore(_ a: Int, _ b: Int) -> Bool {
    let (first, second) = (excess(of: a), excess(of: b))
    if (first > 0) != (second > 0) { return first > 0 }
    if first != second { return first > second }
    return pods[a].uid < pods[b].uid
  }

  private func excess(of pod: Int) -> Int { memory(of: pod) - template(of: pod).memoryRequest }
}
