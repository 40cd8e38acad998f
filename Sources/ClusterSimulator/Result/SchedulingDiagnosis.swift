/// Why no node took a pod: how many nodes each filter of the scheduler refused.
package struct SchedulingDiagnosis: Hashable, Sendable {
  /// A filter's reason, in the scheduler's words.
  package enum Refusal: String, CaseIterable, Sendable {
    case unschedulable = "node(s) were unschedulable"
    case taint = "node(s) had untolerated taint(s)"
    case nodeAffinity = "node(s) didn't match Pod's node affinity/selector"
    case slots = "Too many pods"
    case milliCPU = "Insufficient cpu"
    case memory = "Insufficient memory"
    case spread = "node(s) didn't match pod topology spread constraints"
    case spreadLabel =
      "node(s) didn't match pod topology spread constraints (missing required label)"
    case podAffinity = "node(s) didn't match pod affinity rules"
    case podAntiAffinity = "node(s) didn't match pod anti-affinity rules"
    case existingAntiAffinity = "node(s) didn't satisfy existing pods anti-affinity rules"

    /// Whether nothing that is deleted there could help.
    var isFinal: Bool {
      switch self {
      case .unschedulable, .taint, .nodeAffinity, .spreadLabel, .podAffinity: true
      case .slots, .milliCPU, .memory, .spread, .podAntiAffinity, .existingAntiAffinity: false
      }
    }
  }
  package var nodes = 0
  /// Nodes refused for each reason, by its place among all; one node may lack several resources.
  private var counts = [Int](repeating: 0, count: Refusal.allCases.count)
  /// Nodes that deleting pods of lower priority would not help.
  private var hopeless = 0

  package init() {}

  /// Counts a node by the reasons that its first refusing filter gives.
  package mutating func add(_ refusals: [Refusal]) {
    nodes += 1
    for (index, refusal) in Refusal.allCases.enumerated() where refusals.contains(refusal) {
      counts[index] += 1
    }
    if refusals.contains(where: \.isFinal) { hopeless += 1 }
  }

  /// How many nodes a reason refused.
  package func count(_ refusal: Refusal) -> Int {
    Refusal.allCases.firstIndex(of: refusal).map { counts[$0] } ?? 0
  }

  /// Whether a further node like the others could take the pod.
  var lacksRoom: Bool { count(.slots) + count(.milliCPU) + count(.memory) > 0 }

  /// As the scheduler writes it into the event.
  package var message: String {
    let available = "0/\(nodes) nodes are available"
    let reasons = Refusal.allCases.filter { count($0) > 0 }.map { "\(count($0)) \($0.rawValue)" }
    let victims = [
      (nodes - hopeless, "No preemption victims found for incoming pod"),
      (hopeless, "Preemption is not helpful for scheduling"),
    ]
    let preemption = victims.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    // The scheduler sorts the texts, numbers included.
    let texts = [reasons, preemption].map { list in
      list.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: ", ")
    }
    guard !reasons.isEmpty else { return available }
    return "\(available): \(texts[0]). no new claims to deallocate, "
      + "preemption: \(available): \(texts[1])."
  }
}
