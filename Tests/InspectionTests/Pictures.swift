import Inspection
import KubernetesManifests
import SimKernel
import Testing

/// Pictures of small clusters.
enum Pictures {
  /// The objects of a text, settled; the text must be good.
  static func settled(_ yaml: String, nodes: Int = 3) throws -> ClusterPicture {
    var diagnostics = Diagnostics()
    let manifests = ManifestSet(reading: yaml, into: &diagnostics)
    try #require(diagnostics.all.filter { $0.severity == .error }.map(\.message) == [])
    return ClusterPicture(
      of: manifests,
      nodes: nodes,
      draws: StreamFactory(seed: 1, replication: 0)
    )
  }

  /// The rows of a resource, without the column AGE and what comes after it.
  static func rows(_ table: any ResourceTable.Type, _ picture: ClusterPicture) -> [[String]] {
    let age = table.columns.firstIndex(of: "AGE") ?? 0
    return table.rows(of: picture).map { Array($0.cells[..<age]) }
  }

  /// The resource of a name.
  static func resource(_ name: String) throws -> any ResourceTable.Type {
    try #require(resourceTables.first { $0.name == name || $0.shortNames.contains(name) })
  }

  /// A Deployment of a name and size with the label `app`.
  static func deployment(_ name: String, replicas: Int) -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: \(name), labels: {team: \(name)}}
    spec:
      replicas: \(replicas)
      selector: {matchLabels: {app: \(name)}}
      template:
        metadata: {labels: {app: \(name)}}
        spec:
          containers: [{name: c, image: "c:1", ports: [{name: http, containerPort: 8080}]}]
    ---

    """
  }
}
