import KubernetesManifests
import Testing

private let mark = SourceMark(file: "--set", line: 1, column: 1)

@Suite struct YAMLPathTests {
  @Test(
    arguments: [
      ("a", [.key("a")]), ("a.b[0].c", [.key("a"), .key("b"), .index(0), .key("c")]),
      ("shop/deployment/backend.cpu", [.key("shop/deployment/backend"), .key("cpu")]),
      ("a.\"b.c\".d", [.key("a"), .key("b.c"), .key("d")]),
      ("a[1][2]", [.key("a"), .index(1), .index(2)]),
    ] as [(String, [PathComponent])]
  )
  func pathsRoundTrip(_ text: String, _ components: [PathComponent]) throws {
    #expect(try YAMLPath.parse(text) == components)
    #expect(YAMLPath.text(components) == text)
  }

  @Test(arguments: [
    "", ".", "a.", ".a", "a..b", "a[", "a[]", "a[x]", "a[-1]", "a[0]b", "a]", "a.[0]", "\"a",
    "a[99999999999999999999]", "a[01]", String(repeating: "a.", count: 200) + "a",
  ])
  func malformedPathsAreRefused(_ text: String) {
    #expect(throws: YAMLPath.Problem.self) { try YAMLPath.parse(text) }
  }

  private static let document = "spec:\n  run: {seed: 1}\n  traffic:\n    - {name: a}\n    - 5\n"

  @Test(arguments: [
    ("spec.run.seed", "spec:\n  run:\n    seed: new\n  traffic:\n    - name: a\n    - 5\n"),
    (
      "spec.run.deep.er",
      "spec:\n  run:\n    seed: 1\n    deep:\n      er: new\n  traffic:\n    - name: a\n    - 5\n"
    ),
    ("spec.traffic[1]", "spec:\n  run:\n    seed: 1\n  traffic:\n    - name: a\n    - new\n"),
    ("spec.traffic", "spec:\n  run:\n    seed: 1\n  traffic: new\n"),
  ])
  func settingReplacesOrCreates(_ path: String, _ expected: String) throws {
    let root = try #require(parse(Self.document).documents.first)
    let changed = try root.setting(path: try YAMLPath.parse(path), to: .plain("new", at: mark))
    #expect(YAMLEmitter.text(changed) == expected)
    #expect(changed.value(at: try YAMLPath.parse(path))?.mark == mark)
  }

  @Test(arguments: [
    ("spec.run.seed.x", "'spec.run.seed' is the number 1 and has no field 'x'"),
    ("spec.traffic[2]", "'spec.traffic' has 2 elements, there is no [2]"),
    ("spec.traffic.name", "'spec.traffic' is a list and has no field 'name'"),
    ("spec[0]", "'spec' is a mapping and has no element [0]"),
    ("[0]", "the document is a mapping and has no element [0]"),
    ("spec.none[0]", "'spec.none' is nothing and has no element [0]"),
  ])
  func stepsIntoTheWrongKindAreRefused(_ path: String, _ message: String) throws {
    let root = try #require(parse(Self.document).documents.first)
    let components: [PathComponent] =
      path == "[0]" ? [.index(0)] : try YAMLPath.parse(path)
    let error = #expect(throws: YAMLPath.Problem.self) {
      try root.setting(path: components, to: .plain("new", at: mark))
    }
    #expect(error?.message == message)
  }
}

@Suite struct YAMLEmitterTests {
  /// A tree without its places, for comparing.
  private func shape(_ value: YAMLValue) -> String {
    switch value.content {
    case .scalar(let scalar):
      return scalar.resolved == .null ? "~" : "<\(scalar.resolved) \(scalar.text)>"
    case .sequence(let elements):
      return "[" + elements.map(shape).joined(separator: ",") + "]"
    case .mapping(let pairs):
      return "{" + pairs.map { "\($0.key)=\(shape($0.value))" }.joined(separator: ",") + "}"
    }
  }

  @Test(arguments: [
    Fixtures.deployment, Fixtures.autoscaler, "a", "[]", "{}", "{a: [], b: {}, c: ~}",
    "- - - x\n  - y",
    "[[1, [2]], {a: [{b: c, d: e}]}]", "a: 'yes'\nb: '010'\nc: '1'\nd: 'null'\ne: ''",
    "a: '- x'\nb: 'x: y'\nc: 'x #y'\nd: '#'\ne: '*a'\nf: ' x '\ng: 'x:'", "a: |\n  two\n  lines\n",
    "a: \"tab\\t quote\\\" back\\\\ nul\\0 bell\\a é \\U0001F600 \\u2028\"", "'<<': {a: b}",
    "'a: b': 1\n'': 2\n'- x': 3\n'true': 4", "a: --- x\nb: '---'\nc: '...'", "a: -1\nb: -x\nc: '-'",
    "a: '%x'\nb: '@x'\nc: '`x'\nd: '?x'\ne: ':x'\nf: ': x'", "a: 'x\n\n  y'",
  ])
  func whatIsPrintedReadsBackTheSame(_ text: String) throws {
    let (documents, errors) = parse(text)
    #expect(errors.isEmpty, "\(errors.map(\.rendered))")
    let root = try #require(documents.first)
    let printed = YAMLEmitter.text(root)
    let again = parse(printed)
    #expect(again.errors.isEmpty, "\(printed)\(again.errors.map(\.rendered))")
    #expect(again.documents.map(shape) == [shape(root)], "\(printed)")
    #expect(again.documents.first.map(YAMLEmitter.text) == printed)
  }

  @Test func quotesAppearOnlyWhereNeeded() throws {
    let text = "a: 'plain words'\nb: '8080'\nc: 8080\nd: 250ms\ne: [x, {f: g, h: i}]\n"
    let root = try #require(parse(text).documents.first)
    #expect(
      YAMLEmitter.text(root)
        == "a: plain words\nb: \"8080\"\nc: 8080\nd: 250ms\ne:\n  - x\n  - f: g\n    h: i\n"
    )
  }
}
