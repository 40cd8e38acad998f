/// Reads typed values out of a tree and collects everything that is wrong with it.
///
/// A reader never stops at a fault: it reports, answers `nil` and goes on, so that one run tells
/// all. One reader serves one file or one set of files on one thread.
package final class YAMLReader {
  /// What was found so far.
  package var diagnostics = Diagnostics()
  /// While an object is read that is not simulated as a whole; its fields then need no remark.
  package var isReadingUnsimulatedKind = false

  package init() {}

  /// Elements of one list and entries of one mapping with free keys.
  package static let mostElements = 10_000

  /// Opens a mapping for reading by field name; report its unread keys with `finish()`.
  ///
  /// When the value is something else, that is reported and the fields all read as absent.
  package func mapping(_ value: YAMLValue, path: String) -> FieldReader {
    if case .mapping(let pairs) = value.content {
      return FieldReader(reader: self, pairs: pairs, path: path, mark: value.mark, isValid: true)
    }
    mismatch(value, expected: "a mapping", path: path)
    return FieldReader(reader: self, pairs: [], path: path, mark: value.mark, isValid: false)
  }

  /// The elements of a list with their paths, such as `ports[0]`.
  ///
  /// The limit keeps checks of each element against all others affordable.
  package func sequence(
    _ value: YAMLValue,
    path: String,
    limit: Int = YAMLReader.mostElements
  ) -> [YAMLElement]? {
    guard case .sequence(let elements) = value.content else {
      mismatch(value, expected: "a list", path: path)
      return nil
    }
    if elements.count > limit {
      report("more than \(limit) elements", at: value.mark, path: path)
      return nil
    }
    return elements.enumerated().map { YAMLElement(value: $1, path: "\(path)[\($0)]") }
  }

  /// A string.
  ///
  /// A bare number or boolean is refused, as the API server refuses it.
  package func string(_ value: YAMLValue, path: String) -> String? {
    guard let scalar = value.scalar else {
      mismatch(value, expected: "text", path: path)
      return nil
    }
    switch scalar.resolved {
    case .text: return scalar.text
    case .null:
      mismatch(value, expected: "text", path: path)
    case .boolean, .number:
      mismatch(
        value,
        expected: "text",
        path: path,
        hint: "put it in quotes: \"\(scalar.excerpt)\""
      )
    case .legacy:
      let meaning = LegacyYAML.meaning(of: scalar.text) ?? "something else"
      report(
        "'\(scalar.excerpt)' is read as \(meaning) by YAML 1.1",
        at: value.mark,
        path: path,
        hint: "put it in quotes: \"\(scalar.excerpt)\""
      )
    }
    return nil
  }

  /// Any scalar as it is written, for fields with a syntax of their own such as `50/s`.
  package func text(_ value: YAMLValue, path: String) -> String? {
    guard let scalar = value.scalar, !scalar.isNull else {
      mismatch(value, expected: "a single value", path: path)
      return nil
    }
    return scalar.text
  }

  /// A boolean: `true` or `false` and nothing else.
  package func bool(_ value: YAMLValue, path: String) -> Bool? {
    guard let scalar = value.scalar else {
      mismatch(value, expected: "true or false", path: path)
      return nil
    }
    if scalar.style == .plain {
      if scalar.text == "true" { return true }
      if scalar.text == "false" { return false }
    }
    let meanings = [
      "true": "true", "yes": "true", "on": "true", "y": "true", "false": "false",
      "no": "false", "off": "false", "n": "false",
    ]
    let likely = meanings[scalar.text.lowercased()]
    mismatch(
      value,
      expected: "true or false",
      path: path,
      hint: likely.map { "write \($0) without quotes" }
    )
    return nil
  }

  /// A whole number in decimal digits within the range; `legal` is what to write instead.
  package func int(
    _ value: YAMLValue,
    in range: ClosedRange<Int>,
    legal: ClosedRange<Int>? = nil,
    path: String
  ) -> Int? {
    guard let scalar = numericScalar(value, expected: "a whole number", path: path) else {
      return nil
    }
    guard DecimalSyntax.isInteger(scalar.text) else {
      mismatch(value, expected: "a whole number", path: path)
      return nil
    }
    guard let number = Int(scalar.text), range.contains(number) else {
      report(
        "\(scalar.excerpt) is out of range",
        at: value.mark,
        path: path,
        hint: Self.rangeInWords(legal ?? range)
      )
      return nil
    }
    return number
  }

  /// A finite number within the range.
  package func double(_ value: YAMLValue, in range: ClosedRange<Double>, path: String) -> Double? {
    guard let scalar = numericScalar(value, expected: "a number", path: path) else { return nil }
    guard let number = Double(scalar.text), number.isFinite, range.contains(number) else {
      report(
        "\(scalar.excerpt) is out of range",
        at: value.mark,
        path: path,
        hint: "write a number from \(range.lowerBound) to \(range.upperBound)"
      )
      return nil
    }
    return number
  }

  /// A duration such as `250ms`, in nanoseconds; a bare `0` needs no unit.
  package func duration(
    _ value: YAMLValue,
    in range: ClosedRange<Int64> = 0...DurationSyntax.longest,
    path: String
  ) -> Int64? {
    guard let scalar = value.scalar, !scalar.isNull else {
      mismatch(
        value,
        expected: "a duration",
        path: path,
        hint: "write it like 250ms, 5s, 10m or 1h30m"
      )
      return nil
    }
    do {
      let length = try DurationSyntax.nanoseconds(scalar.text)
      if range.contains(length) { return length }
      report(
        "'\(scalar.excerpt)' is out of range",
        at: value.mark,
        path: path,
        hint: "write a duration from \(DurationSyntax.text(nanoseconds: range.lowerBound)) to "
          + DurationSyntax.text(nanoseconds: range.upperBound)
      )
    } catch {
      report(
        "\(error.message): '\(scalar.excerpt)'",
        at: value.mark,
        path: path,
        hint: error.hint
      )
    }
    return nil
  }

  /// A Kubernetes quantity such as `500m` or `1.5Gi`.
  package func quantity(_ value: YAMLValue, path: String) -> Quantity? {
    guard let scalar = value.scalar, !scalar.isNull else {
      mismatch(value, expected: "a quantity", path: path, hint: "write it like 500m, 2 or 256Mi")
      return nil
    }
    if scalar.resolved == .legacy {
      reportLegacy(value, scalar, expected: "a quantity", path: path)
      return nil
    }
    do {
      return try Quantity(parsing: scalar.text)
    } catch {
      report(
        "\(error.message): '\(scalar.excerpt)'",
        at: value.mark,
        path: path,
        hint: error.hint
      )
      return nil
    }
  }

  /// One of a closed set of words.
  package func enumeration(_ value: YAMLValue, of choices: [String], path: String) -> String? {
    guard let scalar = value.scalar, !scalar.isNull else {
      mismatch(
        value,
        expected: "one word",
        path: path,
        hint: "one of: " + choices.joined(separator: ", ")
      )
      return nil
    }
    if choices.contains(scalar.text) { return scalar.text }
    report(
      "unknown value '\(scalar.excerpt)'",
      at: value.mark,
      path: path,
      hint: EditDistance.hint(for: scalar.text, in: choices)
    )
    return nil
  }

  /// Adds an error about a place in the file.
  ///
  /// The words are put together only when they will be shown: a search for the nearest of a
  /// thousand names is dear.
  package func report(
    _ message: @autoclosure () -> String,
    at mark: SourceMark?,
    path: @autoclosure () -> String = "",
    hint: @autoclosure () -> String? = nil
  ) {
    guard !diagnostics.isFull else { return }
    diagnostics.add(Diagnostic(.error, message(), at: mark, field: path(), hint: hint()))
  }

  /// Adds a warning about a place in the file.
  package func warn(
    _ message: @autoclosure () -> String,
    at mark: SourceMark?,
    path: @autoclosure () -> String = "",
    hint: @autoclosure () -> String? = nil
  ) {
    guard !diagnostics.areRemarksFull else { return }
    diagnostics.add(Diagnostic(.warning, message(), at: mark, field: path(), hint: hint()))
  }

  /// Adds "expected …, found …".
  package func mismatch(
    _ value: YAMLValue,
    expected: @autoclosure () -> String,
    path: @autoclosure () -> String,
    hint: @autoclosure () -> String? = nil
  ) {
    report(
      "expected \(expected()), found \(value.kindInWords)",
      at: value.mark,
      path: path(),
      hint: hint()
    )
  }

  /// The scalar when it is an unquoted decimal number; otherwise reports why it is not.
  private func numericScalar(_ value: YAMLValue, expected: String, path: String) -> YAMLScalar? {
    guard let scalar = value.scalar else {
      mismatch(value, expected: expected, path: path)
      return nil
    }
    switch scalar.resolved {
    case .number: return scalar
    case .null, .boolean: mismatch(value, expected: expected, path: path)
    case .legacy: reportLegacy(value, scalar, expected: expected, path: path)
    case .text:
      let isQuotedNumber = scalar.style == .quoted && DecimalSyntax.isNumber(scalar.text)
      mismatch(
        value,
        expected: expected,
        path: path,
        hint: isQuotedNumber ? "remove the quotes" : nil
      )
    }
    return nil
  }

  /// Reports a number that a YAML 1.1 reader, Kubernetes' own among them, takes for another one.
  private func reportLegacy(
    _ value: YAMLValue,
    _ scalar: YAMLScalar,
    expected: String,
    path: String
  ) {
    let meaning = LegacyYAML.meaning(of: scalar.text) ?? "something else"
    report(
      "expected \(expected), found '\(scalar.excerpt)', which YAML 1.1 reads as \(meaning)",
      at: value.mark,
      path: path,
      hint: ["infinity", "not a number"].contains(meaning)
        ? "write a finite number" : "write plain decimal digits, without a leading zero"
    )
  }

  private static func rangeInWords(_ range: ClosedRange<Int>) -> String {
    "write a whole number from \(range.lowerBound) to \(range.upperBound)"
  }
}

/// An element of a list with its path.
package struct YAMLElement: Hashable, Sendable {
  package var value: YAMLValue
  package var path: String

  package init(value: YAMLValue, path: String) {
    self.value = value
    self.path = path
  }
}
