/// One of `spec.metrics` of a HorizontalPodAutoscaler.
package struct MetricSpec: Hashable, Sendable {
  /// What is measured.
  package enum Source: Hashable, Sendable {
    /// Of all containers of a pod together.
    case resource(name: String)
    case containerResource(name: String, container: String)
    /// A metric that each pod has.
    case pods(Identifier)
    /// A metric of one other object.
    case object(HorizontalPodAutoscaler.Target, Identifier)
    /// A metric from outside the cluster.
    case external(Identifier)
  }
  /// A metric by name, and which of its series.
  package struct Identifier: Hashable, Sendable {
    package var name: String
    package var selector: LabelSelector?

    package init(name: String, selector: LabelSelector? = nil) {
      self.name = name
      self.selector = selector
    }
  }
  /// What the measure should be.
  package enum Target: Hashable, Sendable {
    /// Percent of what the pods request.
    case utilization(percent: Int)
    case averageValue(Quantity)
    case value(Quantity)
  }
  package var source: Source
  package var target: Target
  package var mark: SourceMark

  /// What the API server fills in when there are no metrics.
  static func byDefault(at mark: SourceMark) -> MetricSpec {
    MetricSpec(source: .resource(name: "cpu"), target: .utilization(percent: 80), mark: mark)
  }

  /// `type`.
  enum Kind: String, CaseIterable {
    case object = "Object"
    case pods = "Pods"
    case resource = "Resource"
    case containerResource = "ContainerResource"
    case external = "External"

    var field: String { rawValue.prefix(1).lowercased() + rawValue.dropFirst() }
  }

  /// Reads one element of `metrics`.
  static func read(_ element: FieldReader) -> MetricSpec? {
    var fields = element
    if !fields.has("type") { fields.required("must specify a metric source type", field: "type") }
    let kind = fields.word("type", as: Kind.self)
    for other in Kind.allCases {
      fields.accept([other.field])
      if let kind, other != kind, fields.has(other.field) {
        fields.forbidden("must populate the given metric source only", field: other.field)
      }
    }
    defer { fields.finish() }
    guard let kind else { return nil }
    guard var source = fields.mapping(kind.field) else {
      fields.required(
        "must populate information for the given metric source",
        field: kind.field
      )
      return nil
    }
    defer { source.finish() }
    let what = readSource(&source, kind)
    let target = readTarget(&source, kind)
    guard let what, let target else { return nil }
    return MetricSpec(source: what, target: target, mark: source.mark)
  }

  private static func readSource(_ fields: inout FieldReader, _ kind: Kind) -> Source? {
    switch kind {
    case .resource: return fields.requiredString("name").map { .resource(name: $0.value) }
    case .containerResource:
      let name = fields.requiredString("name")
      let container = fields.requiredString("container")
      if let container, let problem = DNSName.labelProblem(container.value) {
        fields.invalid(container.value, problem, field: "container")
      }
      guard let name, let container else { return nil }
      return .containerResource(name: name.value, container: container.value)
    case .pods: return readIdentifier(&fields).map { .pods($0) }
    case .external: return readIdentifier(&fields).map { .external($0) }
    case .object:
      let metric = readIdentifier(&fields)
      guard var object = fields.mapping("describedObject") else {
        fields.required("'describedObject' must be given", field: "describedObject")
        return nil
      }
      let reference = HorizontalPodAutoscaler.readReference(&object)
      guard let reference, let metric else { return nil }
      return .object(reference, metric)
    }
  }

  private static func readIdentifier(_ fields: inout FieldReader) -> Identifier? {
    guard var metric = fields.mapping("metric") else {
      fields.required("must specify a metric name", field: "metric", reportedAs: "metric.name")
      return nil
    }
    let name = metric.requiredString("name")
    if let name, let problem = DNSName.pathSegmentProblem(name.value) {
      metric.invalid(name.value, problem, field: "name")
    }
    let selector = LabelSelector.readOptional(&metric, "selector")
    metric.finish()
    return name.map { Identifier(name: $0.value, selector: selector?.value) }
  }
}
