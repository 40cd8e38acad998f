import ClusterState
import KubernetesManifests

/// `kubectl describe service`.
enum DescribeServices: Describable {
  static let resource: any ResourceTable.Type = ServicesResource.self

  static func descriptions(in picture: ClusterPicture) -> [Description] {
    picture.snapshot.services.map { service in
      let labels = picture.manifest(of: service)?.metadata.labels ?? Labels()
      var text = Description(service.key, labels: labels)
      text.add("Selector", service.selector.isEmpty ? "<none>" : service.selector.text)
      text.add("Type", service.type.rawValue)
      if service.type == .externalName {
        text.add("External Name", service.externalName ?? "<none>")
      } else {
        text.add("IP", service.clusterIP ?? "<none>")
      }
      if service.type == .loadBalancer {
        text.add("LoadBalancer Ingress", service.loadBalancerIP ?? "<pending>")
      }
      for port in service.ports { add(port, of: service, picture, to: &text) }
      if service.ports.isEmpty, service.hasSelector {
        text.add("Endpoints", addresses(of: service, nil, picture))
      }
      text.add("Session Affinity", service.sessionAffinity.rawValue)
      if service.type != .externalName {
        text.add("Internal Traffic Policy", service.internalTrafficPolicy.rawValue)
      }
      if service.needsNodePorts {
        text.add("External Traffic Policy", service.externalTrafficPolicy.rawValue)
      }
      return text
    }
  }

  private static func add(
    _ port: ServiceState.Port,
    of service: ServiceState,
    _ picture: ClusterPicture,
    to text: inout Description
  ) {
    let transport = port.protocol.rawValue
    text.add("Port", "\(port.name ?? "<unset>")  \(port.port)/\(transport)")
    text.add("TargetPort", "\(target(port.targetPort))/\(transport)")
    if let node = port.nodePort { text.add("NodePort", "\(node)/\(transport)") }
    if service.hasSelector { text.add("Endpoints", addresses(of: service, port.name, picture)) }
  }

  private static func target(_ reference: PortReference) -> String {
    switch reference {
    case .number(let number): String(number)
    case .name(let name): name
    }
  }

  /// The ready addresses of a port, three at most, as kubectl shortens them.
  private static func addresses(
    of service: ServiceState,
    _ port: String?,
    _ picture: ClusterPicture
  ) -> String {
    let view = picture.snapshot.endpoints(of: service)
    let all = view.subsets.flatMap { subset in
      subset.ports.filter { $0.name == port ?? "" }.flatMap { port in
        subset.addresses.map { "\($0.ip):\(port.port)" }
      }
    }
    return Shortened.text(all, none: "<none>")
  }
}
