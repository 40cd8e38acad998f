/// The checks of the API server, worded with its own kinds of error.
extension FieldReader {
  /// Reports `Invalid value`.
  package func invalid(_ value: String, _ reason: String, field name: String) {
    reader.report(
      "Invalid value: '\(YAMLScalar(text: value, style: .quoted).excerpt)': \(reason)",
      at: mark(of: name),
      path: path(of: name)
    )
  }

  /// Reports `Required value`.
  package func required(_ reason: String, field name: String, hint: String? = nil) {
    guard isValid else { return }
    reader.report(
      "Required value: \(reason)",
      at: mark(of: name),
      path: path(of: name),
      hint: hint
    )
  }

  /// Reports `Forbidden`.
  package func forbidden(_ reason: String, field name: String, hint: String? = nil) {
    reader.report("Forbidden: \(reason)", at: mark(of: name), path: path(of: name), hint: hint)
  }

  /// Reports `Duplicate value`.
  package func duplicate(_ value: String, field name: String) {
    reader.report("Duplicate value: '\(value)'", at: mark(of: name), path: path(of: name))
  }

  /// A whole number that the API restricts to a range.
  mutating func number(
    _ name: String,
    in range: ClosedRange<Int>,
    required isRequired: Bool = false
  ) -> Int? {
    let path = path(of: name)
    guard let value = value(name) else {
      if isRequired { required("'\(name)' must be given", field: name) }
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

  /// A word from a closed set.
  mutating func word<Word>(_ name: String, as type: Word.Type) -> Word?
  where Word: CaseIterable & RawRepresentable, Word.RawValue == String {
    guard let text = string(name) else { return nil }
    if let word = Word(rawValue: text) { return word }
    let choices = Word.allCases.map(\.rawValue)
    let supported = choices.map { "'\($0)'" }.joined(separator: ", ")
    reader.report(
      "Unsupported value: '\(YAMLScalar(text: text, style: .quoted).excerpt)': "
        + "supported values: \(supported)",
      at: mark(of: name),
      path: path(of: name),
      hint: EditDistance.nearest(text, in: choices).map { "did you mean '\($0)'?" }
    )
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

  /// Fields that are legal, would change behaviour, and are not simulated yet: one warning each.
  mutating func acceptNotSimulated(_ names: [String]) {
    accept(names)
    for name in names where has(name) {
      reader.warn(
        "'\(name)' is accepted, not simulated yet",
        at: mark(of: name),
        path: path(of: name)
      )
    }
  }
}
