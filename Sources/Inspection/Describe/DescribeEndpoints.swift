import ClusterState
import KubernetesManifests

/// `kubectl describe endpoints`: here stand the addresses that are not ready.
enum DescribeEndpoints: Describable {
  static let resource: any ResourceTable.Type = EndpointsResource.self

  static func descriptions(in picture: ClusterPicture) -> [Description] {
    picture.endpoints.map { object in
      var text = Description(object.key, labels: object.labels)
      let view = object.view
      if view.isTruncated {
        text.add("Annotations", "endpoints.kubernetes.io/over-capacity: truncated")
      }
      text.append(["Subsets:"] + view.subsets.flatMap(lines))
      return text
    }
  }

  private static func lines(_ subset: EndpointsView.Subset) -> [String] {
    var lines = [
      "  Addresses:          \(joined(subset.addresses))",
      "  NotReadyAddresses:  \(joined(subset.notReadyAddresses))",
    ]
    if !subset.ports.isEmpty { lines += Description.portLines(subset.ports, indent: "  ") }
    return lines
  }

  private static func joined(_ addresses: [EndpointsView.Address]) -> String {
    addresses.isEmpty ? "<none>" : addresses.map(\.ip).joined(separator: ",")
  }
}

extension Description {
  /// A table of the ports of endpoints.
  static func portLines(_ ports: [EndpointSliceState.Port], indent: String) -> [String] {
    let head = ["Ports:", "  Name     Port  Protocol", "  ----     ----  --------"]
    let rows = ports.map { port in
      let name = port.name.isEmpty ? "<unset>" : port.name
      return "  " + pad(name, to: max(9, name.count + 2)) + pad(String(port.port), to: 6)
        + port.protocol.rawValue
    }
    return (head + rows).map { indent + $0 }
  }
}
