import ClusterState
import KubernetesManifests
import Reports

/// `kubectl get endpoints`: three addresses at most, as kubectl shortens them.
enum EndpointsResource: ResourceTable {
  static let name = "endpoints"
  static let shortNames = ["ep", "endpoint"]
  static let apiVersion = "v1"
  static let kind = "Endpoints"
  static let isNamespaced = true
  static let columns = ["NAME", "ENDPOINTS", "AGE"]
  static let wideColumns: [String] = []

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.endpoints.map { object in
      ResourceRow(
        object.key.namespace,
        object.key.name,
        labels: object.labels,
        [object.key.name, addresses(object.view), KubectlDuration.text(picture.age)]
      )
    }
  }

  /// Ready addresses only: those that are not ready stand in `describe`.
  ///
  /// So the cell of an object that has nothing else is empty, and not `<none>`.
  private static func addresses(_ view: EndpointsView) -> String {
    let all = view.subsets.flatMap { subset -> [String] in
      if subset.ports.isEmpty { return subset.addresses.map(\.ip) }
      return subset.ports.flatMap { port in subset.addresses.map { "\($0.ip):\(port.port)" } }
    }
    return Shortened.text(all, none: view.subsets.isEmpty ? "<none>" : "")
  }

  static func objects(of picture: ClusterPicture) -> [JSON] {
    picture.endpoints.map { object in
      let truncated = Labels([("endpoints.kubernetes.io/over-capacity", "truncated")])
      guard
        case .object(let members) = KubernetesObject.json(
          self,
          KubernetesObject.metadata(
            object.key,
            labels: object.labels,
            annotations: object.view.isTruncated ? truncated : Labels(),
            created: picture.age,
            in: picture
          )
        )
      else { return .null }
      let subsets = JSON?.list(object.view.subsets.map { json($0, object.key.namespace) })
      return .object(members + (subsets.map { [("subsets", $0)] } ?? []))
    }
  }

  private static func json(_ subset: EndpointsView.Subset, _ namespace: String) -> JSON {
    .fields([
      "addresses": .list(subset.addresses.map(json)),
      "notReadyAddresses": .list(subset.notReadyAddresses.map(json)),
      "ports": .list(subset.ports.map(\.json)),
    ])
  }

  private static func json(_ address: EndpointsView.Address) -> JSON {
    .fields([
      "ip": .string(address.ip), "hostname": .text(address.hostname),
      "nodeName": .text(address.node), "targetRef": address.pod.map { .reference(toPod: $0) },
    ])
  }
}

extension JSON {
  /// The pod behind an address.
  static func reference(toPod pod: ObjectKey) -> JSON {
    .fields([
      "kind": .string("Pod"), "name": .string(pod.name), "namespace": .string(pod.namespace),
    ])
  }
}

extension EndpointSliceState.Port {
  /// A port of endpoints.
  var json: JSON {
    .fields([
      "name": .text(name.isEmpty ? nil : name), "port": .integer(port),
      "protocol": .string(`protocol`.rawValue),
    ])
  }
}

extension ClusterPicture {
  /// An Endpoints object.
  struct Endpoints {
    var key: ObjectKey
    var labels: Labels
    var view: EndpointsView
  }

  /// Those of the controller, and those by hand of Services without a selector.
  var endpoints: [Endpoints] {
    let made = snapshot.services.filter(\.hasSelector).map { service in
      Endpoints(
        key: service.key,
        labels: manifest(of: service)?.metadata.labels ?? Labels(),
        view: snapshot.endpoints(of: service)
      )
    }
    let taken = Set(made.map(\.key))
    let written = manifests.endpoints.map { object in
      Endpoints(
        key: ObjectKey(object.metadata.namespace, object.metadata.name.value),
        labels: object.metadata.labels,
        view: EndpointsView(object)
      )
    }
    return (made + written.filter { !taken.contains($0.key) }).sorted { $0.key < $1.key }
  }
}
