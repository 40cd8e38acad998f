/// A DaemonSet (apps/v1) with the API's defaults filled in: one pod on every node that fits.
package struct DaemonSet: Sendable {
  /// How old pods give way to new ones.
  package enum UpdateStrategy: Hashable, Sendable {
    case rollingUpdate(maxSurge: IntOrPercent, maxUnavailable: IntOrPercent)
    case onDelete
  }
  package var metadata: ObjectMeta
  package var selector: Located<LabelSelector>
  package var template: PodTemplate
  package var updateStrategy: UpdateStrategy
  package var minReadySeconds: Int
  package var revisionHistoryLimit: Int
  package var mark: SourceMark

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> DaemonSet? {
    let metadata = ObjectMeta.read(&object, name: .subdomain)
    object.accept(["status"])
    defer { object.finish() }
    guard var spec = object.mapping("spec") else {
      object.required("'spec' must be given", field: "spec")
      return nil
    }
    let workload = Deployment.readSelectorAndTemplate(&spec, absentMatchesNothing: true)
    let strategy = readStrategy(&spec)
    let minReady = spec.natural("minReadySeconds") ?? 0
    let history = spec.natural("revisionHistoryLimit") ?? 10
    spec.finish()
    guard let metadata, let (selector, template) = workload else { return nil }
    return DaemonSet(
      metadata: metadata,
      selector: selector,
      template: template,
      updateStrategy: strategy,
      minReadySeconds: minReady,
      revisionHistoryLimit: history,
      mark: object.mark
    )
  }

  private enum UpdateType: String, CaseIterable {
    case rollingUpdate = "RollingUpdate"
    case onDelete = "OnDelete"
  }

  private static func readStrategy(_ spec: inout FieldReader) -> UpdateStrategy {
    var surge = IntOrPercent.count(0)
    var unavailable = IntOrPercent.count(1)
    guard var fields = spec.mapping("updateStrategy") else {
      return .rollingUpdate(maxSurge: surge, maxUnavailable: unavailable)
    }
    let type = fields.word("type", as: UpdateType.self, reportedAs: "") ?? .rollingUpdate
    if var rolling = fields.mapping("rollingUpdate") {
      surge = rolling.intOrPercent("maxSurge", limit: 100) ?? surge
      unavailable = rolling.intOrPercent("maxUnavailable", limit: 100) ?? unavailable
      rolling.finish()
      if type == .rollingUpdate { check(surge, unavailable, rolling) }
    }
    fields.finish()
    return type == .onDelete
      ? .onDelete : .rollingUpdate(maxSurge: surge, maxUnavailable: unavailable)
  }

  /// Exactly one of the two must be other than zero.
  private static func check(
    _ surge: IntOrPercent,
    _ unavailable: IntOrPercent,
    _ rolling: FieldReader
  ) {
    if !surge.isZero, !unavailable.isZero {
      rolling.invalid(
        surge.text,
        "may not be set when maxUnavailable is non-zero",
        field: "maxSurge"
      )
    }
    if surge.isZero, unavailable.isZero {
      rolling.required("cannot be 0 when maxSurge is 0", field: "maxUnavailable")
    }
  }
}
