import ClusterState
import KubernetesManifests
import Reports

/// `kubectl get endpointslices`.
enum EndpointSlicesResource: ResourceTable {
  static let name = "endpointslices"
  static let shortNames = ["endpointslice"]
  static let apiVersion = "discovery.k8s.io/v1"
  static let kind = "EndpointSlice"
  static let isNamespaced = true
  static let columns = ["NAME", "ADDRESSTYPE", "PORTS", "ENDPOINTS", "AGE"]
  static let wideColumns: [String] = []

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    sorted(picture).map { slice in
      ResourceRow(
        slice.key.namespace,
        slice.key.name,
        labels: labels(of: slice),
        [
          slice.key.name, "IPv4",
          Shortened.text(slice.ports.map { String($0.port) }, none: "<unset>"),
          Shortened.text(slice.endpoints.map(\.address), none: "<unset>"),
          KubectlDuration.text(picture.age),
        ]
      )
    }
  }

  static func sorted(_ picture: ClusterPicture) -> [EndpointSliceState] {
    picture.snapshot.slices.sorted { $0.key < $1.key }
  }

  private static func labels(of slice: EndpointSliceState) -> Labels {
    let isMade = slice.endpoints.contains { $0.pod != nil } || slice.endpoints.isEmpty
    let manager = ("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io")
    return Labels([("kubernetes.io/service-name", slice.service)] + (isMade ? [manager] : []))
  }

  static func objects(of picture: ClusterPicture) -> [JSON] {
    sorted(picture).map { slice in
      .fields([
        "apiVersion": .string(apiVersion), "kind": .string(kind), "addressType": .string("IPv4"),
        "metadata": KubernetesObject.metadata(
          slice.key,
          labels: labels(of: slice),
          created: picture.age,
          in: picture
        ),
        "ports": .list(slice.ports.map(\.json)),
        "endpoints": .array(slice.endpoints.map(json)),
      ])
    }
  }

  private static func json(_ endpoint: EndpointState) -> JSON {
    .fields([
      "addresses": .texts([endpoint.address]),
      "conditions": .fields([
        "ready": .bool(endpoint.isReady), "serving": .bool(endpoint.isServing),
        "terminating": .bool(endpoint.isTerminating),
      ]),
      "hostname": .text(endpoint.hostname), "nodeName": .text(endpoint.node),
      "zone": .text(endpoint.zone),
      "targetRef": endpoint.pod.map { .reference(toPod: $0) },
      "hints": endpoint.zoneHints.isEmpty && endpoint.nodeHints.isEmpty
        ? nil
        : .fields([
          "forZones": .list(endpoint.zoneHints.map { .fields(["name": .string($0)]) }),
          "forNodes": .list(endpoint.nodeHints.map { .fields(["name": .string($0)]) }),
        ]),
    ])
  }
}
