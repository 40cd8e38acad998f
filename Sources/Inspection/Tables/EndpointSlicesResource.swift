import ClusterState

/// `kubectl get endpointslices`.
enum EndpointSlicesResource: ResourceTable {
  static let name = "endpointslices"
  static let shortNames = ["endpointslice"]
  static let isNamespaced = true
  static let columns = ["NAME", "ADDRESSTYPE", "PORTS", "ENDPOINTS", "AGE"]
  static let wideColumns: [String] = []

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.snapshot.slices.map { slice in
      ResourceRow(
        slice.key.namespace,
        slice.key.name,
        [
          slice.key.name, "IPv4",
          shortened(slice.ports.map { String($0.port) }),
          shortened(slice.endpoints.map(\.address)), KubectlDuration.text(picture.age),
        ]
      )
    }
  }

  private static func shortened(_ items: [String]) -> String {
    if items.isEmpty { return "<unset>" }
    let shown = items.prefix(3).joined(separator: ",")
    return items.count > 3 ? "\(shown) + \(items.count - 3) more..." : shown
  }
}
