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
  ///
  /// More than `limit` is not counted out.
  private func distance(atMost limit: Int) -> Int {
    var sum = 0
    for label in missing where sum <= limit {
      if let other = workload.labels.value(of: label.key) {
        sum += EditDistance.between(label.value, other, atMost: limit - sum)
      } else {
        sum += label.key.count + label.value.count
      }
    }
    return sum
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
    among places: ArraySlice<Int>,
    of workloads: [WorkloadView]
  ) -> LabelComparison? {
    let all = places.filter { !workloads[$0].labels.isEmpty }.map { place in
      let labels = workloads[place].labels
      return (place: place, lacks: service.selector.count { labels.value(of: $0.key) != $0.value })
    }
    guard let fewest = all.map(\.lacks).min() else { return nil }
    var best: (comparison: LabelComparison, distance: Int)?
    // Comparing letter by letter with thousands would take long.
    for (place, _) in all.filter({ $0.lacks == fewest }).prefix(100) {
      let comparison = LabelComparison(service, workloads[place])
      let limit = best.map { $0.distance - 1 } ?? Int.max / 2
      let distance = comparison.distance(atMost: limit)
      if distance <= limit { best = (comparison, distance) }
    }
    return best?.comparison
  }
}
