/// One kind of object as `kubectl get` lists it.
package protocol ResourceTable: Sendable {
  /// The plural name.
  static var name: String { get }
  /// Other names it answers to.
  static var shortNames: [String] { get }
  /// Whether its objects live in namespaces.
  static var isNamespaced: Bool { get }
  /// Names of the columns; those in `wideColumns` come with `-o wide` only.
  static var columns: [String] { get }
  static var wideColumns: [String] { get }
  /// One row an object, with the cells of all columns.
  static func rows(of picture: ClusterPicture) -> [ResourceRow]
}

/// One object's line.
package struct ResourceRow: Sendable {
  package var namespace: String
  package var name: String
  /// Cells of the narrow columns, the name first, then of the wide ones.
  package var cells: [String]

  init(_ namespace: String, _ name: String, _ cells: [String]) {
    self.namespace = namespace
    self.name = name
    self.cells = cells
  }
}

/// What `podstorm get` can list, in the order of its help.
package let resourceTables: [any ResourceTable.Type] = [
  PodsResource.self, ServicesResource.self, EndpointsResource.self, EndpointSlicesResource.self,
  DeploymentsResource.self, ReplicaSetsResource.self, StatefulSetsResource.self,
  AutoscalersResource.self, IngressesResource.self, NodesResource.self, EventsResource.self,
]

extension ResourceTable {
  /// The lines: a header and one a row, in columns three spaces apart as kubectl aligns them.
  package static func lines(
    of rows: [ResourceRow],
    isWide: Bool,
    showsNamespace: Bool
  ) -> [String] {
    let header = columns + (isWide ? wideColumns : [])
    var grid = [(showsNamespace ? ["NAMESPACE"] : []) + header]
    for row in rows {
      grid.append((showsNamespace ? [row.namespace] : []) + row.cells.prefix(header.count))
    }
    let count = grid[0].count
    let widths = (0..<count).map { column in
      max(6, (grid.map { $0[column].count }.max() ?? 0) + 3)
    }
    return grid.map { cells in
      cells.enumerated().map { column, cell in
        column == count - 1
          ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
      }.joined()
    }
  }
}
