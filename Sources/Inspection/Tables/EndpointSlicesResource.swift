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
          Shortened.text(slice.ports.map { String($0.port) }, none: "<unset>"),
          Shortened.text(slice.endpoints.map(\.address), none: "<unset>"),
          KubectlDuration.text(picture.age),
        ]
      )
    }
  }
}
