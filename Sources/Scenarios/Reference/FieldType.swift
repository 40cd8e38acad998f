package import SimKernel

/// What may stand in a field of a scenario file, with its range.
///
/// The reader checks by this type, the reference pages print it and the tests derive hostile
/// values from it, so that the three cannot disagree.
package indirect enum FieldType: Sendable {
  case text
  /// A name as `NameLiteral` has it.
  case name
  /// One of the given words.
  case word([String])
  case boolean
  case integer(ClosedRange<Int>)
  case number(ClosedRange<Double>)
  /// A share such as `99.9%` or `0.999`.
  case ratio
  case duration(ClosedRange<SimDuration>)
  /// A duration, or `[low, high]` for one drawn uniformly.
  case delay(ClosedRange<SimDuration>)
  /// Events over time, such as `50/s`.
  case rate(ClosedRange<Double>)
  /// A Kubernetes CPU quantity; the range is in thousandths of a core.
  case cpu(ClosedRange<Int>)
  /// A Kubernetes memory quantity; the range is in bytes.
  case memory(ClosedRange<Int>)
  /// An amount with its currency, such as `4.60 USD`.
  case money
  /// An IPv4 range such as `10.244.0.0/16`.
  case cidr
  /// The word `unlimited`, or a limit.
  case unlimited(or: FieldType)
  case list(of: FieldType, minimum: Int)
  /// A list of exactly two things.
  case pair(FieldType, FieldType)
  /// Fixed fields.
  case group([ScenarioField])
  /// Free keys, described by `key`, all of one type.
  case map(key: String, of: FieldType)
  /// Exactly one of the named alternatives: `{http2: {connections: 20}}`.
  ///
  /// An alternative without required fields may be written as its bare name: `perRequest`. With
  /// `shorthand`, any other scalar is the value of that alternative.
  case oneOf([ScenarioField], shorthand: String?)
  /// A scalar of the first type or a list or mapping of the second.
  case either(FieldType, FieldType)
  /// Anything; checked where it is used.
  case raw
}

/// One field of a scenario file: all that is known of it, in one place.
package struct ScenarioField: Sendable {
  /// What holds when the field is not written.
  package enum Presence: Hashable, Sendable {
    /// It must be written.
    case required
    /// Nothing holds.
    case optional
    /// The value as one would write it.
    case preset(String)
    /// A group with the defaults of its fields, or an empty list or map.
    case filled
    /// Another field decides; the text says how.
    case derived(String)
  }
  package var name: String
  package var type: FieldType
  package var presence: Presence
  /// One sentence.
  package var summary: String

  package init(_ name: String, _ type: FieldType, _ presence: Presence, _ summary: String) {
    self.name = name
    self.type = type
    self.presence = presence
    self.summary = summary
  }
}
