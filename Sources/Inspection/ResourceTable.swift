package import KubernetesManifests
package import Reports

/// One kind of object as `kubectl get` lists it.
///
/// Columns and cells follow `pkg/printers/internalversion/printers.go`.
package protocol ResourceTable: Sendable {
  /// The plural name.
  static var name: String { get }
  /// Other names it answers to.
  static var shortNames: [String] { get }
  static var apiVersion: String { get }
  static var kind: String { get }
  /// Whether its objects live in namespaces.
  static var isNamespaced: Bool { get }
  /// Names of the columns with `-o wide`.
  static var columns: [String] { get }
  /// Those among them that only `-o wide` shows.
  static var wideColumns: [String] { get }
  /// One row an object, with the cells of all columns.
  static func rows(of picture: ClusterPicture) -> [ResourceRow]
  /// The objects of the rows, in their order.
  static func objects(of picture: ClusterPicture) -> [JSON]
}

/// One object's line.
package struct ResourceRow: Sendable {
  package var namespace: String
  package var name: String
  package var labels: Labels
  /// Cells of all columns.
  package var cells: [String]

  init(_ namespace: String, _ name: String, labels: Labels = Labels(), _ cells: [String]) {
    self.namespace = namespace
    self.name = name
    self.labels = labels
    self.cells = cells
  }
}

/// What `podstorm get` can list, in the order of its help.
package let resourceTables: [any ResourceTable.Type] = [
  PodsResource.self, ServicesResource.self, EndpointsResource.self, EndpointSlicesResource.self,
  DeploymentsResource.self, ReplicaSetsResource.self, StatefulSetsResource.self,
  DaemonSetsResource.self, JobsResource.self, CronJobsResource.self, AutoscalersResource.self,
  BudgetsResource.self, IngressesResource.self, NamespacesResource.self, NodesResource.self,
  EventsResource.self,
]

extension ResourceTable {
  /// The lines: a header and one a row, in columns three spaces apart as kubectl aligns them.
  package static func lines(
    of rows: [ResourceRow],
    isWide: Bool,
    showsNamespace: Bool,
    showsLabels: Bool = false
  ) -> [String] {
    let shown = columns.indices.filter { isWide || !wideColumns.contains(columns[$0]) }
    var header = shown.map { columns[$0] }
    if showsNamespace { header.insert("NAMESPACE", at: 0) }
    if showsLabels { header.append("LABELS") }
    var grid = [header]
    for row in rows {
      var cells = shown.map { row.cells[$0] }
      if showsNamespace { cells.insert(row.namespace, at: 0) }
      if showsLabels { cells.append(row.labels.isEmpty ? "<none>" : row.labels.text) }
      grid.append(cells)
    }
    let widths = header.indices.map { column in
      max(6, (grid.map { $0[column].count }.max() ?? 0) + 3)
    }
    return grid.map { cells in
      cells.enumerated().map { column, cell in
        column == header.count - 1
          ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
      }.joined()
    }
  }
}
