import ClusterState
import KubernetesManifests

/// `kubectl describe endpoints`: here stand the addresses that are not ready.
enum DescribeEndpoints: Describable {
  static let resource: any ResourceTable.Type = EndpointsResource.self

  static func descriptions(in picture: ClusterPicture) -> [Description] {
    picture.snapshot.services.filter(\.hasSelector).map { service in
      var text = Description(service.key.namespace, service.key.name)
      text.add("Name", service.key.name)
      text.add("Namespace", service.key.namespace)
      let view = picture.snapshot.endpoints(of: service)
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
    if !subset.ports.isEmpty {
      lines += ["  Ports:", "    Name     Port  Protocol", "    ----     ----  --------"]
      for port in subset.ports {
        let name = port.name.isEmpty ? "<unset>" : port.name
        let number = String(port.port)
        lines.append(
          "    " + name + String(repeating: " ", count: max(2, 9 - name.count)) + number
            + String(repeating: " ", count: max(2, 6 - number.count)) + port.protocol.rawValue
        )
      }
    }
    return lines
  }

  private static func joined(_ addresses: [EndpointsView.Address]) -> String {
    addresses.isEmpty ? "<none>" : addresses.map(\.ip).joined(separator: ",")
  }
}
