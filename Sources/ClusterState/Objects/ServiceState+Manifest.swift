package import KubernetesManifests

extension ServiceState {
  /// The Service of a manifest, before the API server has allocated anything.
  package init(_ service: Service) {
    self.init(
      ObjectKey(service.metadata.namespace, service.metadata.name.value),
      type: service.type,
      selector: service.selector.value,
      ports: service.ports.map { port in
        Port(
          port.port,
          name: port.name,
          protocol: port.protocol,
          targetPort: port.targetPort,
          nodePort: port.nodePort
        )
      },
      clusterIP: service.clusterIP?.value,
      externalName: service.externalName
    )
    publishNotReadyAddresses = service.publishNotReadyAddresses
    sessionAffinity = service.sessionAffinity
    internalTrafficPolicy = service.internalTrafficPolicy
    externalTrafficPolicy = service.externalTrafficPolicy
    trafficDistribution = service.trafficDistribution
    allocateLoadBalancerNodePorts = service.allocatesNodePorts
    healthCheckNodePort = service.healthCheckNodePort?.value
    externalIPs = service.externalIPs
  }
}
