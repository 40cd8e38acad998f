import ClusterState
import KubernetesManifests

/// `kubectl get services`.
enum ServicesResource: ResourceTable {
  static let name = "services"
  static let shortNames = ["svc", "service"]
  static let isNamespaced = true
  static let columns = ["NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE"]
  static let wideColumns = ["SELECTOR"]

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.snapshot.services.map { service in
      ResourceRow(
        service.key.namespace,
        service.key.name,
        [
          service.key.name, service.type.rawValue,
          service.clusterIP.flatMap { $0.isEmpty ? nil : $0 } ?? "<none>",
          externalIP(service), ports(service), KubectlDuration.text(picture.age),
          service.selector.isEmpty ? "<none>" : service.selector.text,
        ]
      )
    }
  }

  private static func externalIP(_ service: ServiceState) -> String {
    switch service.type {
    case .externalName: service.externalName ?? "<none>"
    case .loadBalancer: service.loadBalancerIP ?? "<pending>"
    case .clusterIP, .nodePort: "<none>"
    }
  }

  private static func ports(_ service: ServiceState) -> String {
    if service.ports.isEmpty { return "<none>" }
    return service.ports.map { port in
      let node = port.nodePort.map { ":\($0)" } ?? ""
      return "\(port.port)\(node)/\(port.protocol.rawValue)"
    }.joined(separator: ",")
  }
}
