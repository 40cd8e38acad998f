import Foundation
import KubernetesManifests
import PodstormCLI
import TestSupport
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

  @Test(arguments: ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"])
  func everyLineEndOfYAMLEndsALine(ending: String) throws {
    try withTemporaryDirectory { folder in
      let file = folder.appending(path: "a.yaml")
      try Data("traffic:\(ending)  - tiemout: 8s\(ending)".utf8).write(to: file)
      let printer = DiagnosticPrinter.files(near: file.path, useColor: false)
      let mark = SourceMark(file: "a.yaml", line: 2, column: 5)
      let text = printer.render([Diagnostic(.error, "unknown key", at: mark)])
      #expect(text.hasSuffix("  2 |   - tiemout: 8s\n    |     ^\n"), "\(text)")
    }
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

  @Test func noteTakesOneLine() {
    let text = render(Diagnostic(.note, "ignored", at: mark), source: "a\nkind: Secret\n")
    #expect(text == "shop/scenario.yaml:2:5: note: ignored\n")
  }

  @Test func longLineIsCutAroundTheCaret() throws {
    let place = SourceMark(file: "a.yaml", line: 1, column: 5_001)
    let source = String(repeating: "a", count: 5_000) + "X" + String(repeating: "b", count: 5_000)
    let lines = render(Diagnostic(.error, "odd", at: place), source: source)
      .split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.count < 120 })
    let caret = try #require(lines[2].firstIndex(of: "^"))
    let column = lines[2].distance(from: lines[2].startIndex, to: caret)
    #expect(lines[1].dropFirst(column).first == "X")
  }

  @Test func sourceCannotMoveTheCursor() {
    let text = render(Diagnostic(.error, "odd", at: mark), source: "a\nb: \u{1B}[2J\u{202E}c\n")
    #expect(text.contains("  2 | b: ?[2J?c\n"))
  }

  @Test func remarksOnAFileGoFromItsTopDown() {
    let printer = DiagnosticPrinter(useColor: false) { _ in nil }
    func remark(_ file: String, _ line: Int, _ column: Int = 1) -> Diagnostic {
      Diagnostic(.warning, "odd", at: SourceMark(file: file, line: line, column: column))
    }
    let text = printer.render([
      remark("b", 9), remark("a", 2), remark("b", 3, 7), remark("b", 3, 2), remark("a", 1),
    ])
    let places = text.split(separator: "\n").map { $0.prefix { $0 != " " } }
    #expect(places == ["b:3:2:", "b:3:7:", "b:9:1:", "a:1:1:", "a:2:1:"])
  }

  @Test func colorsAreOnlyAdded() {
    let diagnostic = Diagnostic(.error, "odd", at: mark, hint: "even")
    let plain = render(diagnostic, source: "a\nbcdefg\n")
    let colored = render(diagnostic, source: "a\nbcdefg\n", color: true)
    #expect(colored != plain)
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }
}
