import SimKernel

/// What the scheduler remembers of nodes and pods between its cycles, kept up to date by each
/// binding and each departure, so that no cycle has to count pods.
struct SchedulerCache {
  /// What a node has left, and whether it takes pods at all: all that most cycles look at.
  struct Room {
    var milliCPU: Int
    var memory: Int
    var slots: Int32
    /// Requested CPU in millionths of what can be allocated.
    var share: Int
    /// The node is there, Ready and not cordoned.
    var isOpen: Bool
  }
  var rooms: [Room] = []
  /// One a workload.
  private(set) var pods: [PodsPerNode]
  /// Pods that found no node, in the order of their failures.
  var waiting: [Int] = []

  /// Where the pods of each template may run, over all workloads' templates.
  let placements: [PlacementPlan?]
  let topologies: [Topology]
  /// The required anti-affinities of all workloads, with their owners.
  let antiAffinities: [(owner: Int, term: PlacementPlan.PodTerm)]
  /// What pods that are there wish of new ones; who requires pods to be near attracts a little.
  let podWishes: [(owner: Int, wish: PlacementPlan.Wish)]

  init(plan: SimulationPlan) {
    pods = Array(repeating: PodsPerNode(), count: plan.workloads.count)
    topologies = plan.cluster.topologyKeys.map { Topology(key: $0, nodes: plan.cluster.nodes) }
    var antiAffinities: [(owner: Int, term: PlacementPlan.PodTerm)] = []
    var podWishes: [(owner: Int, wish: PlacementPlan.Wish)] = []
    for (owner, workload) in plan.workloads.enumerated() {
      guard let placement = workload.placement else { continue }
      antiAffinities += placement.antiAffinity.map { (owner, $0) }
      podWishes += placement.wishes.map { (owner, $0) }
      podWishes += placement.affinity.map { (owner, PlacementPlan.Wish(weight: 1, term: $0)) }
    }
    self.antiAffinities = antiAffinities
    self.podWishes = podWishes
    let asked = antiAffinities.map(\.term) + podWishes.map(\.wish.term)
    placements = plan.workloads.enumerated().flatMap { index, workload in
      let isDaemon = workload.kind == .daemonSet
      let concerned = asked.contains { $0.workloads.contains(index) }
      let otherwise = isDaemon ? PlacementPlan.daemon : concerned ? PlacementPlan() : nil
      return workload.templates.map { $0.placement ?? otherwise }
    }
  }

  /// How many active pods of a workload a node holds.
  func active(_ workload: Int, on node: Int) -> Int {
    Int(pods[workload][node].active)
  }

  /// How many pods of a workload a node holds, terminating ones included.
  func bound(_ workload: Int, on node: Int) -> Int {
    Int(pods[workload][node].bound)
  }

  mutating func addActive(_ change: Int32, _ workload: Int, on node: Int) {
    pods[workload].add(active: change, on: node)
  }

  mutating func addBound(_ change: Int32, _ workload: Int, on node: Int) {
    pods[workload].add(bound: change, on: node)
  }
}
