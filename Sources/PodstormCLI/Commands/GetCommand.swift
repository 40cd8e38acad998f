import ArgumentParser
import Inspection
import KubernetesManifests
import Scenarios
import SimKernel

/// `podstorm get`: what kubectl would list, of manifests that have settled or of a run at a time.
struct GetCommand: ParsableCommand {
  /// How objects are listed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table
    case wide
    case name
  }
  static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: "List objects as kubectl would, at any time of a scenario.",
    discussion: """
      With -f the manifests are taken as they are once everything has settled; with --scenario \
      the first replication is run up to --at. Objects of all namespaces are listed unless -n \
      names one.

      RESOURCES: pods, services, endpoints, endpointslices, deployments, replicasets, \
      statefulsets, horizontalpodautoscalers, ingresses, nodes, events; kubectl's short names \
      do too.
      """
  )

  @Argument(help: "What to list.")
  var resource: String

  @Argument(help: "Names of objects; all when there are none.")
  var names: [String] = []

  @OptionGroup var source: PictureOptions

  @Option(name: .shortAndLong, help: "Only objects of this namespace.")
  var namespace: String?

  @Option(name: [.customShort("o"), .customLong("output")], help: "How to list objects.")
  var format = Format.table

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
    let all = table.rows(of: picture).filter {
      namespace == nil || !table.isNamespaced || $0.namespace == namespace
    }
    let rows = all.filter { names.isEmpty || names.contains($0.name) }
    try show(rows, of: table)
    try source.demand(names, among: all.map(\.name), of: table.name)
    if rows.isEmpty { Console.standardError.write("No resources found\n") }
  }

  private func show(_ rows: [ResourceRow], of table: any ResourceTable.Type) throws {
    guard !rows.isEmpty else { return }
    if format == .name {
      return try deliver(rows.map { "\(table.shortNames.last ?? table.name)/\($0.name)" })
    }
    let showsNamespace = table.isNamespaced && Set(rows.map(\.namespace)).count > 1
    try deliver(
      table.lines(of: rows, isWide: format == .wide, showsNamespace: showsNamespace)
    )
  }

  private func deliver(_ lines: [String]) throws {
    try Console.standardOutput.deliver(lines.joined(separator: "\n") + "\n")
  }
}
