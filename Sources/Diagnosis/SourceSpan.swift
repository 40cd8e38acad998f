package import KubernetesManifests

/// A word of an input file: where it begins and how many characters it has.
package struct SourceSpan: Hashable, Sendable {
  package var mark: SourceMark
  /// At least 1.
  package var length: Int

  package init(_ mark: SourceMark, length: Int = 1) {
    self.mark = mark
    self.length = max(1, length)
  }
}

extension YAMLValue {
  /// The scalar as it stands in the file, quotes included; of a list or mapping its beginning.
  package var span: SourceSpan {
    guard let scalar else { return SourceSpan(mark) }
    return SourceSpan(mark, length: scalar.text.count + 2 * quoteLength(of: scalar))
  }

  /// A part of the scalar, counted in characters of its text.
  ///
  /// Text over several lines has no place for its parts and answers its beginning.
  package func span(ofCharacters range: Range<Int>) -> SourceSpan {
    guard let scalar, !scalar.text.contains(where: \.isNewline) else { return SourceSpan(mark) }
    var place = mark
    place.column += range.lowerBound + quoteLength(of: scalar)
    return SourceSpan(place, length: range.count)
  }

  private func quoteLength(of scalar: YAMLScalar) -> Int { scalar.style == .quoted ? 1 : 0 }

  /// The text of a scalar that is not null.
  var text: String? { isNull ? nil : scalar?.text }

  /// A whole number of 32 bits, quoted or not; larger ones no field of the API can hold.
  var integer: Int? { text.flatMap { Int32($0) }.map { Int($0) } }

  /// The value at the end of a path of keys.
  func at(_ path: String...) -> YAMLValue? {
    var value: YAMLValue? = self
    for key in path { value = value?[key] }
    return value.flatMap { $0.isNull ? nil : $0 }
  }

  /// The entry of a key, for the place of the key itself.
  func pair(_ key: String) -> YAMLPair? { pairs?.first { $0.key == key && !$0.value.isNull } }
}

extension YAMLPair {
  /// The key as it stands in the file.
  var keySpan: SourceSpan { SourceSpan(keyMark, length: key.count) }
}
