import KubernetesManifests

/// How a Service's selector and the labels of some pods differ.
struct LabelComparison {
  var workload: WorkloadView
  /// What the selector asks for and the pods have not, in file order of the selector.
  var missing: [LocatedLabel]
  /// Labels that both have.
  var common: Int

  init(_ service: ServiceView, _ workload: WorkloadView) {
    self.workload = workload
    missing = service.selector.filter { workload.labels.value(of: $0.key) != $0.value }
    common = service.selector.count - missing.count
  }

  /// Letters to change until they agree; a missing key counts as its whole label.
  var distance: Int {
    missing.reduce(0) { sum, label in
      let other = workload.labels.value(of: label.key)
      return sum
        + (other.map { EditDistance.between(label.value, $0) }
          ?? label.key.count + label.value.count)
    }
  }

  /// Whether the pods are likely to be those that were meant.
  var isNear: Bool { common > 0 || missing.contains { nearest(to: $0) != nil } }

  /// The pods' label that was probably meant: the same key with a value spelt alike, or a key
  /// spelt alike with the same value.
  func nearest(to label: LocatedLabel) -> LocatedLabel? {
    if let same = workload.labels.first(where: { $0.key == label.key }) {
      return EditDistance.nearest(label.value, in: [same.value]) == nil && common == 0
        && !same.value.contains(label.value) && !label.value.contains(same.value) ? nil : same
    }
    return workload.labels.first {
      $0.value == label.value && EditDistance.nearest(label.key, in: [$0.key]) != nil
    }
  }

  /// Of several the one with the fewest differing labels, then the fewest letters, then the first.
  static func nearest(
    _ service: ServiceView,
    among workloads: [WorkloadView]
  ) -> LabelComparison? {
    let all = workloads.filter { !$0.labels.isEmpty }.map { LabelComparison(service, $0) }
    guard let fewest = all.map(\.missing.count).min() else { return nil }
    // Comparing letter by letter with thousands would take long.
    let alike = all.filter { $0.missing.count == fewest }.prefix(100)
    return alike.min { $0.distance < $1.distance }
  }
}
