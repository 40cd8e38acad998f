/// One object in many lines, as `kubectl describe` shows it.
package protocol Describable: Sendable {
  /// The resource it belongs to, as `get` knows it.
  static var resource: any ResourceTable.Type { get }
  /// The objects of a picture that have one of the names, in the order of `get`; all for none.
  static func descriptions(in picture: ClusterPicture) -> [Description]
}

/// What `podstorm describe` can show.
package let describables: [any Describable.Type] = [
  DescribePods.self, DescribeServices.self, DescribeEndpoints.self, DescribeDeployments.self,
  DescribeNodes.self,
]

/// An object's lines: labels on the left, their values in one column.
package struct Description: Sendable {
  package var namespace: String
  package var name: String
  private var rows: [(label: String, values: [String])] = []
  private var tail: [String] = []

  init(_ namespace: String, _ name: String) {
    self.namespace = namespace
    self.name = name
  }

  /// Adds a line; without a value it is `<none>`.
  mutating func add(_ label: String, _ values: [String]) {
    rows.append((label, values.isEmpty ? ["<none>"] : values))
  }

  /// Adds a line.
  mutating func add(_ label: String, _ value: String) { add(label, [value]) }

  /// Adds lines as they are, below all others.
  mutating func append(_ lines: [String]) { tail += lines }

  /// Adds the events of an object, oldest first.
  mutating func add(_ events: [ClusterPicture.Event]) {
    guard !events.isEmpty else { return add("Events", []) }
    var grid = [["Type", "Reason", "Age", "Message"], ["----", "------", "----", "-------"]]
    for event in events {
      grid.append([
        event.isWarning ? "Warning" : "Normal", event.reason, KubectlDuration.text(event.age),
        event.message,
      ])
    }
    let widths = (0..<3).map { column in (grid.map { $0[column].count }.max() ?? 0) + 2 }
    append(
      ["Events:"]
        + grid.map { cells in
          "  " + (0..<3).map { Self.pad(cells[$0], to: widths[$0]) }.joined() + cells[3]
        }
    )
  }

  /// The text, without a line end at the end.
  package var lines: [String] {
    let width = (rows.map(\.label.count).max() ?? 0) + 3
    return rows.flatMap { row in
      row.values.enumerated().map { index, value in
        Self.pad(index == 0 ? row.label + ":" : "", to: width) + value
      }
    } + tail
  }

  private static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension ClusterPicture {
  /// The events that speak of an object, such as `pod/web-1`.
  func events(of object: String, in namespace: String) -> [Event] {
    events.filter { $0.object == object && $0.namespace == namespace }
  }
}
