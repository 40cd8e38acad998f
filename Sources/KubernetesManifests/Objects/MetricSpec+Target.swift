extension MetricSpec {
  private enum TargetType: String, CaseIterable {
    case utilization = "Utilization"
    case averageValue = "AverageValue"
    case value = "Value"
  }

  /// Reads `target` of a metric; which of its fields must be given depends on the kind.
  static func readTarget(_ fields: inout FieldReader, _ kind: Kind) -> Target? {
    guard var target = fields.mapping("target") else {
      fields.required(
        "must specify a metric target type",
        field: "target",
        reportedAs: "target.type"
      )
      return nil
    }
    defer { target.finish() }
    if !target.has("type") {
      target.required("must specify a metric target type", field: "type")
    }
    let type = target.word(
      "type",
      as: TargetType.self,
      elseInvalid: "must be either Utilization, Value, or AverageValue"
    )
    let percent = target.number("averageUtilization", in: 1...Int(Int32.max))
    let average = positive(&target, "averageValue")
    let value = positive(&target, "value")
    checkChoice(target, kind)
    guard type != nil else { return nil }
    if let value, kind == .object || kind == .external { return .value(value) }
    if let percent, kind == .resource || kind == .containerResource {
      return .utilization(percent: percent)
    }
    return average.map { .averageValue($0) }
  }

  private static func positive(_ target: inout FieldReader, _ name: String) -> Quantity? {
    guard let quantity = target.quantity(name) else { return nil }
    if quantity.milliValue > 0 { return quantity }
    target.invalid("0", "must be positive", field: name)
    return nil
  }

  /// Which of the three targets a kind of metric needs and which it excludes.
  private static func checkChoice(_ target: FieldReader, _ kind: Kind) {
    let (percent, average, value) = ("averageUtilization", "averageValue", "value")
    switch kind {
    case .resource, .containerResource:
      if !target.has(percent), !target.has(average) {
        target.required(
          "must set either a target raw value or a target utilization",
          field: percent
        )
      } else if target.has(percent), target.has(average) {
        target.forbidden(
          "may not set both a target raw value and a target utilization",
          field: average
        )
      }
    case .pods:
      if !target.has(average) {
        target.required("must specify a positive target averageValue", field: average)
      }
    case .object:
      if !target.has(value), !target.has(average) {
        target.required("must set either a target value or averageValue", field: average)
      }
    case .external:
      if !target.has(value), !target.has(average) {
        target.required(
          "must set either a target value for metric or a per-pod target",
          field: average
        )
      } else if target.has(value), target.has(average) {
        target.forbidden(
          "may not set both a target value for metric and a per-pod target",
          field: value
        )
      }
    }
  }
}

extension MetricSpec.Target {
  /// As the manifest has it.
  package var word: String {
    switch self {
    case .utilization: "Utilization"
    case .averageValue: "AverageValue"
    case .value: "Value"
    }
  }
}
