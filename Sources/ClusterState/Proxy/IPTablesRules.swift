internal import SimKernel

/// The chain of rules by which iptables spreads connections over n endpoints.
///
/// Rule i matches a share 1/(n−i) of what the rules before it let pass, which is 1/n of all. Draws
/// are independent, so spread is binomial: not round robin.
package enum IPTablesRules {
  /// The probability that each rule matches what reaches it.
  package static func probabilities(endpoints n: Int) -> [Double] {
    (0..<max(0, n)).map { 1 / Double(n - $0) }
  }

  /// A probability as kube-proxy writes it: ten decimals.
  package static func text(of n: Int) -> String {
    guard n > 1 else { return "1.0000000000" }
    let scale = 10_000_000_000
    let digits = String((scale * 2 / n + 1) / 2)
    return "0." + String(repeating: "0", count: max(0, 10 - digits.count)) + digits
  }

  /// The endpoint that a connection meets, given one uniform number on [0, 1) for each rule.
  package static func pick(endpoints n: Int, uniforms: [Double]) -> Int? {
    guard n > 0 else { return nil }
    let matches = zip(probabilities(endpoints: n), uniforms).map { $1 < $0 }
    return matches.prefix(n - 1).firstIndex(of: true) ?? n - 1
  }
}
