/// A Deployment (apps/v1) with the API's defaults filled in.
package struct Deployment: Sendable {
  /// How old pods give way to new ones.
  package enum Strategy: Hashable, Sendable {
    case recreate
    case rollingUpdate(maxSurge: IntOrPercent, maxUnavailable: IntOrPercent)
  }
  package var metadata: ObjectMeta
  package var replicas: Located<Int>
  package var selector: Located<LabelSelector>
  package var template: PodTemplate
  package var strategy: Strategy
  package var minReadySeconds: Int
  package var progressDeadlineSeconds: Int
  /// A paused Deployment scales but does not roll out.
  package var isPaused: Bool
  package var revisionHistoryLimit: Int
  package var mark: SourceMark

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> Deployment? {
    let metadata = ObjectMeta.read(&object, name: .subdomain)
    object.accept(["status"])
    defer { object.finish() }
    guard var spec = object.mapping("spec") else {
      object.required("'spec' must be given", field: "spec")
      return nil
    }
    let replicas = Located(spec.natural("replicas") ?? 1, at: spec.mark(of: "replicas"))
    let workload = readSelectorAndTemplate(&spec)
    let strategy = readStrategy(&spec)
    let minReady = spec.natural("minReadySeconds") ?? 0
    let deadline = spec.natural("progressDeadlineSeconds") ?? 600
    if deadline <= minReady {
      spec.invalid(
        String(deadline),
        "must be greater than minReadySeconds",
        field: "progressDeadlineSeconds"
      )
    }
    let isPaused = spec.bool("paused", default: false)
    let history = spec.natural("revisionHistoryLimit") ?? 10
    spec.finish()
    guard let metadata, let (selector, template) = workload else { return nil }
    return Deployment(
      metadata: metadata,
      replicas: replicas,
      selector: selector,
      template: template,
      strategy: strategy,
      minReadySeconds: minReady,
      progressDeadlineSeconds: deadline,
      isPaused: isPaused,
      revisionHistoryLimit: history,
      mark: object.mark
    )
  }

  /// The selector and the template it must match; shared by all workloads.
  ///
  /// Of a DaemonSet the API server does not demand a selector; none matches nothing.
  static func readSelectorAndTemplate(
    _ spec: inout FieldReader,
    absentMatchesNothing: Bool = false
  ) -> (Located<LabelSelector>, PodTemplate)? {
    if absentMatchesNothing, !spec.has("selector") {
      _ = PodTemplate.read(&spec, matchesNothing: true)
      return nil
    }
    let selector = LabelSelector.read(&spec)
    let template = PodTemplate.read(&spec, matching: selector)
    guard let selector, let template else { return nil }
    return (selector, template)
  }

  private enum StrategyType: String, CaseIterable {
    case rollingUpdate = "RollingUpdate"
    case recreate = "Recreate"
  }

  private static func readStrategy(_ spec: inout FieldReader) -> Strategy {
    let quarter = IntOrPercent.percent(25)
    let byDefault = Strategy.rollingUpdate(maxSurge: quarter, maxUnavailable: quarter)
    guard var fields = spec.mapping("strategy") else { return byDefault }
    let type = fields.word("type", as: StrategyType.self, reportedAs: "") ?? .rollingUpdate
    defer { fields.finish() }
    guard var rolling = fields.mapping("rollingUpdate") else {
      return type == .recreate ? .recreate : byDefault
    }
    let surge = rolling.intOrPercent("maxSurge", limit: Int(Int32.max)) ?? quarter
    let unavailable = rolling.intOrPercent("maxUnavailable", limit: 100) ?? quarter
    rolling.finish()
    if type == .recreate {
      fields.forbidden(
        "may not be specified when strategy `type` is 'Recreate'",
        field: "rollingUpdate"
      )
      return .recreate
    }
    if surge.isZero, unavailable.isZero {
      rolling.invalid("0", "may not be 0 when `maxSurge` is 0", field: "maxUnavailable")
    }
    return .rollingUpdate(maxSurge: surge, maxUnavailable: unavailable)
  }
}
