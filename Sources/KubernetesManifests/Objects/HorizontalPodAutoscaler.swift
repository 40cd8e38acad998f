/// A HorizontalPodAutoscaler (autoscaling/v2) with the API's defaults filled in.
package struct HorizontalPodAutoscaler: Sendable {
  /// The workload to scale, in the same namespace.
  package struct Target: Hashable, Sendable {
    package var apiVersion: String?
    package var kind: String
    package var name: String
    package var mark: SourceMark
  }
  package var metadata: ObjectMeta
  package var scaleTargetRef: Target
  package var minReplicas: Located<Int>
  package var maxReplicas: Located<Int>
  /// Never empty: the default is 80 % CPU utilisation.
  package var metricSpecs: [MetricSpec]
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
    let upper = spec.number(
      "maxReplicas",
      in: 1...Int(Int32.max),
      zeroElse: "must be greater than 0"
    )
    if let upper, upper < lower {
      spec.invalid(
        String(upper),
        "must be greater than or equal to `minReplicas`",
        field: "maxReplicas"
      )
    }
    var metrics = spec.mappings("metrics").compactMap(MetricSpec.read)
    if metrics.isEmpty { metrics = [MetricSpec.byDefault(at: spec.mark(of: "metrics"))] }
    let behavior = AutoscalerBehavior.read(&spec)
    spec.finish()
    guard let metadata, let target, let upper else { return nil }
    return HorizontalPodAutoscaler(
      metadata: metadata,
      scaleTargetRef: target,
      minReplicas: Located(lower, at: spec.mark(of: "minReplicas")),
      maxReplicas: Located(upper, at: spec.mark(of: "maxReplicas")),
      metricSpecs: metrics,
      behavior: behavior,
      mark: object.mark
    )
  }

  private static func readTarget(_ spec: inout FieldReader) -> Target? {
    guard var fields = spec.mapping("scaleTargetRef") else {
      spec.required("'scaleTargetRef' must be given", field: "scaleTargetRef")
      return nil
    }
    return readReference(&fields)
  }

  /// Reads a reference to another object of the namespace.
  static func readReference(_ fields: inout FieldReader) -> Target? {
    let kind = fields.requiredString("kind")
    let name = fields.requiredString("name")
    let version = fields.string("apiVersion")
    for (field, text) in [("kind", kind), ("name", name)] {
      guard let text, let problem = DNSName.pathSegmentProblem(text.value) else { continue }
      fields.invalid(text.value, problem, field: field)
    }
    fields.finish()
    guard let kind, let name else { return nil }
    return Target(apiVersion: version, kind: kind.value, name: name.value, mark: fields.mark)
  }
}
