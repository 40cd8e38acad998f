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
    let natural = 0...Int(Int32.max)
    let replicas = Located(
      spec.number("replicas", in: natural) ?? 1,
      at: spec.mark(of: "replicas")
    )
    let workload = readSelectorAndTemplate(&spec)
    let strategy = readStrategy(&spec)
    let minReady = spec.number("minReadySeconds", in: natural) ?? 0
    let deadline = spec.number("progressDeadlineSeconds", in: natural) ?? 600
    if deadline <= minReady {
      spec.invalid(
        String(deadline),
        "must be greater than minReadySeconds",
        field: "progressDeadlineSeconds"
      )
    }
    spec.warnNotSimulated("minReadySeconds", unless: minReady == 0)
    spec.acceptNotSimulated(["paused"])
    spec.accept(["revisionHistoryLimit"])
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
      mark: object.mark
    )
  }

  /// The selector and the template it must match; shared by all workloads.
  static func readSelectorAndTemplate(
    _ spec: inout FieldReader
  ) -> (Located<LabelSelector>, PodTemplate)? {
    let selector = LabelSelector.read(&spec)
    let template = PodTemplate.read(&spec)
    guard let selector, let template else { return nil }
    if !selector.value.matches(template.labels) {
      spec.reader.report(
        "Invalid value: `selector` does not match template `labels` "
          + "'\(YAMLScalar(text: template.labels.text, style: .quoted).excerpt)'",
        at: selector.mark,
        path: spec.path(of: "selector")
      )
    }
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
    let type = fields.word("type", as: StrategyType.self) ?? .rollingUpdate
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
    let isZero = [surge, unavailable].allSatisfy { $0 == .count(0) || $0 == .percent(0) }
    if isZero {
      rolling.invalid("0", "may not be 0 when `maxSurge` is 0", field: "maxUnavailable")
    }
    return .rollingUpdate(maxSurge: surge, maxUnavailable: unavailable)
  }
}

extension FieldReader {
  /// Warns that a field that was read has no effect yet.
  func warnNotSimulated(_ name: String, unless isDefault: Bool) {
    if isDefault || !has(name) { return }
    reader.warn(
      "'\(name)' is accepted, not simulated yet",
      at: mark(of: name),
      path: path(of: name)
    )
  }
}
