import ArgumentParser
import Inspection
import KubernetesManifests

/// `podstorm describe`: one object at length, as kubectl would, at any time of a scenario.
struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Show objects at length as kubectl would, at any time of a scenario.",
    discussion: """
      With -f the manifests are taken as they are once everything has settled; with --scenario \
      the first replication is run up to --at.

      RESOURCES: \(describables.map { $0.resource.name }.joined(separator: ", ")); kubectl's \
      short names do too.
      """
  )

  @Argument(help: "What to show.")
  var resource: String

  @Argument(help: "Names of objects; all when there are none.")
  var names: [String] = []

  @OptionGroup var source: PictureOptions

  @OptionGroup var selection: ObjectSelection

  private var kind: (any Describable.Type)? {
    describables.first {
      $0.resource.name == resource || $0.resource.shortNames.contains(resource)
    }
  }

  mutating func validate() throws {
    if kind == nil {
      let known = describables.flatMap { [$0.resource.name] + $0.resource.shortNames }
      let hint = EditDistance.nearest(resource, in: known).map { "; did you mean '\($0)'?" } ?? ""
      throw ValidationError("there is no resource '\(PrintableText.of(resource))'\(hint)")
    }
  }

  mutating func run() throws {
    guard let kind else { return }
    let all = kind.descriptions(in: try source.picture()).filter {
      selection.includes(namespace: $0.namespace, $0.labels, of: kind.resource)
    }
    let shown = all.filter { names.isEmpty || names.contains($0.name) }
    let text = shown.map { $0.lines.joined(separator: "\n") + "\n" }.joined(separator: "\n\n")
    try Console.standardOutput.deliver(text)
    try source.demand(names, among: all.map(\.name), of: kind.resource.name)
  }
}
