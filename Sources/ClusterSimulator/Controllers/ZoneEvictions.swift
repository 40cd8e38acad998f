import SimKernel

/// How fast nodes of a zone are tainted, after `ComputeZoneState` and the limiters of
/// pkg/controller/nodelifecycle.
///
/// A zone is fully disrupted when none of its nodes is ready, partially when more than two and 55 %
/// or more are not. Normal and fully disrupted zones taint a node every ten seconds, the first at
/// once; partially disrupted ones a node every hundred seconds, or none when they have 50 nodes or
/// fewer. When every zone is fully disrupted, the control plane doubts itself: taints are removed
/// and nothing is evicted until a node is back; then silent ones get a grace period anew.
struct ZoneEvictions {
  enum State {
    case normal
    case partial
    case full

    init(ready: Int, notReady: Int) {
      if ready == 0 && notReady > 0 {
        self = .full
      } else {
        let share = notReady * 100 >= (ready + notReady) * 55
        self = notReady > 2 && share ? .partial : .normal
      }
    }
  }
  /// The zone of each node.
  let zone: [Int]
  /// When the last node of each zone was tainted.
  var lastTaint: [SimTime]
  /// Whether every zone was fully disrupted.
  var isStopped = false

  init(plan: SimulationPlan) {
    var names: [String] = []
    var zone: [Int] = []
    for node in plan.cluster.nodes {
      let index = names.firstIndex(of: node.zone) ?? names.count
      if index == names.count { names.append(node.zone) }
      zone.append(index)
    }
    self.zone = zone
    lastTaint = Array(repeating: .distantPast, count: names.count)
  }

  /// The wait between two taints; `nil` when there are none.
  static func interval(_ state: State, nodes: Int) -> SimDuration? {
    switch state {
    case .normal, .full: .seconds(10)
    case .partial: nodes > 50 ? .seconds(100) : nil
    }
  }
}

extension Simulation {
  /// A node has become ready or not: works out again which nodes are tainted when.
  mutating func planTaints() {
    let zones = zoneEvictions.lastTaint.count
    var ready = [Int](repeating: 0, count: zones)
    var notReady = ready
    for node in 0..<nodes.count where nodes[node].exists {
      if nodes[node].isReady {
        ready[zoneEvictions.zone[node]] += 1
      } else {
        notReady[zoneEvictions.zone[node]] += 1
      }
    }
    let states = (0..<zones).map {
      ZoneEvictions.State(ready: ready[$0], notReady: notReady[$0])
    }
    let isInhabited = zip(ready, notReady).map { $0 + $1 > 0 }
    if zip(states, isInhabited).allSatisfy({ $0 == .full || !$1 }) { return stopEvictions() }
    var earliest = now
    if zoneEvictions.isStopped {
      zoneEvictions.isStopped = false
      earliest = now + plan.cluster.controlPlane.nodeMonitorGracePeriod
    }
    // Taints still to come are planned anew: their zone may have another rate now.
    var last = zoneEvictions.lastTaint
    for node in 0..<nodes.count
    where nodes[node].exists && !nodes[node].isReady && nodes[node].taintedAt == .never {
      let zone = zoneEvictions.zone[node]
      let size = ready[zone] + notReady[zone]
      guard let interval = ZoneEvictions.interval(states[zone], nodes: size) else {
        nodes[node].taintDue = .never
        continue
      }
      last[zone] = max(earliest, last[zone] + interval)
      nodes[node].taintDue = last[zone]
      schedule(.taintDue, node, at: last[zone])
    }
  }

  private mutating func stopEvictions() {
    zoneEvictions.isStopped = true
    for node in 0..<nodes.count { removeTaint(from: node) }
  }

  /// Takes the taint away, or the plan of one.
  mutating func removeTaint(from node: Int) {
    nodes[node].taintDue = .never
    nodes[node].taintedAt = .never
  }
}
