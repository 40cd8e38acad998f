import ClusterState
import KubernetesManifests
import Reports

/// `kubectl get services`.
enum ServicesResource: ResourceTable {
  static let name = "services"
  static let shortNames = ["svc", "service"]
  static let apiVersion = "v1"
  static let kind = "Service"
  static let isNamespaced = true
  static let columns =
    ["NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE"] + wideColumns
  static let wideColumns = ["SELECTOR"]

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.snapshot.services.map { service in
      ResourceRow(
        service.key.namespace,
        service.key.name,
        labels: picture.manifest(of: service)?.metadata.labels ?? Labels(),
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
    let balancer = service.type == .loadBalancer ? service.loadBalancerIP : nil
    let addresses = (balancer.map { [$0] } ?? []) + service.externalIPs
    if service.type == .externalName { return service.externalName ?? "" }
    if !addresses.isEmpty { return addresses.joined(separator: ",") }
    return service.type == .loadBalancer ? "<pending>" : "<none>"
  }

  private static func ports(_ service: ServiceState) -> String {
    if service.ports.isEmpty { return "<none>" }
    return service.ports.map { port in
      let node = port.nodePort.map { ":\($0)" } ?? ""
      return "\(port.port)\(node)/\(port.protocol.rawValue)"
    }.joined(separator: ",")
  }

  static func objects(of picture: ClusterPicture) -> [JSON] {
    picture.snapshot.services.map { service in
      let manifest = picture.manifest(of: service)
      let ingress = service.loadBalancerIP.map { [JSON.fields(["ip": .string($0)])] } ?? []
      return KubernetesObject.json(
        self,
        KubernetesObject.metadata(
          service.key,
          labels: manifest?.metadata.labels ?? Labels(),
          annotations: manifest?.metadata.annotations ?? Labels(),
          created: picture.age,
          in: picture
        ),
        spec: spec(service, manifest),
        status: .fields(["loadBalancer": .fields(["ingress": .list(ingress)])])
      )
    }
  }

  private static func spec(_ service: ServiceState, _ manifest: Service?) -> JSON {
    let isAlias = service.type == .externalName
    let affinity = manifest?.sessionAffinityTimeoutSeconds
    let isSticky = service.sessionAffinity == .clientIP
    return .fields([
      "type": .string(service.type.rawValue), "clusterIP": .text(service.clusterIP),
      "clusterIPs": .texts(service.clusterIP.map { [$0] } ?? []),
      "externalName": .text(service.externalName), "externalIPs": .texts(service.externalIPs),
      "selector": .labels(service.selector), "ports": .list(service.ports.map(json)),
      "sessionAffinity": .string(service.sessionAffinity.rawValue),
      "sessionAffinityConfig": !isSticky
        ? nil : .fields(["clientIP": .fields(["timeoutSeconds": .count(affinity)])]),
      "internalTrafficPolicy": .text(isAlias ? nil : service.internalTrafficPolicy.rawValue),
      "externalTrafficPolicy": .text(
        service.isExternallyAccessible ? service.externalTrafficPolicy.rawValue : nil
      ),
      "healthCheckNodePort": .count(service.healthCheckNodePort),
      "allocateLoadBalancerNodePorts": service.type != .loadBalancer
        ? nil : .bool(service.allocateLoadBalancerNodePorts),
      "trafficDistribution": .text(service.trafficDistribution?.rawValue),
      "publishNotReadyAddresses": .flag(service.publishNotReadyAddresses),
      "ipFamilies": isAlias ? nil : .texts(["IPv4"]),
      "ipFamilyPolicy": isAlias ? nil : .string("SingleStack"),
    ])
  }

  private static func json(_ port: ServiceState.Port) -> JSON {
    .fields([
      "name": .text(port.name), "port": .integer(port.port),
      "protocol": .string(port.protocol.rawValue), "targetPort": .port(port.targetPort),
      "nodePort": .count(port.nodePort),
    ])
  }
}

extension ClusterPicture {
  /// The Service as it was written.
  func manifest(of service: ServiceState) -> Service? {
    manifests.services.last {
      $0.metadata.name.value == service.key.name && $0.metadata.namespace == service.key.namespace
    }
  }
}
