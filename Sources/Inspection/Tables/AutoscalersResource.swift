import ClusterState

/// `kubectl get hpa`.
enum AutoscalersResource: ResourceTable {
  static let name = "horizontalpodautoscalers"
  static let shortNames = ["hpa", "horizontalpodautoscaler"]
  static let isNamespaced = true
  static let columns = ["NAME", "REFERENCE", "TARGETS", "MINPODS", "MAXPODS", "REPLICAS", "AGE"]
  static let wideColumns: [String] = []

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.autoscalers.sorted { $0.key < $1.key }.map { row in
      let now = row.utilization.map { "\($0)%" } ?? "<unknown>"
      return ResourceRow(
        row.key.namespace,
        row.key.name,
        [
          row.key.name, row.reference, "cpu: \(now)/\(row.target)%", String(row.minReplicas),
          String(row.maxReplicas), String(row.replicas), KubectlDuration.text(picture.age),
        ]
      )
    }
  }
}
