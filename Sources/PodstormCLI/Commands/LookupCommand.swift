import ArgumentParser
import ClusterState
import Inspection
import KubernetesManifests
import SimKernel

/// `podstorm lookup`: what a name means in a pod, asked as nslookup would ask.
struct LookupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lookup",
    abstract: "Resolve a name as a pod of the manifests would, spelling by spelling.",
    discussion: """
      With -f the cluster is taken as it is once everything has settled; with --scenario the \
      first replication is run up to --at. An IP address is looked up backwards. Ends with 2 \
      when the name has no address.
      """
  )

  @Argument(help: "A name as the application spells it, or an IP address.")
  var name: String

  @Option(
    name: .customLong("from"),
    help: ArgumentHelp("Who asks.", valueName: "namespace[/workload]")
  )
  var client = "default"

  @OptionGroup var source: PictureOptions

  mutating func validate() throws {
    let isSpelt = name.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0))
    }
    if !isSpelt || DomainName(name) == nil {
      throw ValidationError("'\(PrintableText.of(name))' is no name that DNS could know")
    }
  }

  mutating func run() throws {
    let picture = try source.picture(refusingProblems: true)
    let client = try checkedClient(in: picture)
    let server = picture.snapshot.service(ObjectKey("kube-system", "kube-dns"))?.clusterIP
    var report = LookupReport(picture.snapshot, server: server ?? "", client: client)
    let isFound = IPv4Address(name).map { report.reverse($0) } ?? report.forward(name)
    try Console.standardOutput.deliver(report.text)
    if isFound { return }
    if let hint = hint(in: picture.snapshot) {
      Console.standardError.write("  hint: \(hint)\n")
    }
    throw ExitCode.findings
  }

  /// Who asks; a workload or namespace that is not there is refused, with the nearest one.
  private func checkedClient(in picture: ClusterPicture) throws(ExitCode) -> TraceClient {
    let parts = client.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let namespace = parts.first, parts.count <= 2, !parts.contains("") else {
      throw refuse("--from wants NAMESPACE or NAMESPACE/WORKLOAD, not '\(client)'", hint: nil)
    }
    let workloads = picture.clients.map(\.description)
    if parts.count == 2, !workloads.contains(client) {
      let hint = EditDistance.hint(for: client, in: workloads)
      throw refuse("there is no workload '\(client)'", hint: hint)
    }
    let namespaces = picture.snapshot.dns.namespaces.sorted()
    if !namespaces.contains(namespace) {
      let hint = EditDistance.hint(for: namespace, in: namespaces)
      throw refuse("there is no namespace '\(namespace)'", hint: hint)
    }
    return .pod(namespace: namespace, workload: parts.count == 2 ? parts[1] : nil)
  }

  /// Says what is wrong with the command line.
  private func refuse(_ message: String, hint: String?) -> ExitCode {
    let lines = ["podstorm: error: " + message] + (hint.map { ["  hint: " + $0] } ?? [])
    Console.standardError.write(lines.map { PrintableText.of($0) + "\n" }.joined())
    return .usage
  }

  /// The same name in another namespace, or one nearly the same.
  private func hint(in snapshot: ClusterSnapshot) -> String? {
    let namespace = client.prefix { $0 != "/" }
    let services = snapshot.services.map(\.key)
    if let other = services.first(where: { $0.name == name && $0.namespace != namespace }) {
      return "'\(other.name).\(other.namespace)' is in another namespace"
    }
    let own = services.filter { $0.namespace == namespace }.map(\.name)
    // A name that exists and has no address is not misspelt.
    if own.contains(name) { return nil }
    let all = own + services.map { "\($0.name).\($0.namespace)" }
    return EditDistance.nearest(name, in: all).map { "did you mean '\($0)'?" }
  }
}
