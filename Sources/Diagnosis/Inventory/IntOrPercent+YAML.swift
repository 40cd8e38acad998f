import KubernetesManifests

extension IntOrPercent {
  /// A count or a percentage as a manifest has it, such as `25%`; `nil` when it is neither.
  init?(_ value: YAMLValue) {
    guard let text = value.text else { return nil }
    if text.hasSuffix("%") {
      guard let percent = Int(text.dropLast()), (0...1_000).contains(percent) else { return nil }
      self = .percent(percent)
    } else {
      guard let count = value.integer, count >= 0 else { return nil }
      self = .count(count)
    }
  }
}
