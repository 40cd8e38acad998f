import Foundation
import TestSupport
import Testing

/// Every rule of the house, on every file of the repository.
@Suite struct TidyTests {
  @Test(arguments: rules)
  func repositoryObeys(rule: Rule) {
    for file in repositoryFiles where !isExempt(file.path, from: rule) {
      for finding in rule.check(file) {
        Issue.record(
          "\(file.path):\(finding.line): \(finding.text.prefix(120))\n\(rule.name): \(rule.advice)"
        )
      }
    }
  }

  @Test(arguments: rules)
  func ruleObjectsToItsBadSample(rule: Rule) {
    let sample = SourceText(path: rule.bad.path, text: rule.bad.text)
    #expect(!rule.check(sample).isEmpty)
  }

  @Test(arguments: rules)
  func ruleAcceptsItsGoodSample(rule: Rule) {
    let sample = SourceText(path: rule.good.path, text: rule.good.text)
    #expect(rule.covers(rule.good.path) || rule.name == "only KubernetesManifests knows YAML")
    #expect(rule.check(sample) == [])
  }

  @Test(arguments: exemptions)
  func exemptionIsStillNeeded(exemption: Exemption) throws {
    let rule = try #require(rules.first { $0.name == exemption.rule })
    let file = try #require(repositoryFiles.first { $0.path == exemption.path })
    #expect(!rule.check(file).isEmpty, "remove the exemption: the file has become clean")
  }

  @Test func filesAreFound() {
    #expect(repositoryFiles.contains { $0.path == "Sources/SimKernel/SimTime.swift" })
    #expect(repositoryFiles.contains { $0.path == "README.md" })
  }

  @Test(arguments: [
    ("let a = \"print(1)\"", "let a =           "),
    ("f() // try!", "f()        "),
    ("f() /* a /* b */ c */ g()", "f()                   g()"),
    ("\"\\(x + \")\")\" + y", "             + y"),
    ("#\"a\"b\"# + y", "        + y"),
    ("\"\"\"\n a \"b\"\n\"\"\" + y", "   \n      \n    + y"),
  ])
  func commentsAndLiteralsAreMasked(source: String, expected: String) {
    #expect(maskingCommentsAndLiterals(of: source) == expected)
  }

  private func isExempt(_ path: String, from rule: Rule) -> Bool {
    exemptions.contains { $0.rule == rule.name && $0.path == path }
  }
}

/// Every text file that people write, read once.
let repositoryFiles: [SourceText] = {
  let folders = ["Sources", "Tests", "Benchmarks", "Scenarios", "plots", "docs"]
  let paths =
    folders.flatMap(Repository.files(below:)) + Repository.entries(of: "") + [".ci/run"]
  return paths.filter(isText).compactMap { path in
    Repository.text(path).map { SourceText(path: path, text: $0) }
  }
}()

/// Whether a link of a document names a web page or an existing file.
func leadsSomewhere(_ target: String, from document: String) -> Bool {
  if target.contains("://") || target.hasPrefix("mailto:") { return true }
  let folder = document.split(separator: "/").dropLast().joined(separator: "/")
  return Repository.exists(folder.isEmpty ? target : "\(folder)/\(target)")
}
