package import KubernetesManifests

/// A YAML tree that also knows anchors, aliases and tags, made to be changed and written again.
package indirect enum MutantTree: Sendable {
  /// As it stands in the file, quotes included.
  case scalar(String)
  case list([MutantTree])
  case map([(key: String, value: MutantTree)])
  /// A node with something in front: `&a`, `!!str`.
  case decorated(String, MutantTree)

  /// The same tree as the reader saw it, aliases expanded.
  package init(_ value: YAMLValue) {
    switch value.content {
    case .scalar(let scalar): self = .scalar(Self.written(scalar))
    case .sequence(let elements): self = .list(elements.map(MutantTree.init))
    case .mapping(let pairs):
      self = .map(pairs.map { (Self.written(key: $0.key), MutantTree($0.value)) })
    }
  }

  /// The number of nodes, decorations not counted.
  package var count: Int {
    switch self {
    case .scalar: 1
    case .list(let elements): elements.reduce(1) { $0 + $1.count }
    case .map(let pairs): pairs.reduce(1) { $0 + $1.value.count }
    case .decorated(_, let inner): inner.count
    }
  }

  /// The tree in flow style, which needs no indentation.
  package var flow: String {
    switch self {
    case .scalar(let text): text
    case .list(let elements): "[" + elements.map(\.flow).joined(separator: ", ") + "]"
    case .map(let pairs):
      "{" + pairs.map { $0.key + ": " + $0.value.flow }.joined(separator: ", ") + "}"
    case .decorated(let mark, let inner): mark + " " + inner.flow
    }
  }

  /// The tree in block style, as people write it.
  package func block(indent: Int = 0) -> String {
    let margin = String(repeating: " ", count: indent)
    switch self {
    case .scalar(let text): return " " + text + "\n"
    case .list(let elements):
      if elements.isEmpty { return " []\n" }
      return "\n" + elements.map { margin + "-" + $0.block(indent: indent + 2) }.joined()
    case .map(let pairs):
      if pairs.isEmpty { return " {}\n" }
      return "\n"
        + pairs.map { margin + $0.key + ":" + $0.value.block(indent: indent + 2) }.joined()
    case .decorated(let mark, let inner): return " " + mark + inner.block(indent: indent)
    }
  }

  /// The node counted from the top replaced by what `change` makes of it.
  package func replacing(
    node index: Int,
    with change: (MutantTree) -> MutantTree
  ) -> MutantTree {
    if index == 0 { return change(self) }
    var rest = index - 1
    switch self {
    case .scalar: return self
    case .decorated(let mark, let inner):
      return .decorated(mark, inner.replacing(node: index, with: change))
    case .list(var elements):
      for position in elements.indices {
        let size = elements[position].count
        if rest < size {
          elements[position] = elements[position].replacing(node: rest, with: change)
          return .list(elements)
        }
        rest -= size
      }
      return self
    case .map(var pairs):
      for position in pairs.indices {
        let size = pairs[position].value.count
        if rest < size {
          pairs[position].value = pairs[position].value.replacing(node: rest, with: change)
          return .map(pairs)
        }
        rest -= size
      }
      return self
    }
  }

  /// The node counted from the top.
  package func node(_ index: Int) -> MutantTree {
    var found = self
    _ = replacing(node: index) { node in
      found = node
      return node
    }
    return found
  }

  private static func written(_ scalar: YAMLScalar) -> String {
    scalar.style == .plain ? scalar.text : quoted(scalar.text)
  }

  private static func written(key: String) -> String {
    let isPlain =
      !key.isEmpty
      && key.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII
          && (scalar.properties.isAlphabetic || "0123456789-_./".contains(Character(scalar)))
      }
    return isPlain ? key : quoted(key)
  }

  /// JSON's way to quote, which YAML understands.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
