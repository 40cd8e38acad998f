/// Turns events into trees, without recursion and within limits.
struct YAMLTreeBuilder {
  private(set) var documents: [YAMLValue] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// True after the end of the stream or a fault that makes the rest unreadable.
  private(set) var isFinished = false

  private let file: String
  private let limits: YAMLLimits
  private var stack: [Frame] = []
  private var anchors: [String: Subtree] = [:]
  private var nodes = 0
  private var textSize = 0
  private var documentCount = 0

  /// A finished node with its cost, aliases expanded.
  struct Subtree {
    var value: YAMLValue
    var nodes: Int
    /// Bytes of its texts.
    var text: Int
    /// 1 for a scalar.
    var height: Int
  }

  /// A mapping or sequence that is still open.
  private struct Frame {
    var isMapping: Bool
    var anchor: String?
    var mark: SourceMark
    var nodes = 1
    var text = 0
    var height = 1
    var elements: [YAMLValue] = []
    var pairs: [YAMLPair] = []
    /// The line of each key.
    var keys: [String: Int] = [:]
    var key: (text: String, mark: SourceMark, isMerge: Bool)?
    var merges: [YAMLValue] = []
  }

  init(file: String, limits: YAMLLimits) {
    self.file = file
    self.limits = limits
  }

  /// Takes the next event; ignores all after the first fatal fault.
  mutating func accept(_ located: LocatedEvent) {
    guard !isFinished else { return }
    let mark = SourceMark(file: file, line: located.line, column: located.column)
    switch located.event {
    case .streamEnd: isFinished = true
    case .documentStart: beginDocument(at: mark)
    case .documentEnd: anchors.removeAll(keepingCapacity: true)
    case .alias(let name): resolveAlias(name, at: mark)
    case .scalar(let scalar, let anchor, let tag):
      accept(scalar, anchor: anchor, tag: tag, at: mark)
    case .sequenceStart(let anchor, let tag): open(false, anchor: anchor, tag: tag, at: mark)
    case .mappingStart(let anchor, let tag): open(true, anchor: anchor, tag: tag, at: mark)
    case .collectionEnd: closeCollection()
    }
  }

  /// Ends the file with what libyaml said about it.
  mutating func fail(_ error: YAMLSyntaxError, in text: ArraySlice<UInt8>) {
    // At the end of the text libyaml speaks of a line that does not exist.
    let end = SourceText.position(ofByte: text.count, in: text)
    var place = end
    switch error.place {
    case .position(let line, let column): place = (line, column) < end ? (line, column) : end
    case .offset(let offset): place = SourceText.position(ofByte: offset, in: text)
    }
    // libyaml counts brackets ahead of its own events and may refuse before the builder does.
    let message =
      error.message.contains("Maximum nesting level")
      ? "more than \(limits.depth) levels of nesting" : "invalid YAML: \(error.message)"
    fatal(message, at: SourceMark(file: file, line: place.line, column: place.column))
  }

  private mutating func beginDocument(at mark: SourceMark) {
    documentCount += 1
    if documentCount > limits.documents {
      fatal("more than \(limits.documents) documents in one file", at: mark)
    }
  }

  private mutating func open(_ isMapping: Bool, anchor: String?, tag: String?, at mark: SourceMark)
  {
    if expectsKey {
      return fatal("a key must be a single word, not a mapping or list", at: mark)
    }
    if stack.count >= limits.depth {
      return fatal("more than \(limits.depth) levels of nesting", at: mark)
    }
    let expected = isMapping ? "tag:yaml.org,2002:map" : "tag:yaml.org,2002:seq"
    if let tag, tag != expected, tag != "!" { reportTag(tag, at: mark) }
    guard spend(1, text: 0, at: mark) else { return }
    stack.append(Frame(isMapping: isMapping, anchor: anchor, mark: mark))
  }

  private mutating func accept(
    _ scalar: YAMLScalar,
    anchor: String?,
    tag: String?,
    at mark: SourceMark
  ) {
    let size = scalar.text.utf8.count
    guard spend(1, text: size, at: mark) else { return }
    var scalar = scalar
    switch tag {
    case nil: break
    case "!", "tag:yaml.org,2002:str": scalar.style = .quoted
    case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool",
      "tag:yaml.org,2002:null":
      scalar.style = .plain
    case .some(let other): reportTag(other, at: mark)
    }
    let value = YAMLValue(.scalar(scalar), at: mark)
    let subtree = Subtree(value: value, nodes: 1, text: size, height: 1)
    if let anchor { anchors[anchor] = subtree }
    attach(subtree, isAlias: false)
  }

