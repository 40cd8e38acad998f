import ClusterSimulator
import SimKernel

/// A run as lines of text such as `10.0s web-1 Ready`: what happened and who believed what when.
struct Timeline {
  let plan: SimulationPlan
  let result: RunResult

  /// Pods as `web-0`, by workload and order of creation, in place of their random names.
  private let names: [String]

  /// Whether what happens to containers before they are ready is shown too.
  var isAboutContainers = false

  init(_ plan: SimulationPlan, seed: UInt64 = 1) {
    self.plan = plan
    result = plan.run(seed: seed, details: true)
    var counts = [Int](repeating: 0, count: plan.workloads.count)
    names = result.pods.map { pod in
      defer { counts[pod.workload] += 1 }
      return "\(Self.short(plan.workloads[pod.workload].name))-\(counts[pod.workload])"
    }
  }

  private static func short(_ name: String) -> String {
    name.split(separator: "/").last.map(String.init) ?? name
  }

  /// What happens to pods and machines.
  static let usual: Set<ClusterEvent.Reason> = [
    .ready, .unready, .deleted, .killing, .nodeLost, .nodeNotReady,
  ]

  /// What kubelets do before a pod is ready.
  static let aboutContainers: Set<ClusterEvent.Reason> = [
    .scheduled, .started, .backOff, .pulling, .pulled, .failedPull, .backOffPull,
    .initContainerStarted, .initContainerEnded, .outOfMemory,
  ]

  /// Events and changes of views from a time on, to a tenth of a second.
  func lines(
    from start: SimDuration = .zero,
    of chosen: Set<ClusterEvent.Reason> = usual
  ) -> String {
    let reasons = isAboutContainers ? chosen.union(Self.aboutContainers) : chosen
    var rows: [(time: SimTime, text: String)] = []
    for event in result.events where event.time > .zero + start && reasons.contains(event.reason) {
      if let text = text(event) { rows.append((event.time, text)) }
    }
    for view in result.views where view.time > .zero + start || start == .zero {
      rows.append((view.time, "\(name(view.viewer)) \(show(view))"))
    }
    // Stable: events first at equal times, each in the order in which they happened.
    let order = rows.indices.sorted { (rows[$0].time, $0) < (rows[$1].time, $1) }
    return order.map { "\(Self.time(rows[$0].time)) \(rows[$0].text)" }.joined(separator: "\n")
  }

  /// What each node and client programmed first, one line each.
  var start: String {
    result.views.filter { $0.time == .zero }
      .map { "\(name($0.viewer)) \(show($0))" }.joined(separator: "\n")
  }

  private static func time(_ time: SimTime) -> String {
    let tenths = (time.nanoseconds + 50_000_000) / 100_000_000
    return "\(tenths / 10).\(tenths % 10)s"
  }

  private func text(_ event: ClusterEvent) -> String? {
    if isAboutContainers { return containerText(event) }
    return switch event.reason {
    case .ready: "\(names[event.object]) Ready"
    case .unready: "\(names[event.object]) NotReady"
    case .deleted: "\(names[event.object]) gone"
    case .killing: "\(names[event.object]) Killing"
    case .nodeLost: "\(plan.cluster.nodes[event.object].name) lost"
    case .nodeNotReady: "\(plan.cluster.nodes[event.object].name) NotReady"
    case .nodeNotSchedulable: "\(plan.cluster.nodes[event.object].name) cordoned"
    case .started: "\(names[event.object]) started"
    case .backOff: "\(names[event.object]) BackOff \(event.value / 1_000) s"
    case .unhealthy: "\(names[event.object]) Unhealthy"
    case .evicted, .taintManagerEviction: "\(names[event.object]) evicted"
    case .successfulCreate: "\(names[event.value]) created"
    case .successfulDelete: "\(names[event.value]) deleted"
    case .scalingReplicaSet: "template \(event.object): \(event.previous) → \(event.value)"
    default: nil
    }
  }

  /// What kubelets do with images and containers.
  private func containerText(_ event: ClusterEvent) -> String? {
    guard names.indices.contains(event.object) else { return nil }
    let pod = names[event.object]
    let seconds = "\(event.value / 1_000)s"
    switch event.reason {
    case .scheduled: return "\(pod) on \(plan.cluster.nodes[event.value].name)"
    case .ready: return "\(pod) Ready"
    case .started: return "\(pod) Started"
    case .backOff: return "\(pod) BackOff \(seconds)"
    case .pulling: return "\(pod) Pulling \(plan.images[event.value].name)"
    case .pulled: return "\(pod) Pulled \(plan.images[event.value].name)"
    case .failedPull: return "\(pod) Failed \(plan.images[event.value].name)"
    case .backOffPull: return "\(pod) BackOff image \(seconds)"
    case .initContainerStarted: return "\(pod) init \(event.value) Started"
    case .initContainerEnded: return "\(pod) init \(event.value) exit \(event.previous)"
    case .outOfMemory: return "\(pod) OOMKilled"
    default: return nil
    }
  }

  private func name(_ viewer: ViewChange.Viewer) -> String {
    switch viewer {
    case .node(let index): plan.cluster.nodes[index].name
    case .client(let index): plan.clients[index].name
    case .ingress(let index): "ingress-\(index + 1)"
    case .configuration(let index): "configuration of \(plan.workloads[index].name)"
    }
  }

  private func show(_ view: ViewChange) -> String {
    let pods = view.addresses.map { address in
      let owner = result.pods.indices.last {
        result.pods[$0].address == address && result.pods[$0].createdAt <= view.time
      }
      return owner.map { names[$0] } ?? "?"
    }
    let service = Self.short(plan.services[view.service].name)
    return "\(service): \(pods.isEmpty ? "none" : pods.joined(separator: " "))"
  }
}
