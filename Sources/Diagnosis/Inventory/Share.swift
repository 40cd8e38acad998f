import KubernetesManifests

/// A count or a percentage, such as `maxUnavailable: 25%`.
package enum Share: Hashable, Sendable {
  case count(Int)
  case percent(Int)

  init?(_ value: YAMLValue) {
    guard let text = value.text else { return nil }
    if text.hasSuffix("%") {
      guard let percent = Int(text.dropLast()), (0...1_000).contains(percent) else { return nil }
      self = .percent(percent)
    } else {
      guard let count = Int(text), (0...Int(Int32.max)).contains(count) else { return nil }
      self = .count(count)
    }
  }

  /// The number meant when the whole is `total`.
  func scaled(to total: Int, roundingUp: Bool) -> Int {
    let own: IntOrPercent =
      switch self {
      case .count(let count): .count(count)
      case .percent(let percent): .percent(percent)
      }
    return own.scaled(to: total, roundingUp: roundingUp)
  }
}
