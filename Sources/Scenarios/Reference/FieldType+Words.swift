import KubernetesManifests
import SimKernel

extension FieldType {
  /// What is expected, for messages and the reference: `a duration between 0s and 1h`.
  package var inWords: String {
    switch self {
    case .text: "text"
    case .name: "a name of " + NameLiteral.inWords
    case .word(let words): words.count == 1 ? "'\(words[0])'" : "one of " + Self.quoted(words)
    case .boolean: "true or false"
    case .integer(let range):
      "a whole number between \(range.lowerBound) and \(range.upperBound)"
    case .number(let range): "a number between " + Self.bounds(range)
    case .ratio: "a share between 0% and 100%, such as 99.9%"
    case .duration(let range): "a duration between " + Self.bounds(range)
    case .delay(let range): "a duration, or [low, high], between " + Self.bounds(range)
    case .rate(let range): "a rate such as 50/s, between \(Self.bounds(range)) a second"
    case .cpu(let range):
      "CPU between \(Self.cpu(range.lowerBound)) and \(Self.cpu(range.upperBound))"
    case .memory(let range):
      "memory between \(Self.memory(range.lowerBound)) and \(Self.memory(range.upperBound))"
    case .money: "an amount with its currency, such as '4.60 USD'"
    case .cidr: "an IPv4 range such as 10.244.0.0/16"
    case .unlimited(let limit): "'unlimited' or " + limit.inWords
    case .list: "a list"
    case .pair: "a list of two"
    case .group, .map: "a mapping"
    case .oneOf(let alternatives, let shorthand): Self.alternatives(alternatives, shorthand)
    case .either(let scalar, let other): scalar.inWords + ", or " + other.inWords
    case .raw: "any value"
    }
  }

  private static func quoted(_ words: [String]) -> String {
    words.map { "'\($0)'" }.joined(separator: ", ")
  }

  private static func alternatives(_ fields: [ScenarioField], _ shorthand: String?) -> String {
    let names = "one of " + quoted(fields.map(\.name))
    guard let field = fields.first(where: { $0.name == shorthand }) else { return names }
    return field.type.inWords + ", or " + names
  }

  private static func bounds(_ range: ClosedRange<SimDuration>) -> String {
    DurationSyntax.text(nanoseconds: range.lowerBound.nanoseconds) + " and "
      + DurationSyntax.text(nanoseconds: range.upperBound.nanoseconds)
  }

  private static func bounds(_ range: ClosedRange<Double>) -> String {
    NumberLiteral.format(range.lowerBound) + " and " + NumberLiteral.format(range.upperBound)
  }

  /// A CPU quantity as Kubernetes prints it.
  static func cpu(_ milli: Int) -> String {
    milli % 1_000 == 0 ? "\(milli / 1_000)" : "\(milli)m"
  }

  /// A memory quantity as Kubernetes prints it.
  static func memory(_ bytes: Int) -> String {
    for (suffix, shift) in [("Ti", 40), ("Gi", 30), ("Mi", 20), ("Ki", 10)]
    where bytes != 0 && bytes % (1 << shift) == 0 {
      return "\(bytes >> shift)\(suffix)"
    }
    return "\(bytes)"
  }
}
