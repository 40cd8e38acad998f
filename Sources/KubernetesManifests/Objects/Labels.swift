/// Label keys and values, in byte order of key.
package struct Labels: Hashable, Sendable {
  /// One label.
  package struct Entry: Hashable, Sendable {
    package var key: String
    package var value: String
  }
  package private(set) var entries: [Entry] = []

  package init() {}

  package init(_ pairs: [(key: String, value: String)]) {
    entries = pairs.map { Entry(key: $0.key, value: $0.value) }
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  package var isEmpty: Bool { entries.isEmpty }

  /// The value of a key, or `nil` when the key is absent.
  package subscript(key: String) -> String? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key.utf8.lexicographicallyPrecedes(key.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < entries.count && entries[low].key == key ? entries[low].value : nil
  }

  /// Whether every one of these labels is also in the other set with the same value.
  package func areContained(in other: Labels) -> Bool {
    entries.allSatisfy { other[$0.key] == $0.value }
  }

  /// `a=b,c=d`, as `kubectl` prints it.
  package var text: String { entries.map { "\($0.key)=\($0.value)" }.joined(separator: ",") }
}

extension FieldReader {
  /// A mapping of label keys to label values; every value must be a string.
  mutating func labels(_ name: String) -> Labels {
    var pairs: [(key: String, value: String)] = []
    for entry in mappingEntries(name) {
      guard let value = reader.string(entry.value, path: entry.path) else { continue }
      if let problem = DNSName.qualifiedNameProblem(entry.key) {
        reader.report(
          "Invalid value: '\(entry.key)': \(problem)",
          at: entry.keyMark,
          path: path(of: name)
        )
      } else if let problem = DNSName.labelValueProblem(value) {
        reader.report(
          "Invalid value: '\(value)': \(problem)",
          at: entry.value.mark,
          path: path(of: name)
        )
      }
      pairs.append((entry.key, value))
    }
    return Labels(pairs)
  }

  /// Annotations: keys are checked like those of labels whatever their case, values are any text.
  mutating func annotations(_ name: String) -> Labels {
    var pairs: [(key: String, value: String)] = []
    for entry in mappingEntries(name) {
      guard let value = reader.string(entry.value, path: entry.path) else { continue }
      if let problem = DNSName.qualifiedNameProblem(entry.key.lowercased()) {
        let shown = YAMLScalar(text: entry.key, style: .quoted).excerpt
        reader.report(
          "Invalid value: '\(shown)': \(problem)",
          at: entry.keyMark,
          path: path(of: name)
        )
      }
      pairs.append((entry.key, value))
    }
    return Labels(pairs)
  }
}
