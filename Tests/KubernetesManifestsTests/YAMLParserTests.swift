import KubernetesManifests
import Testing

/// Parses a text, for tests of the tree.
func parse(
  _ text: String,
  limits: YAMLLimits = YAMLLimits()
) -> (documents: [YAMLValue], errors: [Diagnostic]) {
  parse(Array(text.utf8), limits: limits)
}

/// Parses bytes, for tests of encodings.
func parse(
  _ bytes: [UInt8],
  limits: YAMLLimits = YAMLLimits()
) -> (documents: [YAMLValue], errors: [Diagnostic]) {
  var diagnostics = Diagnostics()
  let documents = YAMLParser.documents(
    in: bytes,
    file: "f.yaml",
    limits: limits,
    into: &diagnostics
  )
  return (documents, diagnostics.all)
}

@Suite struct YAMLParserTests {
  @Test func treesKeepOrderAndPlaces() throws {
    let (documents, errors) = parse("b: 1\na:\n  - x\n  - {c: \"2\"}\n")
    #expect(errors.isEmpty)
    let root = try #require(documents.first)
    #expect(root.pairs?.map(\.key) == ["b", "a"])
    #expect(root["b"]?.scalar == YAMLScalar(text: "1", style: .plain))
    let inner = try #require(root.value(at: [.key("a"), .index(1), .key("c")]))
    #expect(inner.scalar == YAMLScalar(text: "2", style: .quoted))
    #expect(inner.mark == SourceMark(file: "f.yaml", line: 4, column: 9))
    #expect(root.nodeCount == 6)
  }

  @Test func columnsCountCharactersNotBytes() {
    let (documents, _) = parse("{ä: é, b: 1}")
    #expect(documents.first?["b"]?.mark.column == 11)
  }

  @Test func emptyDocumentsAreLeftOut() {
    #expect(parse("").documents.isEmpty)
    #expect(parse("# only a comment\n---\n---\n...\n").documents.isEmpty)
    #expect(parse("---\na: 1\n---\n---\nb: 2\n").documents.count == 2)
  }

  @Test func aByteOrderMarkIsNotContent() {
    let (documents, errors) = parse([0xEF, 0xBB, 0xBF] + Array("a: 1".utf8))
    #expect(errors.isEmpty)
    #expect(documents.first?.pairs?.first?.keyMark.column == 1)
  }

  @Test func jsonIsRead() {
    let (documents, errors) = parse("{\"a\": [1, true, null, \"x\\u00e9\"],\n\t\"b\": {}}")
    #expect(errors.isEmpty)
    #expect(documents.first?["a"]?.elements?.last?.scalar?.text == "xé")
  }

  @Test func aliasesAndMergesAreResolved() throws {
    let text = """
      base: &base {a: 1, b: 2}
      other: &other {b: 3, c: 4}
      one: {<<: *base, a: 9}
      two: {<<: [*base, *other]}
      same: *base
      """
    let (documents, errors) = parse(text)
    #expect(errors.isEmpty)
    let root = try #require(documents.first)
    func shown(_ key: String) -> [String] {
      root[key]?.pairs?.map { "\($0.key)=\($0.value.scalar?.text ?? "?")" } ?? []
    }
    #expect(shown("one") == ["a=9", "b=2"])
    #expect(shown("two") == ["a=1", "b=2", "c=4"])
    #expect(shown("same") == ["a=1", "b=2"])
  }

  @Test(
    arguments: [
      ("", .null), ("~", .null), ("null", .null), ("true", .boolean), ("False", .boolean),
      ("3", .number), ("-3.5e+7", .number), ("0", .number), ("yes", .legacy), ("Off", .legacy),
      ("010", .legacy), ("0x1F", .legacy), ("1_000", .legacy), ("1:30", .legacy), (".NaN", .legacy),
      ("-.inf", .legacy), ("+5", .legacy), ("abc", .text), ("1.2.3", .text), ("12:00:00x", .text),
      ("1.", .text), (".5", .text), ("1e", .text), ("--", .text), ("0b", .text), ("50/s", .text),
      ("250ms", .text),
    ] as [(String, YAMLScalar.Resolved)]
  )
  func plainScalarsResolve(_ text: String, _ expected: YAMLScalar.Resolved) {
    #expect(YAMLScalar(text: text, style: .plain).resolved == expected)
    #expect(YAMLScalar(text: text, style: .quoted).resolved == .text)
  }

  @Test(arguments: [
    ("a: 1\n¶a: 2", "key 'a' is given twice, first on line 1"),
    ("a: {b: 1, ¶b: 2}", "key 'b' is given twice"),
    ("a: ¶*none", "alias '*none' has no anchor"), ("a: &x [¶*x]", "inside the node it refers to"),
    ("a: &x {<<: ¶*x}", "inside the node it refers to"),
    ("a: {<<: ¶3}", "'<<' needs a mapping"), ("? ¶[a, b]\n: 1", "a key must be a single word"),
    ("a: &x [1]\n¶*x : 2", "a key must be a single word"), ("a: ¶!!binary aGk=", "tag"),
    ("a: ¶!Ref x", "tag '!Ref' is not supported"), ("¶~: 1", "a key is missing"),
    ("ab: é¶\u{1}", "control characters are not allowed"),
    ("a: '¶\u{0}'", "NUL byte"),
  ])
  func faultsAreLocated(_ marked: String, _ message: String) throws {
    let (text, line, column) = Fixtures.withoutMarker(marked)
    let error = try #require(parse(text).errors.first)
    #expect(error.message.contains(message), "\(error.rendered)")
    #expect(error.mark == SourceMark(file: "f.yaml", line: line, column: column))
  }

  @Test(arguments: [
    ("a: 1\n b: 2", 2, 3), ("a: [1, 2", 1, 9), ("a: %b", 1, 4), ("a: b: c", 1, 5),
    ("a: @x", 1, 4), ("a: 'x", 1, 6), ("x\n---\n- a\nb", 4, 2),
  ])
  func syntaxErrorsNameTheLine(_ text: String, _ line: Int, _ column: Int) {
    let mark = parse(text).errors.first?.mark
    #expect(mark?.line == line, "\(parse(text).errors.map(\.rendered))")
    #expect(mark?.column == column)
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x61, 0x00], 1, 1, "UTF-16"), ([0xFE, 0xFF, 0x00, 0x61], 1, 1, "UTF-16"),
      ([0x61, 0x00, 0x3A, 0x00], 1, 2, "NUL byte"),
      ([0x61, 0x3A, 0x20, 0x0A, 0x62, 0xC3, 0x28], 2, 2, "0xC3 is not valid UTF-8"),
      ([0xC3, 0xA9, 0x80], 1, 2, "0x80 is not valid UTF-8"),
      ([0x61, 0xED, 0xA0, 0x80], 1, 2, "not valid UTF-8"), ([0xF8], 1, 1, "0xF8"),
    ] as [([UInt8], Int, Int, String)]
  )
  func encodingsAreRefused(_ bytes: [UInt8], _ line: Int, _ column: Int, _ message: String) throws {
    let error = try #require(parse(bytes).errors.first)
    #expect(error.message.contains(message))
    #expect(error.mark == SourceMark(file: "f.yaml", line: line, column: column))
  }
}
