/// A count or a share, such as `maxSurge: 25%`.
package enum IntOrPercent: Hashable, Sendable {
  case count(Int)
  /// Whole percent.
  case percent(Int)

  package var isZero: Bool { self == .count(0) || self == .percent(0) }

  /// As a manifest has it.
  package var text: String {
    switch self {
    case .count(let count): String(count)
    case .percent(let percent): "\(percent)%"
    }
  }

  /// The number meant when the whole is `total`.
  package func scaled(to total: Int, roundingUp: Bool) -> Int {
    switch self {
    case .count(let count): return count
    case .percent(let percent):
      let product = total.multipliedReportingOverflow(by: percent)
      if product.overflow { return total }
      return product.partialValue / 100 + (roundingUp && product.partialValue % 100 > 0 ? 1 : 0)
    }
  }
}

extension FieldReader {
  /// A count or percentage that is not negative; `limit` is the greatest percentage.
  mutating func intOrPercent(_ name: String, limit: Int) -> IntOrPercent? {
    guard let value = value(name) else { return nil }
    if let scalar = value.scalar, scalar.resolved == .text {
      let digits = scalar.text.dropLast()
      guard scalar.text.hasSuffix("%"), DecimalSyntax.isInteger(String(digits)),
        let percent = Int(digits), percent >= 0
      else {
        invalid(scalar.text, "must be a whole number or a percentage such as 25%", field: name)
        return nil
      }
      if percent > limit {
        invalid(scalar.text, "must not be greater than \(limit)%", field: name)
        return nil
      }
      return .percent(percent)
    }
    return number(name, in: 0...Int(Int32.max)).map { .count($0) }
  }
}
