/// Words that must not appear.
///
/// They are put together from halves, so that this file obeys too.
let wordRules: [Rule] = [
  Rule(
    name: "only PodstormCLI talks to the terminal",
    advice: "return a value; PodstormCLI prints it and picks the exit code",
    covers: { module(of: $0).map { $0 != "PodstormCLI" } ?? false },
    findings: { file in
      file.findings(
        inCode: /(^|[^.\w])(print|debugPrint|dump|exit|abort|fputs|putchar)\(|FileHandle\.standard/
      )
    },
    bad: Sample("Sources/Reports/A.swift", "func f() { print(1) }\n"),
    good: Sample("Sources/Reports/A.swift", "func f() { footprint(1) }  // print(1)\n")
  ),
  Rule(
    name: "no crash by input",
    advice: "collect a Diagnostic; for a bug in this program a precondition with a sentence",
    covers: { $0.hasSuffix(".swift") },
    findings: { $0.findings(inCode: /\bfatalError\b|\btry!|\bas!/) },
    bad: Sample("Sources/Reports/A.swift", "let data = try! read()\n"),
    good: Sample("Sources/Reports/A.swift", "let data = try read()  // not try!\n")
  ),
  Rule(
    name: "no notes to self",
    advice: "file an issue, or do it now",
    covers: isText,
    findings: { file in
      let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
      return findings(of: words, in: file)
    },
    bad: Sample("Sources/Reports/A.swift", "// TO" + "DO: later\n"),
    good: Sample("Sources/Reports/A.swift", "// what is still to do\n")
  ),
  Rule(
    name: "no place of one machine",
    advice: "a path relative to the repository, or one that the user gives",
    covers: isText,
    findings: { file in
      // Tests may speak of places that any machine has, such as those inside a container.
      let ours = ["/wo" + "rk/", "/ro" + "ot/", "/op" + "t/swift"]
      let anyones = ["/ho" + "me/", "/Us" + "ers/", "/t" + "mp/"]
      return findings(of: file.path.hasPrefix("Tests/") ? ours : ours + anyones, in: file)
    },
    bad: Sample("docs/A.md", "# A\n\nsee /ho" + "me/me/a.csv\n"),
    good: Sample("docs/A.md", "# A\n\nsee `Results/a/summary.csv`\n")
  ),
  Rule(
    name: "no wall-clock time in results",
    advice: "timings go to stderr or to the file of --timings, never into a table",
    covers: { module(of: $0).map { $0 != "PodstormCLI" && $0 != "Experiments" } ?? false },
    findings: { $0.findings(inCode: /\bDate\(\)|\bDate\.now\b|\b(Continuous|Suspending)Clock\b/) },
    bad: Sample("Sources/Reports/A.swift", "let now = Date()\n"),
    good: Sample("Sources/Reports/A.swift", "let now = update()\n")
  ),
  Rule(
    name: "no locale in results",
    advice: "the project's own number formatting: a decimal comma would break every table",
    covers: { module(of: $0) != nil },
    findings: { file in
      file.findings(inCode: /\bLocale\b|\w*NumberFormatter\b|\.formatted\(|\blocalized\w*\b/)
    },
    bad: Sample("Sources/Reports/A.swift", "let text = value.formatted(.number)\n"),
    good: Sample("Sources/Reports/A.swift", "let text = formatted(value)\n")
  ),
]

private func findings(of words: [String], in file: SourceText) -> [Finding] {
  file.lines.indices.filter { index in words.contains { file.lines[index].contains($0) } }
    .map { Finding(line: $0 + 1, text: file.lines[$0]) }
}
