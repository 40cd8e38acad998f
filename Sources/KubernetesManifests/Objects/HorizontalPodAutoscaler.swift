/// A HorizontalPodAutoscaler (autoscaling/v2) with the API's defaults filled in.
package struct HorizontalPodAutoscaler: Sendable {
  /// The workload to scale, in the same namespace.
  package struct Target: Hashable, Sendable {
    package var apiVersion: String?
    package var kind: String
    package var name: String
    package var mark: SourceMark
  }
  /// One of `spec.metrics`.
  package enum Metric: Hashable, Sendable {
    /// `type: Resource`, `name: cpu`, `target.type: Utilization`, in percent of the request.
    case cpuUtilization(percent: Int, SourceMark)
    /// Any other legal metric, in words, for lowering to refuse.
    case other(String, SourceMark)
  }
  package var metadata: ObjectMeta
  package var scaleTargetRef: Target
  package var minReplicas: Located<Int>
  package var maxReplicas: Located<Int>
  /// Never empty: the default is 80 % CPU utilisation.
  package var metrics: [Metric]
  /// `nil` when the manifest has no `behavior`, which is not the same as the default behaviour.
  package var behavior: AutoscalerBehavior?
  package var mark: SourceMark

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> HorizontalPodAutoscaler? {
    let metadata = ObjectMeta.read(&object, name: .subdomain)
    object.accept(["status"])
    defer { object.finish() }
    guard var spec = object.mapping("spec") else {
      object.required("'spec' must be given", field: "spec")
      return nil
    }
    let target = readTarget(&spec)
    let lower = spec.number("minReplicas", in: 1...Int(Int32.max)) ?? 1
    let upper = spec.number("maxReplicas", in: 1...Int(Int32.max), required: true)
    if let upper, upper < lower {
      spec.invalid(
        String(upper),
        "must be greater than or equal to `minReplicas`",
        field: "maxReplicas"
      )
    }
    var metrics = spec.sequence("metrics").compactMap { readMetric($0, spec.reader) }
    if metrics.isEmpty { metrics = [.cpuUtilization(percent: 80, spec.mark(of: "metrics"))] }
    let behavior = AutoscalerBehavior.read(&spec)
    spec.finish()
    guard let metadata, let target, let upper else { return nil }
    return HorizontalPodAutoscaler(
      metadata: metadata,
      scaleTargetRef: target,
      minReplicas: Located(lower, at: spec.mark(of: "minReplicas")),
      maxReplicas: Located(upper, at: spec.mark(of: "maxReplicas")),
      metrics: metrics,
      behavior: behavior,
      mark: object.mark
    )
  }

  private static func readTarget(_ spec: inout FieldReader) -> Target? {
    guard var fields = spec.mapping("scaleTargetRef") else {
      spec.required("'scaleTargetRef' must be given", field: "scaleTargetRef")
      return nil
    }
    let kind = fields.requiredString("kind")
    let name = fields.requiredString("name")
    let version = fields.string("apiVersion")
    fields.finish()
    guard let kind, let name else { return nil }
    return Target(
      apiVersion: version,
      kind: kind.value,
      name: name.value,
      mark: fields.mark
    )
  }

  private enum MetricType: String, CaseIterable {
    case resource = "Resource"
    case containerResource = "ContainerResource"
    case pods = "Pods"
    case object = "Object"
    case external = "External"

    var field: String { rawValue.prefix(1).lowercased() + rawValue.dropFirst() }
  }

  private static func readMetric(_ element: YAMLElement, _ reader: YAMLReader) -> Metric? {
    var fields = reader.mapping(element.value, path: element.path)
    if !fields.has("type") { fields.required("'type' must be given", field: "type") }
    let type = fields.word("type", as: MetricType.self)
    for other in MetricType.allCases where other != .resource {
      if let type, other != type, fields.has(other.field) {
        fields.forbidden("must be null for a metric of another type", field: other.field)
      }
      fields.accept([other.field])
    }
    let resource = fields.mapping("resource")
    defer { fields.finish() }
    guard let type else { return nil }
    guard type == .resource else {
      if !fields.has(type.field) {
        fields.required("must be given for this type of metric", field: type.field)
      }
      return .other("a metric of type \(type.rawValue)", fields.mark)
    }
    guard var resource else {
      fields.required("must be given for this type of metric", field: "resource")
      return nil
    }
    return readResource(&resource)
  }

  private enum TargetType: String, CaseIterable {
    case utilization = "Utilization"
    case averageValue = "AverageValue"
    case value = "Value"
  }

  private static func readResource(_ fields: inout FieldReader) -> Metric? {
    let name = fields.requiredString("name")
    defer { fields.finish() }
    guard var target = fields.mapping("target") else {
      fields.required("'target' must be given", field: "target")
      return nil
    }
    if !target.has("type") { target.required("'type' must be given", field: "type") }
    let type = target.word("type", as: TargetType.self)
    let percent = target.number("averageUtilization", in: 1...Int(Int32.max))
    let average = target.quantity("averageValue")
    target.accept(["value"])
    target.finish()
    if !target.has("averageUtilization"), !target.has("averageValue") {
      target.required(
        "either a target raw value or a target utilization must be given",
        field: "averageUtilization"
      )
    }
    if percent != nil, average != nil {
      target.forbidden("may not set both a raw value and a utilization", field: "averageValue")
    }
    guard let name, let type else { return nil }
    if name.value == "cpu", type == .utilization, let percent {
      return .cpuUtilization(percent: percent, fields.mark)
    }
    return .other("resource '\(name.value)' with target type \(type.rawValue)", fields.mark)
  }
}
