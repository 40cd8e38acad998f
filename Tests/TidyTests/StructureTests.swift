import Foundation
import TestSupport
import Testing

/// What the repository must hold, and what belongs together.
@Suite struct StructureTests {
  @Test(arguments: [
    ("Scenarios", "Results"), ("Scenarios", "plots"), ("Results", "Scenarios"),
    ("plots", "Scenarios"),
  ])
  func scenarioResultAndPlotHaveTheSameNames(folder: String, partner: String) {
    let partners = Repository.folders(of: partner)
    for name in missing(from: partners, among: Repository.folders(of: folder)) {
      Issue.record("\(folder)/\(name) has no \(partner)/\(name)")
    }
  }

  /// A patch that no longer applies would silently plant one bug less.
  @Test(arguments: Repository.files(below: "Tests/Mutants").filter { $0.hasSuffix(".patch") })
  func plantedBugStillApplies(patch: String) throws {
    let result = try runCommand(named: "git", ["apply", "--check", patch])
    #expect(result.status == 0, "try `mutants.py --refresh`: \(result.summary)")
  }

  @Test func aMissingPartnerIsNoticed() {
    #expect(missing(from: ["a"], among: ["a", "b", "theory-mm1"]) == ["b"])
  }

  @Test(arguments: unpaired)
  func nameIsStillUnpaired(name: String) {
    let everywhere = ["Scenarios", "Results", "plots"].allSatisfy {
      Repository.folders(of: $0).contains(name)
    }
    #expect(!everywhere, "remove '\(name)' from the list: it is complete now")
    #expect(Repository.exists("Scenarios/\(name)"), "remove '\(name)' from the list: it is gone")
  }

  @Test(arguments: Repository.folders(of: "Scenarios"))
  func scenarioIsComplete(name: String) {
    #expect(Repository.exists("Scenarios/\(name)/scenario.yaml"))
    if !isTheory(name) { #expect(Repository.exists("Scenarios/\(name)/README.md")) }
  }

  @Test(arguments: Repository.folders(of: "Results"))
  func referenceResultsStaySmall(name: String) throws {
    let sizes = try Repository.files(below: "Results/\(name)")
      .map { try Data(contentsOf: Repository.url($0)).count }
    #expect(sizes.reduce(0, +) < 5_000_000, "reduce the run in Results/\(name)/COMMAND")
  }

  @Test(arguments: ["Package.resolved", ".build/", ".venv/"])
  func gitIgnores(pattern: String) throws {
    let text = try #require(Repository.text(".gitignore"))
    #expect(text.split(separator: "\n").contains(Substring(pattern)))
  }

  @Test func formattingIsStrict() throws {
    let result = try runCommand(
      named: "swift",
      ["format", "lint", "--strict", "--parallel", "--recursive", "Package.swift", "Sources"]
        + ["Tests"]
    )
    #expect(result.status == 0, "\(result.summary)")
  }

  @Test func formatterObjectsToBadFormatting() throws {
    try withTemporaryDirectory { folder in
      let file = folder.appending(path: "Bad.swift")
      try Data("let  a=1;\n".utf8).write(to: file)
      let result = try runCommand(
        named: "swift",
        ["format", "lint", "--strict", "--configuration", ".swift-format", file.path]
      )
      #expect(result.status != 0)
    }
  }

  @Test func changelogStartsWithUnreleased() throws {
    let text = try #require(Repository.text("CHANGELOG.md"))
    let headings = text.split(separator: "\n").filter { $0.hasPrefix("## ") }
    #expect(headings.first == "## Unreleased")
  }

  @Test func licenseIsTheOneGSLAsksFor() throws {
    let text = try #require(Repository.text("LICENSE"))
    #expect(text.contains("GNU GENERAL PUBLIC LICENSE"))
    #expect(text.contains("Version 3, 29 June 2007"))
    #expect(text.contains("END OF TERMS AND CONDITIONS"))
  }

  @Test func packageDependsOnTwoPackages() throws {
    let text = try #require(Repository.text("Package.swift"))
    let urls = text.matches(of: /\.package\(\s*url: "([^"]+)"/).map { String($0.1) }
    #expect(
      urls.sorted() == [
        "https://github.com/apple/swift-argument-parser", "https://github.com/jpsim/Yams",
      ]
    )
  }

  @Test func packageTargetsAreTheLayers() throws {
    let text = try #require(Repository.text("Package.swift"))
    let pattern = /\.(?:target|systemLibrary|executableTarget)\(\s*name: "(\w+)"/
    let names = text.matches(of: pattern).map { String($0.1) }.filter { !$0.hasSuffix("Support") }
    #expect(Set(names) == Set(allowedImports.keys))
  }
}

/// Names that are in some of the three folders only, for now.
///
/// The list may only become shorter.
let unpaired: [String] = [
  "cross-namespace-dns", "externalname-migration", "nodeport-vs-loadbalancer-vs-ingress",
  "readiness-flap-under-overload", "statefulset-headless", "ten-thousand-services",
]

/// Scenarios that exist to be compared with a formula; a test holds their expected values.
func isTheory(_ name: String) -> Bool { name.hasPrefix("theory-") }

private func missing(from partners: [String], among names: [String]) -> [String] {
  names.filter { !isTheory($0) && !unpaired.contains($0) && !partners.contains($0) }
}
