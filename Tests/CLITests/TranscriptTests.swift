import TestSupport
import Testing

/// The program answers as the transcripts say; `PODSTORM_UPDATE=1` rewrites them.
@Suite struct TranscriptTests {
  private static let folder = "Tests/CLITests/Transcripts"

  @Test(arguments: Repository.entries(of: folder))
  func programAnswersAsWritten(name: String) throws {
    let path = "\(Self.folder)/\(name)"
    let transcript = Transcript(try #require(Repository.text(path)))
    #expect(!transcript.steps.isEmpty)
    try withFixtures { try Golden.check(transcript.replayed(in: $0), against: path) }
  }

  @Test func thereAreTranscripts() {
    #expect(Repository.entries(of: Self.folder).count >= 5)
  }

  @Test func wrongAnswerIsNoticed() throws {
    let text = "$ echo right; echo odd >&2; exit 3\n> wrong\n! odd\n? 3\n"
    let replayed = try withFixtures { try Transcript(text).replayed(in: $0) }
    #expect(replayed == "$ echo right; echo odd >&2; exit 3\n> right\n! odd\n? 3\n")
  }
}
