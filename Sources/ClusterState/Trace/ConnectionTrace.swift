/// The way of a connection from a name to a pod, step by step.
package struct ConnectionTrace: Hashable, Sendable {
  /// What an address is.
  package enum Owner: Hashable, Sendable {
    case clusterIP(ObjectKey)
    /// Of a load balancer, or one of `externalIPs`.
    case loadBalancer(ObjectKey)
    case pod(ObjectKey)
    case node(String)
    /// An address of the service range that no Service has.
    case unusedClusterIP
    /// Nothing of this cluster.
    case elsewhere
  }
  /// One step; the order is that of the real thing.
  package enum Step: Hashable, Sendable {
    /// The text is neither a URL nor a name.
    case malformed(String)
    /// One round of questions, with its answers.
    case lookup(StubResolver.Lookup)
    /// No spelling of the name has an address.
    case unresolved(DNSAnswer.Status)
    /// An ExternalName leads out of the cluster, to a name whose address is not known here.
    case alias(DomainName)
    /// The rule of an Ingress that takes the request; `nil` when none does.
    case ingress(IngressRouter.Match?)
    /// The address that the client takes, the first, and whose it is.
    case address(String, Owner)
    /// The port of the URL, looked up among those of the Service; `nil` when it is none of them.
    case port(Int, ServiceState.Port?)
    /// The endpoints of that port: those of the slices, and of them those that are ready.
    case endpoints(all: [ProxyEndpoint], ready: [ProxyEndpoint])
    /// What the rules of the client's node, or of the node asked, do.
    case verdict(ConnectionVerdict)
    /// A pod that may be chosen, and whether one of its containers declares the port.
    case destination(ObjectKey, port: Int, isDeclared: Bool)
  }
  /// How it ends.
  package enum Outcome: String, Hashable, Sendable {
    case connected
    case refused
    case timeout
    /// The name has no address.
    case unresolved
    /// The Ingress controller answers 404: no rule takes the request.
    case notFound
    /// It answers 502: the pods refuse.
    case badGateway
    /// It answers 503: there is no ready endpoint, or no such Service or port.
    case serviceUnavailable
    /// The address is not of this cluster, so that nothing is known.
    case leavesCluster
  }
  package var steps: [Step] = []
  package var outcome = Outcome.unresolved

  /// All rounds of questions.
  package var lookups: [StubResolver.Lookup] {
    steps.compactMap { if case .lookup(let lookup) = $0 { lookup } else { nil } }
  }

  /// The address that was taken.
  package var address: String? {
    for case .address(let address, _) in steps { return address }
    return nil
  }
}
