import ArgumentParser
import Inspection
import KubernetesManifests
import Reports
import Scenarios
import SimKernel

/// `podstorm get`: what kubectl would list, of manifests that have settled or of a run at a time.
struct GetCommand: ParsableCommand {
  /// How objects are listed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table
    case wide
    case name
    case yaml
    case json
  }
  static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: "List objects as kubectl would, at any time of a scenario.",
    discussion: """
      With -f the manifests are taken as they are once everything has settled; with --scenario \
      the first replication is run up to --at. Objects of all namespaces are listed unless -n \
      names one. In -o yaml and json, what was there before the run was made at the beginning of \
      1970, and the run starts an hour later.

      RESOURCES: \(resourceTables.map { $0.name }.joined(separator: ", ")); kubectl's short names \
      do too.
      """
  )

  @Argument(help: "What to list.")
  var resource: String

  @Argument(help: "Names of objects; all when there are none.")
  var names: [String] = []

  @OptionGroup var source: PictureOptions

  @OptionGroup var selection: ObjectSelection

  @Option(name: [.customShort("o"), .customLong("output")], help: "How to list objects.")
  var format = Format.table

  @Flag(help: "A last column with the labels.")
  var showLabels = false

  mutating func validate() throws {
    if table == nil {
      let known = resourceTables.flatMap { [$0.name] + $0.shortNames }
      let hint = EditDistance.nearest(resource, in: known).map { "; did you mean '\($0)'?" } ?? ""
      throw ValidationError("there is no resource '\(PrintableText.of(resource))'\(hint)")
    }
    try source.validate()
  }

  private var table: (any ResourceTable.Type)? {
    resourceTables.first { $0.name == resource || $0.shortNames.contains(resource) }
  }

  mutating func run() throws {
    guard let table else { return }
    let picture = try source.picture()
    let rows = table.rows(of: picture)
    let reachable = rows.indices.filter {
      selection.includes(namespace: rows[$0].namespace, rows[$0].labels, of: table)
    }
    let shown = reachable.filter { names.isEmpty || names.contains(rows[$0].name) }
    switch format {
    case .yaml, .json:
      let objects = table.objects(of: picture)
      let isListing = names.count != 1
      try deliver(table.document(shown.map { objects[$0] }, isListing: isListing))
    case .table, .wide, .name: try show(shown.map { rows[$0] }, of: table)
    }
    try source.demand(names, among: reachable.map { rows[$0].name }, of: table.name)
    if shown.isEmpty, format != .yaml, format != .json {
      Console.standardError.write("No resources found\n")
    }
  }

  private func deliver(_ document: JSON) throws {
    let isYAML = format == .yaml
    try Console.standardOutput.deliver(
      isYAML ? KubectlYAML.text(document) : String(decoding: document.bytes(), as: UTF8.self)
    )
  }

  private func show(_ rows: [ResourceRow], of table: any ResourceTable.Type) throws {
    guard !rows.isEmpty else { return }
    if format == .name {
      return try deliver(rows.map { "\(table.shortNames.last ?? table.name)/\($0.name)" })
    }
    let isMixed = Set(rows.map(\.namespace)).count > 1
    try deliver(
      table.lines(
        of: rows,
        isWide: format == .wide,
        showsNamespace: table.isNamespaced && (isMixed || selection.allNamespaces),
        showsLabels: showLabels
      )
    )
  }

  private func deliver(_ lines: [String]) throws {
    try Console.standardOutput.deliver(lines.joined(separator: "\n") + "\n")
  }
}
