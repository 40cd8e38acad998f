/// Reads the fields of one mapping and knows which were never asked for.
///
/// Absent and `null` are the same, as they are to the API server. Every accessor answers `nil`
/// when the field is absent or faulty; a fault has then been reported.
package struct FieldReader {
  package let reader: YAMLReader
  /// Where the mapping stands in the tree, such as `spec.template`.
  package let path: String
  /// Where the mapping begins in the file.
  package let mark: SourceMark
  /// False when the value was no mapping at all, which has been reported.
  package let isValid: Bool
  package let pairs: [YAMLPair]
  private var known: [String] = []

  init(reader: YAMLReader, pairs: [YAMLPair], path: String, mark: SourceMark, isValid: Bool) {
    self.reader = reader
    self.pairs = pairs
    self.path = path
    self.mark = mark
    self.isValid = isValid
  }

  /// The path of a field of this mapping.
  package func path(of name: String) -> String {
    if name.isEmpty { return path }
    return path.isEmpty ? name : "\(path).\(name)"
  }

  /// Whether the field is given and not null.
  package func has(_ name: String) -> Bool { given(name) != nil }

  /// Where the field's value stands, or the mapping itself when the field is absent.
  package func mark(of name: String) -> SourceMark { given(name)?.value.mark ?? mark }

  /// The field's value as it is, marked as known.
  package mutating func value(_ name: String, required: Bool = false) -> YAMLValue? {
    known.append(name)
    if let pair = given(name) { return pair.value }
    if required { reportMissing(name) }
    return nil
  }

  /// The field as a string.
  package mutating func string(_ name: String, required: Bool = false) -> String? {
    let path = path(of: name)
    return value(name, required: required).flatMap { reader.string($0, path: path) }
  }

  /// The field as a string, or the default when it is absent or faulty.
  package mutating func string(_ name: String, default fallback: String) -> String {
    string(name) ?? fallback
  }

  /// Any scalar as written.
  package mutating func text(_ name: String, required: Bool = false) -> String? {
    let path = path(of: name)
    return value(name, required: required).flatMap { reader.text($0, path: path) }
  }

  /// The field as a boolean.
  package mutating func bool(_ name: String, required: Bool = false) -> Bool? {
    let path = path(of: name)
    return value(name, required: required).flatMap { reader.bool($0, path: path) }
  }

  /// The field as a boolean, or the default when it is absent or faulty.
  package mutating func bool(_ name: String, default fallback: Bool) -> Bool {
    bool(name) ?? fallback
  }

  /// The field as a whole number.
  package mutating func int(
    _ name: String,
    in range: ClosedRange<Int>,
    required: Bool = false
  ) -> Int? {
    let path = path(of: name)
    return value(name, required: required).flatMap { reader.int($0, in: range, path: path) }
  }

  /// The field as a whole number, or the default when it is absent or faulty.
  package mutating func int(
    _ name: String,
    in range: ClosedRange<Int>,
    default fallback: Int
  ) -> Int {
    int(name, in: range) ?? fallback
  }

  /// The field as a finite number.
  package mutating func double(
    _ name: String,
    in range: ClosedRange<Double> = -1e15...1e15,
    required: Bool = false
  ) -> Double? {
    let path = path(of: name)
    return value(name, required: required).flatMap { reader.double($0, in: range, path: path) }
  }

  /// The field as a finite number, or the default when it is absent or faulty.
  package mutating func double(
    _ name: String,
    in range: ClosedRange<Double> = -1e15...1e15,
    default fallback: Double
  ) -> Double {
    double(name, in: range) ?? fallback
  }

  /// The field as a duration in nanoseconds.
  package mutating func duration(
    _ name: String,
    in range: ClosedRange<Int64> = 0...DurationSyntax.longest,
    required: Bool = false
  ) -> Int64? {
    let path = path(of: name)
    return value(name, required: required).flatMap { reader.duration($0, in: range, path: path) }
  }

  /// The field as a duration in nanoseconds, or the default when it is absent or faulty.
  package mutating func duration(
    _ name: String,
    in range: ClosedRange<Int64> = 0...DurationSyntax.longest,
    default fallback: Int64
  ) -> Int64 {
    duration(name, in: range) ?? fallback
  }

  /// The field as a Kubernetes quantity.
  package mutating func quantity(_ name: String, required: Bool = false) -> Quantity? {
    let path = path(of: name)
    return value(name, required: required).flatMap { reader.quantity($0, path: path) }
  }

  /// The field as one of a closed set of words.
  package mutating func enumeration(
    _ name: String,
    of choices: [String],
    required: Bool = false
  ) -> String? {
    let path = path(of: name)
    return value(name, required: required)
      .flatMap { reader.enumeration($0, of: choices, path: path) }
  }

  /// The field as one of a closed set of words, or the default when it is absent or faulty.
  package mutating func enumeration(
    _ name: String,
    of choices: [String],
    default fallback: String
  ) -> String {
    enumeration(name, of: choices) ?? fallback
  }

  /// The field as a case of an enum whose raw values are the words.
  package mutating func enumeration<Word>(
    _ name: String,
    as type: Word.Type,
    required: Bool = false
  ) -> Word? where Word: CaseIterable & RawRepresentable, Word.RawValue == String {
    enumeration(name, of: Word.allCases.map(\.rawValue), required: required)
      .flatMap(Word.init(rawValue:))
  }

  /// The field as a mapping to read on.
  package mutating func mapping(_ name: String, required: Bool = false) -> FieldReader? {
    let path = path(of: name)
    return value(name, required: required).map { reader.mapping($0, path: path) }
  }

  /// The field's elements; absent reads as none.
  package mutating func sequence(_ name: String, required: Bool = false) -> [YAMLElement] {
    let path = path(of: name)
    return value(name, required: required).flatMap { reader.sequence($0, path: path) } ?? []
  }

  /// The entries of a field whose keys are the user's own names; absent reads as none.
  package mutating func mappingEntries(_ name: String, required: Bool = false) -> [YAMLEntry] {
    guard let inner = mapping(name, required: required) else { return [] }
    return inner.limitedEntries()
  }

  /// All entries, or an error and none when there are more than a list may have elements.
  package func limitedEntries(limit: Int = YAMLReader.mostElements) -> [YAMLEntry] {
    if pairs.count <= limit { return entries }
    reader.report("more than \(limit) entries", at: mark, path: path)
    return []
  }

  /// All entries of this mapping, for mappings whose keys are the user's own names.
  package var entries: [YAMLEntry] {
    pairs.map {
      YAMLEntry(key: $0.key, keyMark: $0.keyMark, value: $0.value, path: path(of: $0.key))
    }
  }

  /// Names of further fields that are legal and need no reading.
  package mutating func accept(_ names: [String]) { known += names }

  /// Reports every key that was neither read nor accepted.
  package func finish() {
    let names = Set(known)
    var distinct: [String] = []
    for name in known where !distinct.contains(name) { distinct.append(name) }
    for pair in pairs where !names.contains(pair.key) && !reader.diagnostics.isFull {
      let shown = YAMLScalar(text: pair.key, style: .quoted).excerpt
      reader.report(
        "unknown field '\(shown)'",
        at: pair.keyMark,
        path: path(of: shown),
        hint: EditDistance.hint(for: pair.key, in: distinct)
      )
    }
  }

  private func given(_ name: String) -> YAMLPair? {
    pairs.first { $0.key == name && !$0.value.isNull }
  }

  private func reportMissing(_ name: String) {
    guard isValid else { return }
    reader.report("required field '\(name)' is missing", at: mark, path: path(of: name))
  }
}

/// An entry of a mapping whose keys are names.
package struct YAMLEntry: Hashable, Sendable {
  package var key: String
  package var keyMark: SourceMark
  package var value: YAMLValue
  package var path: String
}
