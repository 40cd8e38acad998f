import PodstormCLI
import TestSupport
import Testing

@Suite struct ReproductionCommandTests {
  @Test(arguments: [
    "plain", "a/b-c_d.yaml", "x=1,2", "two words", "it's", "$HOME", "a;b", "*", "", "\"", "a\\b",
    "ümlaut", "~", "#",
  ])
  func shellReadsBackWhatWasQuoted(word: String) throws {
    let quoted = ReproductionCommand.quoted(word)
    let result = try runCommand(named: "sh", ["-c", "printf %s " + quoted])
    #expect(result.output == word)
  }

  @Test func plainWordsStayReadable() {
    #expect(ReproductionCommand.quoted("traffic[0].value=4.60") == "'traffic[0].value=4.60'")
    #expect(ReproductionCommand.quoted("run.seed=7") == "run.seed=7")
  }
}
