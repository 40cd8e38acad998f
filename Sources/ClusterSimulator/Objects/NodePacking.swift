import SimKernel

/// Nodes as the cluster autoscaler imagines them while it tries where pods would fit.
struct NodePacking {
  private var rooms: [SchedulerCache.Room]
  /// Pods placed in this trial by workload, for rules that two pods share no node.
  private var placed: [(workload: Int, node: Int)] = []

  init(_ simulation: borrowing Simulation) { rooms = simulation.scheduler.rooms }

  /// The node takes nothing.
  mutating func close(_ node: Int) { rooms[node].isOpen = false }

  /// None of the nodes takes anything.
  mutating func closeAll() {
    for node in rooms.indices { rooms[node].isOpen = false }
  }

  /// Nodes that are on their way count as if they were there.
  mutating func openUpcoming(_ simulation: borrowing Simulation) {
    for node in rooms.indices where simulation.clusterAutoscaler.readyDue[node] != .never {
      openEmpty(node, simulation)
    }
  }

  /// A node with nobody on it but the pods of DaemonSets.
  mutating func openEmpty(_ node: Int, _ simulation: borrowing Simulation) {
    rooms[node].isOpen = true
    for workload in simulation.plan.workloads.indices
    where simulation.plan.workloads[workload].kind == .daemonSet
      && simulation.isEligible(node, forDaemonOf: workload, evenIfAbsent: true)
    {
      let template = simulation.templates[simulation.replicaSets.firstTemplate[workload]]
      rooms[node].milliCPU -= template.milliCPURequest
      rooms[node].memory -= template.memoryRequest
      rooms[node].slots -= 1
    }
  }

  /// Puts the pod on the first node that takes it; whether there is one.
  mutating func place(_ pod: Int, _ simulation: borrowing Simulation) -> Bool {
    let template = simulation.template(of: pod)
    let placement = simulation.scheduler.placements[Int(simulation.pods[pod].template)]
    for node in rooms.indices where rooms[node].isOpen && rooms[node].slots > 0 {
      guard rooms[node].milliCPU >= template.milliCPURequest,
        rooms[node].memory >= template.memoryRequest
      else { continue }
      if let placement {
        guard placement.verdict(node) == .fits, isApart(pod, node, placement, simulation) else {
          continue
        }
      }
      rooms[node].milliCPU -= template.milliCPURequest
      rooms[node].memory -= template.memoryRequest
      rooms[node].slots -= 1
      placed.append((Int(simulation.pods[pod].workload), node))
      return true
    }
    return false
  }

  /// Whether no pod is there that the pod's required anti-affinity keeps away.
  private func isApart(
    _ pod: Int,
    _ node: Int,
    _ placement: PlacementPlan,
    _ simulation: borrowing Simulation
  ) -> Bool {
    for term in placement.antiAffinity {
      let domains = simulation.scheduler.topologies[term.topology].domains
      guard domains[node] >= 0 else { continue }
      if placed.contains(where: {
        term.workloads.contains($0.workload) && domains[$0.node] == domains[node]
      }) {
        return false
      }
      for other in domains.indices where domains[other] == domains[node] {
        for workload in term.workloads where simulation.scheduler.bound(workload, on: other) > 0 {
          return false
        }
      }
    }
    return true
  }

  /// What is left over on the given nodes: shares of their CPU and of their memory together.
  func waste(of nodes: [Int], _ simulation: borrowing Simulation) -> Double {
    var left = (0.0, 0.0)
    var all = (0.0, 0.0)
    for node in nodes {
      left.0 += Double(rooms[node].milliCPU)
      left.1 += Double(rooms[node].memory)
      all.0 += Double(simulation.nodes[node].allocatableMilliCPU)
      all.1 += Double(simulation.nodes[node].allocatableMemory)
    }
    return left.0 / max(all.0, 1) + left.1 / max(all.1, 1)
  }
}
