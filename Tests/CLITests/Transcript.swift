import Foundation
import TestSupport

/// A text file that shows commands and everything they must answer.
///
/// Lines start with `#` (comment), `$` (a command for the shell), `>` (its standard output), `!`
/// (its standard error) or `?` (its exit code). Commands run one after the other in a folder of
/// their own that holds a copy of `Fixtures`.
struct Transcript {
  /// One command with its answers.
  struct Step {
    var comments: [String]
    var command: String
    var output = ""
    var errors = ""
    var status: Int32 = 0

    /// In the form of the file.
    var text: String {
      let lines =
        comments + ["$ " + command] + Self.marked(">", output) + Self.marked("!", errors)
        + ["? \(status)"]
      return lines.joined(separator: "\n") + "\n"
    }

    private static func marked(_ mark: String, _ text: String) -> [String] {
      guard !text.isEmpty else { return [] }
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if lines.last == "" { lines.removeLast() } else { lines.append("(no line end)") }
      return lines.map { $0.isEmpty ? mark : mark + " " + $0 }
    }
  }
  var steps: [Step]
  /// Comments after the last command.
  var trailer: [String]

  /// The commands of a file; what they answered when it was written is in the file's text.
  init(_ text: String) {
    steps = []
    trailer = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
      if line.hasPrefix("$ ") {
        steps.append(Step(comments: trailer, command: String(line.dropFirst(2))))
        trailer = []
      } else if line.hasPrefix("#") {
        trailer.append(String(line))
      }
    }
  }

  /// The same commands with what they answer now, in the form of the file.
  func replayed(in folder: URL) throws -> String {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let environment = [
      "PATH": Podstorm.binary.deletingLastPathComponent().path + ":" + path, "COLUMNS": "",
      "NO_COLOR": "", "TERM": "dumb", "LC_ALL": "C",
    ]
    let texts = try steps.map { step in
      var step = step
      let result = try runCommand(
        named: "sh",
        ["-c", step.command],
        in: folder,
        environment: environment
      )
      step.output = result.output
      step.errors = result.errors
      step.status = result.status
      return step.text
    }
    return texts.joined(separator: "\n") + trailer.map { $0 + "\n" }.joined()
  }
}

/// Gives `body` a folder with a copy of this target's `Fixtures`.
func withFixtures<Value>(_ body: (URL) throws -> Value) throws -> Value {
  try withTemporaryDirectory { folder in
    for name in Repository.entries(of: "Tests/CLITests/Fixtures") {
      try FileManager.default.copyItem(
        at: Repository.url("Tests/CLITests/Fixtures/\(name)"),
        to: folder.appending(path: name)
      )
    }
    return try body(folder)
  }
}
