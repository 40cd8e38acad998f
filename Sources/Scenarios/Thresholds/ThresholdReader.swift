import KubernetesManifests

/// Reads `[variant:] [client:] metric op bound`, such as `service: availability >= 99.9%`.
struct ThresholdReader {
  /// Names of the variants and client groups there are.
  let variants: [String]
  let clients: [String]
  /// What the users' requests are worth money in.
  let currencies: Set<String>
  let reader: YAMLReader

  /// Longest first, so that `>=` is not taken for `>`.
  private static let comparisons: [Threshold.Comparison] = [.atLeast, .atMost, .above, .below]

  func threshold(_ setting: Setting) -> Threshold? {
    guard let text = setting.text else { return nil }
    var parts = text.split(separator: ":", omittingEmptySubsequences: false).map(Self.trimmed)
    let condition = parts.removeLast()
    guard parts.count <= 2, let (metricName, comparison, boundText) = split(condition) else {
      reader.report(
        "'\(text)' is not a condition",
        at: setting.mark,
        path: setting.path,
        hint: "write it like 'service: availability >= 99.9%'"
      )
      return nil
    }
    let (variant, client) = scope(parts, setting)
    guard let metric = ThresholdMetric.named(metricName) else {
      reader.report(
        "unknown metric '\(metricName)'",
        at: setting.mark,
        path: setting.path,
        hint: EditDistance.hint(for: metricName, in: ThresholdMetric.all.map(\.name))
      )
      return nil
    }
    guard let bound = metric.bound(boundText) else {
      reader.report(
        "'\(boundText)' is no bound for \(metric.name)",
        at: setting.mark,
        path: setting.path,
        hint: "write \(metric.boundInWords)"
      )
      return nil
    }
    if let currency = metric.currency(boundText), !currencies.contains(currency) {
      reader.report(
        "'\(currency)' is not what requests are worth",
        at: setting.mark,
        path: setting.path,
        hint: EditDistance.hint(for: currency, in: currencies.sorted())
      )
      return nil
    }
    return Threshold(
      text: text,
      variant: variant,
      client: client,
      metric: metric.name,
      comparison: comparison,
      bound: bound,
      mark: setting.mark
    )
  }

  /// Tells a variant from a client group: one name alone is a variant if there is one of that name.
  private func scope(_ names: [String], _ setting: Setting) -> (String?, String?) {
    switch names.count {
    case 0: return (nil, nil)
    case 1:
      if variants.contains(names[0]) { return (names[0], nil) }
      check(names[0], "variant or client group", in: variants + clients, setting)
      return (nil, names[0])
    default:
      check(names[0], "variant", in: variants, setting)
      check(names[1], "client group", in: clients, setting)
      return (names[0], names[1])
    }
  }

  private func check(_ name: String, _ kind: String, in names: [String], _ setting: Setting) {
    if names.contains(name) { return }
    reader.report(
      "unknown \(kind) '\(name)'",
      at: setting.mark,
      path: setting.path,
      hint: EditDistance.hint(for: name, in: names)
    )
  }

  private func split(_ condition: String) -> (String, Threshold.Comparison, String)? {
    for comparison in Self.comparisons {
      guard let range = condition.firstRange(of: comparison.rawValue) else { continue }
      let metric = Self.trimmed(condition[..<range.lowerBound])
      let bound = Self.trimmed(condition[range.upperBound...])
      return metric.isEmpty || bound.isEmpty ? nil : (metric, comparison, bound)
    }
    return nil
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let words = text.split(separator: " ")
    return words.joined(separator: " ")
  }
}
