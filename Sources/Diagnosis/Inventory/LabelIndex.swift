/// Which workloads have a label, so that selectors need not be held against all of them.
struct LabelIndex: Sendable {
  private struct Key: Hashable {
    /// `nil` for whatever namespace.
    var namespace: String?
    var key: String
    var value: String
  }
  private var places: [Key: [Int]] = [:]
  /// The workloads of each namespace.
  private var all: [String: [Int]] = [:]
  /// The workloads whose selector asks for a label that no other label of theirs is rarer than.
  private var selecting: [Key: [Int]] = [:]
  /// Those of a namespace whose selector asks for no certain label.
  private var selectingAny: [String: [Int]] = [:]

  init() {}

  init(_ workloads: [WorkloadView]) {
    for (place, workload) in workloads.enumerated() {
      let namespace = workload.object.namespace
      all[namespace, default: []].append(place)
      for label in workload.labels {
        places[Key(namespace: nil, key: label.key, value: label.value), default: []].append(place)
        let key = Key(namespace: namespace, key: label.key, value: label.value)
        places[key, default: []].append(place)
      }
    }
    for (place, workload) in workloads.enumerated() {
      guard let selector = workload.selector, !selector.isEmpty else { continue }
      let namespace = workload.object.namespace
      let keys = selector.labels.map { Key(namespace: namespace, key: $0.key, value: $0.value) }
      if let rarest = keys.min(by: { count(of: $0) < count(of: $1) }) {
        selecting[rarest, default: []].append(place)
      } else {
        selectingAny[namespace, default: []].append(place)
      }
    }
  }

  private func count(of key: Key) -> Int { places[key]?.count ?? 0 }

  /// The places of a namespace's workloads, in order.
  func workloads(in namespace: String) -> [Int] { all[namespace] ?? [] }

  /// The places of all workloads that may have all of the labels: those with the rarest of them.
  ///
  /// Without labels that is everybody in the namespace.
  func candidates(having labels: [LocatedLabel], in namespace: String?) -> [Int] {
    let lists = labels.map { label in
      places[Key(namespace: namespace, key: label.key, value: label.value)] ?? []
    }
    return lists.min { $0.count < $1.count } ?? namespace.map { workloads(in: $0) } ?? []
  }

  /// The places of all workloads whose selector may match pods with these labels.
  func selectors(matching labels: [LocatedLabel], in namespace: String) -> [Int] {
    let lists = labels.map { label in
      selecting[Key(namespace: namespace, key: label.key, value: label.value)] ?? []
    }
    return lists.flatMap(\.self) + (selectingAny[namespace] ?? [])
  }
}
