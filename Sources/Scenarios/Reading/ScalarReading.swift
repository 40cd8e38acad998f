import ClusterSimulator
import KubernetesManifests
import SimKernel

/// Reads what has no fields or elements of the user's own: words, numbers, durations.
///
/// What is wrong is reported by the reader and answered with `nil`.
enum ScalarReading {
  static func read(
    _ yaml: YAMLValue,
    as type: FieldType,
    path: String,
    _ reader: YAMLReader
  ) -> Setting.Value? {
    switch type {
    case .text: reader.string(yaml, path: path).map { .text($0) }
    case .name: name(yaml, path, reader).map { .text($0) }
    case .word(let words): reader.enumeration(yaml, of: words, path: path).map { .text($0) }
    case .boolean: reader.bool(yaml, path: path).map { .boolean($0) }
    case .integer(let range): reader.int(yaml, in: range, path: path).map { .integer($0) }
    case .number(let range): reader.double(yaml, in: range, path: path).map { .number($0) }
    case .ratio:
      own(yaml, type, path, reader, NumberLiteral.parseRatio).map { ratio in
        .ratio(Int((ratio * 1e6).rounded()))
      }
    case .duration(let range): duration(yaml, range, path, reader).map { .duration($0) }
    case .delay(let range): delay(yaml, range, path, reader).map { .delay($0) }
    case .rate(let range): rate(yaml, type, range, path, reader).map { .rate($0) }
    case .cpu(let range): quantity(yaml, type, range, path, reader, \.milliValue).map { .cpu($0) }
    case .memory(let range):
      quantity(yaml, type, range, path, reader, \.value).map { .memory($0) }
    case .money: own(yaml, type, path, reader, MoneyLiteral.parse).map { .money($0) }
    case .cidr: own(yaml, type, path, reader, CIDRLiteral.parse).map { .cidr($0) }
    case .unlimited(let limit):
      yaml.scalar?.text == "unlimited" ? .unlimited : read(yaml, as: limit, path: path, reader)
    default: nil
    }
  }

  private static func name(_ yaml: YAMLValue, _ path: String, _ reader: YAMLReader) -> String? {
    guard let text = reader.string(yaml, path: path) else { return nil }
    if NameLiteral.isName(text) { return text }
    reader.mismatch(yaml, expected: FieldType.name.inWords, path: path)
    return nil
  }

  static func duration(
    _ yaml: YAMLValue,
    _ range: ClosedRange<SimDuration>,
    _ path: String,
    _ reader: YAMLReader
  ) -> SimDuration? {
    let bounds = range.lowerBound.nanoseconds...range.upperBound.nanoseconds
    return reader.duration(yaml, in: bounds, path: path).map { SimDuration(nanoseconds: $0) }
  }

  private static func delay(
    _ yaml: YAMLValue,
    _ range: ClosedRange<SimDuration>,
    _ path: String,
    _ reader: YAMLReader
  ) -> UniformDelay? {
    guard let elements = yaml.elements else {
      return duration(yaml, range, path, reader).map { UniformDelay($0, $0) }
    }
    guard elements.count == 2 else {
      reader.report(
        "expected [low, high], found \(elements.count) values",
        at: yaml.mark,
        path: path
      )
      return nil
    }
    guard let low = duration(elements[0], range, path + "[0]", reader),
      let high = duration(elements[1], range, path + "[1]", reader)
    else { return nil }
    guard low <= high else {
      reader.report("the lower bound is above the upper one", at: yaml.mark, path: path)
      return nil
    }
    return UniformDelay(low, high)
  }

  private static func rate(
    _ yaml: YAMLValue,
    _ type: FieldType,
    _ range: ClosedRange<Double>,
    _ path: String,
    _ reader: YAMLReader
  ) -> Double? {
    own(yaml, type, path, reader) { text in
      NumberLiteral.parseRate(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  private static func quantity(
    _ yaml: YAMLValue,
    _ type: FieldType,
    _ range: ClosedRange<Int>,
    _ path: String,
    _ reader: YAMLReader,
    _ unit: (Quantity) -> Int64
  ) -> Int? {
    guard let quantity = reader.quantity(yaml, path: path) else { return nil }
    let value = Int(unit(quantity))
    if range.contains(value) { return value }
    reader.report(
      "'\(yaml.scalar?.excerpt ?? "")' is out of range",
      at: yaml.mark,
      path: path,
      hint: "write \(type.inWords)"
    )
    return nil
  }

  /// A syntax of our own: the whole text or nothing.
  private static func own<Value>(
    _ yaml: YAMLValue,
    _ type: FieldType,
    _ path: String,
    _ reader: YAMLReader,
    _ parse: (String) -> Value?
  ) -> Value? {
    if let scalar = yaml.scalar, scalar.resolved != .legacy, let value = parse(scalar.text) {
      return value
    }
    reader.mismatch(yaml, expected: type.inWords, path: path)
    return nil
  }
}
