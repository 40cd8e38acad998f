import ClusterState
package import KubernetesManifests

/// One object in many lines, as `kubectl describe` shows it.
package protocol Describable: Sendable {
  /// The resource it belongs to, as `get` knows it.
  static var resource: any ResourceTable.Type { get }
  /// The objects of a picture that have one of the names, in the order of `get`; all for none.
  static func descriptions(in picture: ClusterPicture) -> [Description]
}

/// What `podstorm describe` can show.
package let describables: [any Describable.Type] = [
  DescribePods.self, DescribeServices.self, DescribeEndpoints.self, DescribeEndpointSlices.self,
  DescribeDeployments.self, DescribeReplicaSets.self, DescribeStatefulSets.self,
  DescribeDaemonSets.self, DescribeJobs.self, DescribeAutoscalers.self, DescribeBudgets.self,
  DescribeIngresses.self, DescribeNodes.self,
]

/// An object's lines: labels on the left, their values in one column.
package struct Description: Sendable {
  package var namespace: String
  package var name: String
  package var labels: Labels
  private var rows: [(label: String, values: [String])] = []
  private var tail: [String] = []
  /// Whether it ends by saying that there are no events.
  private var lacksEvents = false

  /// An object's name, namespace and labels, with which every description begins.
  init(_ key: ObjectKey, labels: Labels) {
    namespace = key.namespace
    name = key.name
    self.labels = labels
    add("Name", key.name)
    if !key.namespace.isEmpty { add("Namespace", key.namespace) }
    add("Labels", labels.entries.map { "\($0.key)=\($0.value)" })
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
    lacksEvents = events.isEmpty
    if lacksEvents { return }
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
    let labels = rows.map(\.label) + (lacksEvents ? ["Events"] : [])
    let width = (labels.map(\.count).max() ?? 0) + 3
    let head = rows.flatMap { row in
      row.values.enumerated().map { index, value in
        let label = index == 0 ? row.label + ":" : ""
        return value.isEmpty ? label : Self.pad(label, to: width) + value
      }
    }
    return head + tail + (lacksEvents ? [Self.pad("Events:", to: width) + "<none>"] : [])
  }

  static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension ClusterPicture {
  /// The events that speak of an object, such as `pod/web-1`.
  func events(of object: String, in namespace: String) -> [Event] {
    events.filter { $0.object == object && $0.namespace == namespace }
  }
}
