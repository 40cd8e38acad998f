import KubernetesManifests
import PodstormCLI
import Testing

@Suite struct DiagnosticPrinterTests {
  private func render(_ diagnostic: Diagnostic, source: String?, color: Bool = false) -> String {
    let printer = DiagnosticPrinter(useColor: color) { _ in
      source?.split(separator: "\n", omittingEmptySubsequences: false)
    }
    return printer.render([diagnostic])
  }

  private let mark = SourceMark(file: "shop/scenario.yaml", line: 2, column: 5)

  @Test func placeCauseLineCaretAndHint() {
    let diagnostic = Diagnostic(
      .error,
      "unknown key 'tiemout'",
      at: mark,
      field: "spec.traffic[0]",
      hint: "did you mean 'timeout'?"
    )
    #expect(
      render(diagnostic, source: "traffic:\n  - tiemout: 8s\n") == """
        shop/scenario.yaml:2:5: error: unknown key 'tiemout' (spec.traffic[0])
          2 |   - tiemout: 8s
            |     ^
          hint: did you mean 'timeout'?

        """
    )
  }

  @Test func tabsStayTabsBelowTheLine() {
    let text = render(Diagnostic(.warning, "odd", at: mark), source: "a\n\t\tb: c\n")
    #expect(text.contains("  2 | \t\tb: c\n    | \t\t  ^\n"))
  }

  @Test(arguments: [nil, "", "one line only"])
  func placeThatCannotBeShownIsLeftOut(source: String?) {
    let text = render(Diagnostic(.note, "ignored", at: mark), source: source)
    #expect(text == "shop/scenario.yaml:2:5: note: ignored\n")
  }

  @Test func overrideHasNoLine() {
    let mark = SourceMark(file: "--set run.seed", line: 1, column: 1)
    let text = render(Diagnostic(.error, "expected a whole number", at: mark), source: nil)
    #expect(text == "--set run.seed: error: expected a whole number\n")
  }

  @Test func withoutAPlaceTheProgramSpeaks() {
    let text = render(Diagnostic(.error, "no such file", at: nil, hint: "look again"), source: "")
    #expect(text == "podstorm: error: no such file\n  hint: look again\n")
  }

  @Test func colorsAreOnlyAdded() {
    let diagnostic = Diagnostic(.error, "odd", at: mark, hint: "even")
    let plain = render(diagnostic, source: "a\nbcdefg\n")
    let colored = render(diagnostic, source: "a\nbcdefg\n", color: true)
    #expect(colored != plain)
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }
}
