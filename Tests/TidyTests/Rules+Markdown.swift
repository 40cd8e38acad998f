/// The shape of documents.
let markdownRules: [Rule] = [
  Rule(
    name: "one title",
    advice: "one `# Title`, on the first line; everything else is `##` or deeper",
    covers: { $0.hasSuffix(".md") },
    findings: { file in
      let titles = proseLines(of: file).filter { $0.text.hasPrefix("# ") }
      if titles.first?.line != 1 { return [Finding(line: 1, text: "no title on the first line")] }
      return Array(titles.dropFirst())
    },
    bad: Sample("docs/A.md", "# A\n\n# B\n"),
    good: Sample("docs/A.md", "# A\n\n```sh\n# a comment\n```\n\n## B\n")
  ),
  Rule(
    name: "short documents",
    advice: "move detail into docs/ and link to it",
    covers: { documentLimits[$0] != nil },
    findings: { file in
      let limit = documentLimits[file.path] ?? 0
      let count = file.lines.count - 1
      return count <= limit ? [] : [Finding(line: limit + 1, text: "\(count) lines of \(limit)")]
    },
    bad: Sample("README.md", String(repeating: "a\n", count: 151)),
    good: Sample("README.md", String(repeating: "a\n", count: 150))
  ),
  Rule(
    name: "links lead somewhere",
    advice: "a relative link must name a file of the repository",
    covers: { $0.hasSuffix(".md") },
    findings: { file in
      proseLines(of: file).filter { finding in
        finding.text.matches(of: /\]\(([^)\s#]+)(#[^)\s]*)?\)/)
          .contains { !leadsSomewhere(String($0.1), from: file.path) }
      }
    },
    bad: Sample("docs/A.md", "# A\n\n[b](no-such-file.md)\n"),
    good: Sample("docs/A.md", "# A\n\n[b](../Makefile), [c](https://kubernetes.io)\n")
  ),
]

/// Lines that a document may have.
let documentLimits = [
  "README.md": 150, "CONTRIBUTING.md": 100, "docs/ARCHITECTURE.md": 250,
]

/// The lines of a document outside its code blocks.
private func proseLines(of file: SourceText) -> [Finding] {
  var isCode = false
  var prose: [Finding] = []
  for (index, line) in file.lines.enumerated() {
    if line.hasPrefix("```") {
      isCode.toggle()
    } else if !isCode {
      prose.append(Finding(line: index + 1, text: line))
    }
  }
  return prose
}
