import KubernetesManifests
import Testing

/// Input made to exhaust a reader; each must end in one located error, quickly.
@Suite struct YAMLLimitTests {
  @Test(arguments: [
    String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 100_000),
    String(repeating: "- ", count: 100_000) + "x",
    (0..<2_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
    String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000),
    "a: " + String(repeating: "[a, {b: ", count: 50_000),
  ])
  func deepNestingIsRefused(_ text: String) throws {
    let (documents, errors) = parse(text)
    #expect(documents.isEmpty)
    #expect(errors.count == 1)
    let error = try #require(errors.first)
    #expect(error.message == "more than 100 levels of nesting" && error.mark != nil)
  }

  @Test func nestingUpToTheLimitIsRead() {
    let levels = 100
    let text = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    #expect(parse(text).errors.isEmpty)
    #expect(parse("[" + text + "]").errors.count == 1)
  }

  @Test func anAliasBombIsRefusedWhereItBursts() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let errors = parse(text).errors
    #expect(errors.count == 1)
    let error = try #require(errors.first)
    #expect(error.message == "more than 1000000 values in one file after expanding aliases")
    // Each level k holds about 10^(k+1) values: the sixth power is passed within a5.
    #expect(error.mark?.line == 6)
  }

  @Test func aMergeBombIsRefused() {
    var text = "m0: &m0 {k0: 1}\n"
    for level in 1...40 {
      text += "m\(level): &m\(level) {<<: [*m\(level - 1), *m\(level - 1)], k\(level): 1}\n"
    }
    #expect(parse(text).errors.count == 1)
  }

  @Test func aChainOfAliasesCountsAsNesting() {
    var text = "- &a0 [x]\n"
    for level in 1...20_000 { text += "- &a\(level) [*a\(level - 1)]\n" }
    let errors = parse(text).errors
    #expect(errors.map(\.message) == ["more than 100 levels of nesting"])
  }

  @Test func tooManyDocumentsAreRefused() {
    #expect(parse(String(repeating: "--- a\n", count: 1_000)).errors.isEmpty)
    let errors = parse(String(repeating: "--- a\n", count: 1_001)).errors
    #expect(errors.map(\.message) == ["more than 1000 documents in one file"])
    #expect(errors.first?.mark?.line == 1_001)
  }

  @Test func tooManyValuesAndBytesAreRefused() {
    var limits = YAMLLimits()
    limits.nodes = 10
    #expect(parse("[1, 2, 3, 4, 5, 6, 7, 8, 9]", limits: limits).errors.isEmpty)
    #expect(parse("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", limits: limits).errors.count == 1)
    limits.fileSize = 5
    #expect(parse("a: 12", limits: limits).errors.isEmpty)
    #expect(parse("a: 123", limits: limits).errors.first?.mark?.line == 1)
  }

  @Test func aLongTextRepeatedByAliasesIsRefused() {
    var limits = YAMLLimits()
    limits.text = 100
    let text = "a: &a 0123456789\nb: [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
    // Ten times ten bytes and the two keys.
    let errors = parse(text, limits: limits).errors
    #expect(
      errors.map(\.message) == ["more than 100 bytes of text in one file after expanding aliases"]
    )
    #expect(errors.first?.mark?.line == 2)
    limits.text = 102
    #expect(parse(text, limits: limits).errors.isEmpty)
  }

  /// Places that libyaml reports and places that are counted here must agree on what a line is.
  @Test(arguments: ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"])
  func linesEndAsInYAML(_ end: String) {
    let mark = SourceMark(file: "f.yaml", line: 3, column: 4)
    #expect(parse("a: 1\(end)é: 2\(end)b: \0").errors.map(\.mark) == [mark])
  }

  @Test func remarksAreCapped() {
    let objects = (0..<900).map { index in
      "--- {apiVersion: v1, kind: LimitRange, metadata: {name: a\(index)}}\n"
    }
    let first = InputFileReader.File(path: "a", bytes: Array(objects.joined().utf8), sha256: "")
    var second = first
    second.path = "b"
    var diagnostics = Diagnostics()
    _ = ManifestSet(reading: [first, second], into: &diagnostics)
    #expect(diagnostics.all.count == Diagnostics.errorLimit + 1)
    #expect(diagnostics.all.last?.message == "more remarks follow, which are not shown")
  }

  @Test func whatIsQuotedIsPrintableAndShort() {
    let text =
      "apiVersion: v1\nkind: Service\n\"\\e[2J\\u202E" + String(repeating: "x", count: 5_000)
    let errors = Fixtures.read(text + "\": 1\nspec: 1\nmetadata: 1\n").diagnostics
    #expect(!errors.isEmpty)
    for text in errors.flatMap({ [$0.message, $0.field, $0.hint ?? ""] }) {
      #expect(text.unicodeScalars.count <= PrintableText.limit + 1)
      #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
    }
  }

  @Test func errorsAreCapped() {
    let entries = (0..<5_000).map { "  key\($0): \($0)" }.joined(separator: "\n")
    let (_, diagnostics) = Fixtures.read("apiVersion: v1\nkind: Service\nspec:\n" + entries)
    #expect(diagnostics.count == Diagnostics.errorLimit + 1)
    #expect(diagnostics.last?.message == "more errors follow, which are not shown")
  }

  @Test func longListsAreRefusedWhereElementsAreCompared() {
    let ports = Array(repeating: "{port: 80}", count: 10_001).joined(separator: ", ")
    let text = Fixtures.service.replacing("ports:", with: "ports: [\(ports)]\n  x:")
    #expect(Fixtures.read(text).diagnostics.contains { $0.message == "more than 10000 elements" })
  }

  @Test func noPrefixAndNoMutilationOfAManifestTraps() {
    let bytes = Array((Fixtures.deployment + "---\n" + RealisticManifest.text).utf8)
    var state: UInt64 = 42
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let spice = Array("{}[]:&*!|>'\"%@`,#-? \n\t\u{0}0é".utf8) + [0xFF, 0x80]
    var faulty = 0
    for round in 0..<600 {
      var mutant = round % 3 == 0 ? Array(bytes.prefix(next(bytes.count))) : bytes
      for _ in 0..<next(6) where !mutant.isEmpty {
        mutant[next(mutant.count)] = spice[next(spice.count)]
      }
      var diagnostics = Diagnostics()
      let file = InputFileReader.File(path: "f", bytes: mutant, sha256: "")
      _ = ManifestSet(reading: [file], into: &diagnostics)
      #expect(diagnostics.all.allSatisfy { $0.mark != nil })
      if diagnostics.hasErrors { faulty += 1 }
    }
    #expect(faulty > 300)
  }
}
