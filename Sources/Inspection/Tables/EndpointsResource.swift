import ClusterState

/// `kubectl get endpoints`: three addresses at most, as kubectl shortens them.
enum EndpointsResource: ResourceTable {
  static let name = "endpoints"
  static let shortNames = ["ep", "endpoint"]
  static let isNamespaced = true
  static let columns = ["NAME", "ENDPOINTS", "AGE"]
  static let wideColumns: [String] = []

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.snapshot.services.filter(\.hasSelector).map { service in
      ResourceRow(
        service.key.namespace,
        service.key.name,
        [
          service.key.name, addresses(picture.snapshot.endpoints(of: service)),
          KubectlDuration.text(picture.age),
        ]
      )
    }
  }

  /// Ready addresses only: those that are not ready stand in `describe`.
  private static func addresses(_ view: EndpointsView) -> String {
    let all = view.subsets.flatMap { subset -> [String] in
      if subset.ports.isEmpty { return subset.addresses.map(\.ip) }
      return subset.ports.flatMap { port in subset.addresses.map { "\($0.ip):\(port.port)" } }
    }
    return Shortened.text(all, none: "<none>")
  }
}
