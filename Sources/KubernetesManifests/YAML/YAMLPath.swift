/// One step of a path into a tree.
package enum PathComponent: Hashable, Sendable {
  case key(String)
  case index(Int)
}

/// Paths as `--set` and `variants` write them: `spec.traffic[0].timeout`, `a."b.c".d`.
package enum YAMLPath {
  /// Why a path cannot be read or followed.
  package struct Problem: Error, Hashable, Sendable {
    package var message: String
    package var hint: String?
  }

  /// Splits at dots and brackets; a key in double quotes may hold either.
  package static func parse(_ text: String) throws(Problem) -> [PathComponent] {
    var components: [PathComponent] = []
    var rest = Substring(text)
    var expectsKey = true
    while !rest.isEmpty {
      if rest.first == "[" {
        components.append(.index(try takeIndex(&rest, of: text)))
        expectsKey = false
      } else if !expectsKey {
        guard rest.first == "." else { throw malformed(text) }
        rest.removeFirst()
        expectsKey = true
        if rest.first == "[" { throw malformed(text) }
      } else {
        components.append(.key(try takeKey(&rest, of: text)))
        expectsKey = false
      }
      if components.count > 100 { throw Problem(message: "the path is too long", hint: nil) }
    }
    if expectsKey { throw malformed(text) }
    return components
  }

  /// The path as text again, quoting keys where needed.
  package static func text(_ components: [PathComponent]) -> String {
    var text = ""
    for component in components {
      switch component {
      case .index(let index): text += "[\(index)]"
      case .key(let key):
        if !text.isEmpty { text += "." }
        text += key.isEmpty || key.contains { ".[]\"".contains($0) } ? "\"\(key)\"" : key
      }
    }
    return text
  }

  private static func takeKey(_ rest: inout Substring, of text: String) throws(Problem) -> String {
    if rest.first == "\"" {
      rest.removeFirst()
      guard let end = rest.firstIndex(of: "\"") else { throw malformed(text) }
      let key = rest[..<end]
      rest = rest[rest.index(after: end)...]
      return String(key)
    }
    let key = rest.prefix { $0 != "." && $0 != "[" }
    if key.isEmpty || key.contains("]") || key.contains("\"") { throw malformed(text) }
    rest = rest[key.endIndex...]
    return String(key)
  }

  private static func takeIndex(_ rest: inout Substring, of text: String) throws(Problem) -> Int {
    guard let end = rest.firstIndex(of: "]") else { throw malformed(text) }
    let digits = rest[rest.index(after: rest.startIndex)..<end]
    guard DecimalSyntax.isInteger(String(digits)), let index = Int(digits), index >= 0 else {
      throw malformed(text)
    }
    rest = rest[rest.index(after: end)...]
    return index
  }

  private static func malformed(_ text: String) -> Problem {
    Problem(message: "'\(text)' is not a field path", hint: "write it like spec.traffic[0].timeout")
  }
}

extension YAMLValue {
  /// The node at a path, or `nil` when there is none.
  package func value(at path: some Collection<PathComponent>) -> YAMLValue? {
    guard let first = path.first else { return self }
    switch first {
    case .key(let key): return self[key]?.value(at: path.dropFirst())
    case .index(let index):
      guard let elements, elements.indices.contains(index) else { return nil }
      return elements[index].value(at: path.dropFirst())
    }
  }

  /// The tree with the node at a path replaced; missing mappings on the way are created.
  package func setting(
    path: [PathComponent],
    to value: YAMLValue
  ) throws(YAMLPath.Problem) -> YAMLValue {
    try setting(path[...], of: path, to: value)
  }

  private func setting(
    _ rest: ArraySlice<PathComponent>,
    of path: [PathComponent],
    to value: YAMLValue
  ) throws(YAMLPath.Problem) -> YAMLValue {
    guard let first = rest.first else { return value }
    let tail = rest.dropFirst()
    let here = YAMLPath.text(Array(path[..<rest.startIndex]))
    switch first {
    case .key(let key):
      var pairs: [YAMLPair] = []
      if !isNull {
        guard let own = self.pairs else { throw cannotStep(into: here, by: "field '\(key)'") }
        pairs = own
      }
      if let index = pairs.firstIndex(where: { $0.key == key }) {
        pairs[index].value = try pairs[index].value.setting(tail, of: path, to: value)
      } else {
        let empty = YAMLValue.plain("", at: value.mark)
        let inner = try empty.setting(tail, of: path, to: value)
        pairs.append(YAMLPair(key: key, keyMark: value.mark, value: inner))
      }
      return YAMLValue(.mapping(pairs), at: mark)
    case .index(let index):
      guard var elements else { throw cannotStep(into: here, by: "element [\(index)]") }
      guard elements.indices.contains(index) else {
        throw YAMLPath.Problem(
          message: "'\(here)' has \(elements.count) elements, there is no [\(index)]",
          hint: nil
        )
      }
      elements[index] = try elements[index].setting(tail, of: path, to: value)
      return YAMLValue(.sequence(elements), at: mark)
    }
  }

  private func cannotStep(into here: String, by step: String) -> YAMLPath.Problem {
    let place = here.isEmpty ? "the document" : "'\(here)'"
    return YAMLPath.Problem(message: "\(place) is \(kindInWords) and has no \(step)", hint: nil)
  }
}
