package import KubernetesManifests

/// The rules of kube-proxy on one node, as a function of Services and slices.
///
/// Follows `pkg/proxy/{iptables,ipvs,nftables}/proxier.go`.
package struct NodeProxy: Sendable {
  /// Where a connection comes from; it decides which traffic policy holds.
  package enum Origin: Hashable, Sendable {
    /// A pod or process of this node.
    case inside
    /// A machine outside the cluster.
    case outside
  }
  /// Which address of a Service a connection goes to.
  package enum Door: Hashable, Sendable {
    case clusterIP
    case nodePort
    /// The address of a load balancer, or one of `externalIPs`.
    case loadBalancer
  }
  package var mode: ProxyMode
  package var node: NodeState
  /// Where cluster IPs come from; nftables drops those that no Service owns.
  package var serviceRange: IPv4Range

  package init(_ mode: ProxyMode, on node: NodeState, serviceRange: IPv4Range = .services) {
    self.mode = mode
    self.node = node
    self.serviceRange = serviceRange
  }

  /// The verdict on a connection to a port that the Service defines.
  package func verdict(
    on port: ServiceState.Port,
    of service: ServiceState,
    slices: [EndpointSliceState],
    through door: Door = .clusterIP,
    from origin: Origin = .inside
  ) -> ConnectionVerdict {
    let all = ProxyEndpoint.all(of: port, in: slices)
    let usable = UsableEndpoints(all, on: node)
    guard usable.hasAny else { return .reject }
    let isLocal =
      switch door {
      case .clusterIP: service.internalTrafficPolicy == .local
      // A client inside takes a short cut past the policy for traffic from outside.
      case .nodePort, .loadBalancer: service.externalTrafficPolicy == .local && origin == .outside
      }
    if !isLocal { return .forward(usable.cluster) }
    if !usable.local.isEmpty { return .forward(usable.local) }
    guard mode == .ipvs else { return .drop }
    // An IPVS server is filled from the cluster's endpoints where those are computed at all, that
    // is unless the Service is local-only and not reachable from outside; without any server the
    // kernel answers "port unreachable".
    return service.isExternallyAccessible ? .forward(usable.cluster) : .reject
  }

  /// The verdict on a connection to an address of the service range and a port.
  package func verdict(
    to address: String,
    port number: Int,
    protocol transport: PortProtocol = .tcp,
    owner: ServiceState?,
    slices: [EndpointSliceState]
  ) -> ConnectionVerdict {
    guard let owner else {
      let isOurs = IPv4Address(address).map(serviceRange.contains) ?? false
      return mode == .nftables && isOurs ? .drop : .noRule
    }
    guard let port = owner.port(number, protocol: transport) else {
      // iptables matches address and port together; the others know their addresses.
      return mode == .iptables ? .noRule : .reject
    }
    return verdict(on: port, of: owner, slices: slices)
  }
}
