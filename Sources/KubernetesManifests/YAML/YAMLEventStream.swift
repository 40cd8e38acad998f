import CYaml

/// libyaml's event interface, in the copy that the Yams package carries.
///
/// Events and not `Yams.Parser`, whose tree is built and freed by recursion, which hashes whole
/// subtrees to find duplicate keys, and which stops the process on states it takes for impossible:
/// a hostile file could crash or hang it before any check of ours has run.
struct YAMLEventStream: ~Copyable {
  /// libyaml keeps pointers into this struct, so it must not move.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private var isFinished = false

  /// The bytes must be valid UTF-8 and outlive the stream.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    parser = .allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      return nil
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The next event.
  ///
  /// After the end or an error, always `streamEnd`.
  mutating func next() throws(YAMLSyntaxError) -> LocatedEvent {
    while !isFinished {
      var raw = yaml_event_t()
      guard yaml_parser_parse(parser, &raw) == 1 else {
        isFinished = true
        throw syntaxError()
      }
      defer { yaml_event_delete(&raw) }
      if let event = Self.translate(raw) {
        if case .streamEnd = event { isFinished = true }
        return LocatedEvent(
          event: event,
          line: Int(raw.start_mark.line) + 1,
          column: Int(raw.start_mark.column) + 1
        )
      }
    }
    return LocatedEvent(event: .streamEnd, line: 1, column: 1)
  }

  private static func translate(_ raw: yaml_event_t) -> YAMLEvent? {
    switch raw.type {
    case YAML_STREAM_START_EVENT: return nil
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_ALIAS_EVENT: return .alias(text(raw.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT: return scalar(raw)
    case YAML_SEQUENCE_START_EVENT:
      let data = raw.data.sequence_start
      return .sequenceStart(anchor: text(data.anchor), tag: text(data.tag))
    case YAML_MAPPING_START_EVENT:
      let data = raw.data.mapping_start
      return .mappingStart(anchor: text(data.anchor), tag: text(data.tag))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .collectionEnd
    default: return .streamEnd
    }
  }

  private static func scalar(_ raw: yaml_event_t) -> YAMLEvent {
    let data = raw.data.scalar
    let bytes = UnsafeBufferPointer(start: data.value, count: Int(data.length))
    let isPlain = data.style == YAML_PLAIN_SCALAR_STYLE
    let value = YAMLScalar(
      text: String(decoding: bytes, as: UTF8.self),
      style: isPlain ? .plain : .quoted
    )
    return .scalar(value, anchor: text(data.anchor), tag: text(data.tag))
  }

  private static func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  private func syntaxError() -> YAMLSyntaxError {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "the text cannot be read"
    let context = state.context.map { String(cString: $0) }
    let message = context.map { "\($0): \(problem)" } ?? problem
    if state.error == YAML_READER_ERROR {
      return YAMLSyntaxError(message: problem, place: .offset(Int(state.problem_offset)))
    }
    let mark = state.problem_mark
    return YAMLSyntaxError(
      message: message,
      place: .position(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    )
  }
}

/// Why libyaml gave up, and where.
struct YAMLSyntaxError: Error {
  /// Where libyaml stopped.
  enum Place {
    case position(line: Int, column: Int)
    /// In bytes from the start of the text.
    case offset(Int)
  }
  var message: String
  var place: Place
}
