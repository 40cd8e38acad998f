import ClusterState
import KubernetesManifests

/// `kubectl describe endpointslice`.
enum DescribeEndpointSlices: Describable {
  static let resource: any ResourceTable.Type = EndpointSlicesResource.self

  static func descriptions(in picture: ClusterPicture) -> [Description] {
    let rows = EndpointSlicesResource.rows(of: picture)
    return zip(EndpointSlicesResource.sorted(picture), rows).map { slice, row in
      var text = Description(slice.key, labels: row.labels)
      text.add("AddressType", "IPv4")
      text.append(
        slice.ports.isEmpty ? ["Ports:  <unset>"] : Description.portLines(slice.ports, indent: "")
      )
      text.append(
        slice.endpoints.isEmpty
          ? ["Endpoints:  <none>"] : ["Endpoints:"] + slice.endpoints.flatMap(lines)
      )
      return text
    }
  }

  private static func lines(_ endpoint: EndpointState) -> [String] {
    var lines = [
      "  - Addresses:  \(endpoint.address)", "    Conditions:",
      "      Ready:        \(endpoint.isReady)", "      Serving:      \(endpoint.isServing)",
      "      Terminating:  \(endpoint.isTerminating)",
      "    Hostname:   \(endpoint.hostname ?? "<unset>")",
    ]
    if let pod = endpoint.pod { lines.append("    TargetRef:  Pod/\(pod.name)") }
    lines.append("    NodeName:   \(endpoint.node ?? "<unset>")")
    lines.append("    Zone:       \(endpoint.zone ?? "<unset>")")
    if !endpoint.zoneHints.isEmpty {
      lines.append("    ForZones:   \(endpoint.zoneHints.joined(separator: ","))")
    }
    return lines
  }
}
