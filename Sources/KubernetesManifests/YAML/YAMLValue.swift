/// A node of a YAML document that remembers where it stood.
///
/// Aliases and merge keys are already resolved, so every tree is finite and shallow.
package struct YAMLValue: Hashable, Sendable {
  /// What the node holds.
  package enum Content: Hashable, Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLValue])
    case mapping([YAMLPair])
  }
  package var content: Content
  package var mark: SourceMark

  package init(_ content: Content, at mark: SourceMark) {
    self.content = content
    self.mark = mark
  }

  /// A scalar written without quotes, so that `3` is a number and `true` a boolean.
  package static func plain(_ text: String, at mark: SourceMark) -> YAMLValue {
    YAMLValue(.scalar(YAMLScalar(text: text, style: .plain)), at: mark)
  }

  /// A scalar that is a string whatever it looks like.
  package static func quoted(_ text: String, at mark: SourceMark) -> YAMLValue {
    YAMLValue(.scalar(YAMLScalar(text: text, style: .quoted)), at: mark)
  }

  /// The scalar, or `nil` for a sequence or mapping.
  package var scalar: YAMLScalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  /// The elements, or `nil` when this is not a sequence.
  package var elements: [YAMLValue]? {
    if case .sequence(let elements) = content { elements } else { nil }
  }

  /// The pairs in file order, or `nil` when this is not a mapping.
  package var pairs: [YAMLPair]? {
    if case .mapping(let pairs) = content { pairs } else { nil }
  }

  /// Whether this is an unquoted `null`, `~` or nothing at all, which reads as "not given".
  package var isNull: Bool { scalar?.isNull ?? false }

  /// The value of a key, or `nil` when there is none or this is not a mapping.
  package subscript(key: String) -> YAMLValue? { pairs?.first { $0.key == key }?.value }

  /// The number of nodes in the tree, keys not counted.
  package var nodeCount: Int {
    switch content {
    case .scalar: 1
    case .sequence(let elements): elements.reduce(1) { $0 + $1.nodeCount }
    case .mapping(let pairs): pairs.reduce(1) { $0 + $1.value.nodeCount }
    }
  }

  /// What the node is, for messages: `a mapping`, `a list`, `the number 3`, `the text 'abc'`.
  package var kindInWords: String {
    switch content {
    case .mapping: return "a mapping"
    case .sequence: return "a list"
    case .scalar(let scalar):
      switch scalar.resolved {
      case .null: return "nothing"
      case .boolean: return "the boolean \(scalar.excerpt)"
      case .number: return "the number \(scalar.excerpt)"
      case .legacy: return "the bare word \(scalar.excerpt)"
      case .text: return "the text '\(scalar.excerpt)'"
      }
    }
  }
}

/// One entry of a mapping.
package struct YAMLPair: Hashable, Sendable {
  package var key: String
  package var keyMark: SourceMark
  package var value: YAMLValue

  package init(key: String, keyMark: SourceMark, value: YAMLValue) {
    self.key = key
    self.keyMark = keyMark
    self.value = value
  }
}
