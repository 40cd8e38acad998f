import FuzzSupport
import Testing

@Suite("Every input of the corpus is used and read as it should be")
struct CorpusTests {
  @Test("each reader has its folder, and there is no other")
  func folders() {
    #expect(Set(Corpus.folders) == Set(FuzzReader.allCases.map(\.rawValue)))
    for reader in FuzzReader.allCases { #expect(Corpus.inputs(of: reader).count >= 2) }
  }

  @Test("nothing is wrong with how an input is read", arguments: FuzzReader.allCases)
  func isRead(_ reader: FuzzReader) {
    for input in Corpus.inputs(of: reader) {
      #expect(reader.problems(with: input.bytes) == [], "\(reader.rawValue)/\(input.name)")
    }
  }

  @Test("inputs that are not named after a crash are valid", arguments: [FuzzReader.manifest])
  func isValid(_ reader: FuzzReader) {
    for input in Corpus.inputs(of: reader) where !input.name.hasPrefix("crash-") {
      #expect(!FuzzReader.isRefused(manifest: input.bytes), "\(input.name)")
    }
  }

  @Test("what is wrong with a diagnostic is noticed")
  func problemsAreNoticed() {
    #expect(Validity.complaints(line: 3, column: 1, message: "a", text: "a\nb\n") == [])
    #expect(Validity.complaints(line: 4, column: 1, message: "a", text: "a\nb\n").count == 1)
    #expect(Validity.complaints(line: 1, column: 3, message: "a", text: "a\nb\n").count == 1)
    #expect(Validity.complaints(line: 1, column: 1, message: "\u{1B}[2J", text: "a").count == 1)
    #expect(Validity.complaints(line: 1, column: 1, message: "", text: "a").count == 1)
  }
}
