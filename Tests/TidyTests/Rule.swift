import Testing

/// One rule of the house that a program can check, on one file at a time.
struct Rule: Sendable, CustomTestStringConvertible {
  /// A short name, as it appears in the test's name and in exemptions.
  var name: String
  /// What to do instead, shown with every finding.
  var advice: String
  /// Which files the rule speaks of, by path.
  var covers: @Sendable (String) -> Bool
  /// The offences in one file.
  var findings: @Sendable (SourceText) -> [Finding]
  /// A small file that the rule must object to: without it the rule might never fire.
  var bad: Sample
  /// A small file that looks similar and is fine.
  var good: Sample

  var testDescription: String { name }

  /// What the rule says about a file, nothing for files it does not cover.
  func check(_ file: SourceText) -> [Finding] {
    covers(file.path) ? findings(file) : []
  }
}

/// An offence: where, and what was seen.
struct Finding: Equatable, Sendable {
  /// Counted from 1.
  var line: Int
  var text: String
}

/// A made-up file.
struct Sample: Sendable {
  var path: String
  var text: String
  init(_ path: String, _ text: String) {
    self.path = path
    self.text = text
  }
}

/// A path that a rule lets pass, with the reason.
///
/// The list may only become shorter: an entry whose file has become clean, or has gone, fails the
/// tests.
struct Exemption: Sendable, CustomTestStringConvertible {
  var rule: String
  var path: String
  var reason: String
  var testDescription: String { "\(rule): \(path)" }
}

/// Every rule, in the order of the files they live in.
let rules = sizeRules + importRules + engineRules + wordRules + markdownRules

/// What is let pass for now.
let exemptions: [Exemption] = []
