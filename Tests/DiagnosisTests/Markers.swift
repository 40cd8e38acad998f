import Diagnosis
import KubernetesManifests

/// A place in a fixture at which a rule must fire.
///
/// It is written below the line that it means: `#   ^^^^^^ PS1101`.
struct Marker: Hashable, CustomStringConvertible {
  var code: String
  var line: Int
  var column: Int
  var length: Int

  var description: String { "\(code) at \(line):\(column), \(length) characters" }

  /// Every marker of a text; a marker's line is that of the nearest line above that has none.
  static func all(in text: String) -> [Marker] {
    var markers: [Marker] = []
    var lastLine = 0
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard let match = line.firstMatch(of: /^\s*#\s*(\^+) (PS\d{4})$/) else {
        lastLine = index + 1
        continue
      }
      let column = line.distance(from: line.startIndex, to: match.1.startIndex) + 1
      markers.append(
        Marker(code: String(match.2), line: lastLine, column: column, length: match.1.count)
      )
    }
    return markers
  }

  init(code: String, line: Int, column: Int, length: Int) {
    self.code = code
    self.line = line
    self.column = column
    self.length = length
  }

  init(_ finding: Finding) {
    self.init(
      code: finding.code,
      line: finding.span.mark.line,
      column: finding.span.mark.column,
      length: finding.span.length
    )
  }
}

/// What the rules find in a text.
func examine(
  _ text: String,
  scenario: String? = nil,
  cluster: ClusterFacts = ClusterFacts()
) throws -> [Finding] {
  Examination.findings(in: try inventory(of: text, scenario: scenario, cluster: cluster))
}

/// The objects of a text.
func inventory(
  of text: String,
  scenario: String? = nil,
  cluster: ClusterFacts = ClusterFacts()
) throws -> Inventory {
  let file = InputFileReader.File(path: "manifest.yaml", bytes: Array(text.utf8), sha256: "")
  var diagnostics = Diagnostics()
  let tree = scenario.flatMap {
    YAMLParser.documents(in: Array($0.utf8), file: "scenario.yaml", into: &diagnostics).first
  }
  return try Examination.input([file], scenario: tree, cluster: cluster).inventory
}
