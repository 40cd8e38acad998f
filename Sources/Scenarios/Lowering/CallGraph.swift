import ClusterSimulator

/// Who calls whom: Services lead to workloads, and workloads call Services.
///
/// Every Service and workload is visited once, whatever the number of ways that lead to it.
struct CallGraph {
  /// For each Service, how many calls stand behind each other from it on, its own included.
  private(set) var depth: [Int]
  /// For each workload the same from its own calls on, 0 when it makes none.
  private var depthBelow: [Int]
  /// A workload whose calls lead back to it, if there is one.
  private(set) var cycle: Int?

  private let plan: SimulationPlan
  private var isVisited: [Bool]
  /// The workloads whose calls are being followed, each called by the one before it.
  private var open: [Int] = []

  init(_ plan: SimulationPlan) {
    self.plan = plan
    depth = Array(repeating: 0, count: plan.services.count)
    depthBelow = Array(repeating: 0, count: plan.workloads.count)
    isVisited = Array(repeating: false, count: plan.workloads.count)
    for service in plan.services.indices { visit(service: service) }
  }

  private mutating func visit(service: Int) {
    guard depth[service] == 0 else { return }
    depth[service] = 1
    var below = 0
    for workload in plan.services[service].workloads {
      visit(workload: workload)
      below = max(below, depthBelow[workload])
    }
    depth[service] = below + 1
  }

  private mutating func visit(workload: Int) {
    guard !isVisited[workload] else { return }
    isVisited[workload] = true
    open.append(workload)
    for call in plan.workloads[workload].server.calls
    where plan.services.indices.contains(call.service) {
      visit(service: call.service)
      findCycle(through: call.service)
      depthBelow[workload] = max(depthBelow[workload], depth[call.service])
    }
    open.removeLast()
  }

  /// Notes the first workload of a cycle that the Service closes.
  private mutating func findCycle(through service: Int) {
    guard cycle == nil else { return }
    let targets = plan.services[service].workloads
    guard let start = open.firstIndex(where: targets.contains) else { return }
    cycle = open[start...].min()
  }
}