  private mutating func resolveAlias(_ name: String, at mark: SourceMark) {
    if stack.contains(where: { $0.anchor == name }) {
      return fatal("alias '*\(name)' stands inside the node it refers to", at: mark)
    }
    guard var target = anchors[name] else {
      return fatal("alias '*\(name)' has no anchor '&\(name)' before it", at: mark)
    }
    if stack.count + target.height > limits.depth + 1 {
      return fatal("more than \(limits.depth) levels of nesting", at: mark)
    }
    guard spend(target.nodes, text: target.text, at: mark) else { return }
    target.value.mark = mark
    attach(target, isAlias: true)
  }

  private mutating func closeCollection() {
    guard let frame = stack.popLast() else { return }
    var content = YAMLValue.Content.sequence(frame.elements)
    if frame.isMapping { content = .mapping(merged(frame)) }
    let subtree = Subtree(
      value: YAMLValue(content, at: frame.mark),
      nodes: frame.nodes,
      text: frame.text,
      height: frame.height
    )
    if let anchor = frame.anchor { anchors[anchor] = subtree }
    attach(subtree, isAlias: false)
  }

  /// Puts a finished node where it belongs: a key, a value, an element or a document.
  private mutating func attach(_ subtree: Subtree, isAlias: Bool) {
    guard var frame = stack.popLast() else {
      if !subtree.value.isNull { documents.append(subtree.value) }
      return
    }
    defer { stack.append(frame) }
    if frame.isMapping, frame.key == nil {
      setKey(subtree.value, isAlias: isAlias, in: &frame)
      return
    }
    frame.nodes += subtree.nodes
    frame.text += subtree.text
    frame.height = max(frame.height, subtree.height + 1)
    guard frame.isMapping, let key = frame.key else {
      frame.elements.append(subtree.value)
      return
    }
    frame.key = nil
    if key.isMerge {
      frame.merges.append(subtree.value)
    } else if let first = frame.keys[key.text] {
      report("key '\(key.text)' is given twice, first on line \(first)", at: key.mark)
    } else {
      frame.keys[key.text] = key.mark.line
      frame.pairs.append(YAMLPair(key: key.text, keyMark: key.mark, value: subtree.value))
    }
  }

  private mutating func setKey(_ value: YAMLValue, isAlias: Bool, in frame: inout Frame) {
    guard let scalar = value.scalar else {
      frame.key = ("", value.mark, false)
      return fatal("a key must be a single word, not \(value.kindInWords)", at: value.mark)
    }
    if scalar.isNull { report("a key is missing before ':'", at: value.mark) }
    let isMerge = scalar.style == .plain && scalar.text == "<<" && !isAlias
    frame.key = (scalar.text, value.mark, isMerge)
  }

  /// The pairs of a mapping after its merge keys; own keys win, then the earlier source.
  private mutating func merged(_ frame: Frame) -> [YAMLPair] {
    var pairs = frame.pairs
    var keys = frame.keys
    for merge in frame.merges {
      let sources = merge.elements ?? [merge]
      for source in sources {
        guard let inherited = source.pairs else {
          report(
            "'<<' needs a mapping or a list of mappings, not \(source.kindInWords)",
            at: source.mark
          )
          continue
        }
        for pair in inherited where keys[pair.key] == nil {
          keys[pair.key] = pair.keyMark.line
          pairs.append(pair)
        }
      }
    }
    return pairs
  }

  private var expectsKey: Bool { stack.last.map { $0.isMapping && $0.key == nil } ?? false }

  /// Counts nodes and bytes of text; false, with an error, once the budget is gone.
  private mutating func spend(_ count: Int, text: Int, at mark: SourceMark) -> Bool {
    nodes += count
    textSize += text
    if nodes > limits.nodes {
      fatal("more than \(limits.nodes) values in one file after expanding aliases", at: mark)
      return false
    }
    if textSize > limits.text {
      fatal("more than \(limits.text) bytes of text in one file after expanding aliases", at: mark)
      return false
    }
    return true
  }

  private mutating func reportTag(_ tag: String, at mark: SourceMark) {
    report("tag '\(tag)' is not supported", at: mark)
  }

  private mutating func report(_ message: String, at mark: SourceMark) {
    diagnostics.append(Diagnostic(.error, message, at: mark))
  }

  private mutating func fatal(_ message: String, at mark: SourceMark) {
    report(message, at: mark)
    isFinished = true
  }
}
