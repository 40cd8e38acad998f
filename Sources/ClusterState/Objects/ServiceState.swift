package import KubernetesManifests

/// A Service as the API server stores it, with what was allocated for it.
package struct ServiceState: Hashable, Sendable {
  /// One of `spec.ports`.
  package struct Port: Hashable, Sendable {
    package var name: String?
    package var `protocol`: PortProtocol
    package var port: Int
    package var targetPort: PortReference
    /// `nil` until allocated, and for good where the type has none.
    package var nodePort: Int?

    package init(
      _ port: Int,
      name: String? = nil,
      protocol transport: PortProtocol = .tcp,
      targetPort: PortReference? = nil,
      nodePort: Int? = nil
    ) {
      self.port = port
      self.name = name
      self.protocol = transport
      self.targetPort = targetPort ?? .number(port)
      self.nodePort = nodePort
    }
  }
  package var key: ObjectKey
  package var type: Service.Kind
  /// Empty when endpoints are managed by hand.
  package var selector: Labels
  package var ports: [Port]
  /// `None` for headless, `nil` until allocated and for ExternalName.
  package var clusterIP: String?
  package var externalName: String?
  package var publishNotReadyAddresses = false
  package var sessionAffinity = Service.SessionAffinity.none
  package var internalTrafficPolicy = Service.TrafficPolicy.cluster
  package var externalTrafficPolicy = Service.TrafficPolicy.cluster
  package var trafficDistribution: Service.TrafficDistribution?
  package var allocateLoadBalancerNodePorts = true
  /// Addresses of machines outside that lead to the nodes.
  package var externalIPs: [String] = []
  /// Where load balancers ask whether a node has endpoints of its own.
  package var healthCheckNodePort: Int?
  /// `status.loadBalancer.ingress[0].ip`; `nil` prints as `<pending>`.
  package var loadBalancerIP: String?

  /// A Service with the API's defaults for all that is not given.
  package init(
    _ key: ObjectKey,
    type: Service.Kind = .clusterIP,
    selector: Labels = Labels(),
    ports: [Port] = [],
    clusterIP: String? = nil,
    externalName: String? = nil
  ) {
    self.key = key
    self.type = type
    self.selector = selector
    self.ports = ports
    self.clusterIP = clusterIP
    self.externalName = externalName
  }

  /// Whether clients see pod addresses instead of a virtual one.
  package var isHeadless: Bool { type == .clusterIP && clusterIP == "None" }

  /// The virtual address, when there is one.
  package var virtualIP: String? {
    guard needsClusterIP, let clusterIP, clusterIP != "None", !clusterIP.isEmpty else {
      return nil
    }
    return clusterIP
  }

  /// Whether the type has `clusterIP` at all.
  package var needsClusterIP: Bool { type != .externalName }

  /// Whether traffic can come from outside the cluster.
  package var isExternallyAccessible: Bool {
    needsNodePorts || type == .clusterIP && !externalIPs.isEmpty
  }

  /// Whether the type includes node ports: LoadBalancer ⊃ NodePort.
  package var needsNodePorts: Bool { type == .nodePort || type == .loadBalancer }

  /// Whether node ports are handed out that nobody asked for.
  package var allocatesNodePorts: Bool {
    type == .nodePort || type == .loadBalancer && allocateLoadBalancerNodePorts
  }

  /// Whether load balancers are told which nodes have endpoints.
  package var needsHealthCheckNodePort: Bool {
    type == .loadBalancer && externalTrafficPolicy == .local
  }

  /// Whether the controllers look for pods on behalf of this Service.
  package var hasSelector: Bool { type != .externalName && !selector.isEmpty }

  /// Whether the selector picks the pod: same namespace, every label equal, letter by letter.
  package func selects(_ pod: PodState) -> Bool {
    hasSelector && pod.key.namespace == key.namespace && selector.areContained(in: pod.labels)
  }

  /// The port with a number and transport.
  package func port(_ number: Int, protocol transport: PortProtocol = .tcp) -> Port? {
    ports.first { $0.port == number && $0.protocol == transport }
  }
}
