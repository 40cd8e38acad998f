import KubernetesManifests

/// Ratios and rates, which Kubernetes has no syntax for.
package enum NumberLiteral {
  /// Reads a plain decimal number; `nil` for anything else, `nan` and `inf` included.
  package static func parse(_ text: String) -> Double? {
    guard DecimalSyntax.isNumber(text), let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// Reads a ratio, `99.9%` or `0.999`; `nil` when it is not one in 0...1.
  package static func parseRatio(_ text: String) -> Double? {
    // `99.9e-2` is the double nearest to 0.999, which 99.9 / 100 is not.
    let digits = text.hasSuffix("%") ? text.dropLast() + "e-2" : text[...]
    guard let ratio = parse(String(digits)) else { return nil }
    return (0...1).contains(ratio) ? ratio : nil
  }

  /// Reads a rate, `50/s`, `3000/m` or `1/h`, in events a second.
  package static func parseRate(_ text: String) -> Double? {
    guard let slash = text.firstIndex(of: "/"), let count = parse(String(text[..<slash])) else {
      return nil
    }
    switch text[text.index(after: slash)...] {
    case "s": return count
    case "m": return count / 60
    case "h": return count / 3600
    default: return nil
    }
  }

  /// A number without a needless `.0`.
  package static func format(_ number: Double) -> String {
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Two digits and a power of ten, such as `3.2e11`.
  package static func rounded(_ number: Double) -> String {
    var mantissa = number
    var exponent = 0
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    return format((mantissa * 10).rounded() / 10) + (exponent > 0 ? "e\(exponent)" : "")
  }

  /// Parts per million as a percentage.
  package static func formatRatio(_ partsPerMillion: Int) -> String {
    format(Double(partsPerMillion) / 1e4) + "%"
  }
}

extension Character {
  /// `0` to `9` and nothing else: `isNumber` also takes ½ and Arabic digits.
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
