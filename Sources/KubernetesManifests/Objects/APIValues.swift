/// Values as the API server checks them, each reported with its kind of error.
extension FieldReader {
  /// A whole number that the API restricts to a range.
  ///
  /// `zeroElse` says what is wrong with zero, for which a field that is not given stands.
  mutating func number(
    _ name: String,
    in range: ClosedRange<Int>,
    required isRequired: Bool = false,
    zeroElse reason: String? = nil
  ) -> Int? {
    let path = path(of: name)
    guard let value = value(name) else {
      if isRequired { required("'\(name)' must be given", field: name) }
      if let reason { invalid("0", reason, field: name) }
      return nil
    }
    // Beyond 32 bits the API server cannot even decode it; words of its checks would mislead.
    let decodable = -(1 << 31)...(1 << 31) - 1
    guard let number = reader.int(value, in: decodable, legal: range, path: path) else {
      return nil
    }
    if range.contains(number) { return number }
    let reason =
      range.upperBound >= (1 << 31) - 1
      ? "must be greater than or equal to \(range.lowerBound)"
      : "must be between \(range.lowerBound) and \(range.upperBound), inclusive"
    invalid(String(number), reason, field: name)
    return nil
  }

  /// A count from 0 on.
  mutating func natural(_ name: String) -> Int? { number(name, in: 0...Int(Int32.max)) }

  /// A word from a closed set; another one is an `Unsupported value`.
  mutating func word<Word>(
    _ name: String,
    as type: Word.Type,
    reportedAs other: String? = nil
  ) -> Word?
  where Word: CaseIterable & RawRepresentable, Word.RawValue == String {
    guard let text = string(name) else { return nil }
    if let word = Word(rawValue: text) { return word }
    unsupported(text, of: Word.allCases.map(\.rawValue), field: name, reportedAs: other)
    return nil
  }

  /// A word from a closed set; for some fields the server calls another one an `Invalid value`.
  mutating func word<Word>(
    _ name: String,
    as type: Word.Type,
    elseInvalid reason: String
  ) -> Word?
  where Word: CaseIterable & RawRepresentable, Word.RawValue == String {
    guard let text = string(name) else { return nil }
    if let word = Word(rawValue: text) { return word }
    invalid(text, reason, field: name)
    return nil
  }

  /// A string the API insists on.
  mutating func requiredString(_ name: String) -> Located<String>? {
    guard has(name) else {
      accept([name])
      required("'\(name)' must be given", field: name)
      return nil
    }
    guard let text = string(name) else { return nil }
    if text.isEmpty { required("'\(name)' must not be empty", field: name) }
    return text.isEmpty ? nil : Located(text, at: mark(of: name))
  }

  /// A string with its place; empty is absent.
  mutating func located(_ name: String) -> Located<String>? {
    guard let text = string(name), !text.isEmpty else { return nil }
    return Located(text, at: mark(of: name))
  }

  /// A string of a certain form; empty is absent, and a wrong one is an `Invalid value`.
  mutating func located(
    _ name: String,
    without problem: (String) -> String?
  ) -> Located<String>? {
    guard let text = located(name) else { return nil }
    if let problem = problem(text.value) { invalid(text.value, problem, field: name) }
    return text
  }

  /// A list of strings; elements that are none have been reported.
  mutating func strings(_ name: String) -> [Located<String>] {
    sequence(name).compactMap { element in
      reader.string(element.value, path: element.path).map {
        Located($0, at: element.value.mark)
      }
    }
  }

  /// A list of mappings.
  mutating func mappings(_ name: String) -> [FieldReader] {
    sequence(name).map { reader.mapping($0.value, path: $0.path) }
  }

  /// Fields that are legal, would change behaviour, and are not simulated yet: one warning each.
  mutating func acceptNotSimulated(_ names: [String]) {
    accept(names)
    for name in names { warnNotSimulated(name, unless: false) }
  }
}
