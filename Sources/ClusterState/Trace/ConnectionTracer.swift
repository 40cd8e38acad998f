internal import KubernetesManifests

/// Follows a connection through DNS, virtual address, slices and rules.
///
/// Containers are taken to listen on the ports that they declare and on no others; those that
/// declare none may listen anywhere.
package struct ConnectionTracer: Sendable {
  package let snapshot: ClusterSnapshot

  package init(_ snapshot: ClusterSnapshot) { self.snapshot = snapshot }

  /// The way from a client to a URL, a name or an address.
  package func trace(from client: TraceClient, to text: String) -> ConnectionTrace {
    var trace = ConnectionTrace()
    guard let url = TargetURL(text) else {
      trace.steps.append(.malformed(text))
      return trace
    }
    if client == .outside, isServedByIngress(url.host) {
      reachIngress(url, &trace)
      return trace
    }
    guard let address = address(of: url.host, for: client, &trace) else { return trace }
    connect(to: address, url.port, from: client, &trace)
    return trace
  }

  /// The questions that a name causes in a client.
  ///
  /// A machine outside, and a pod that uses its node's DNS, know no names of the cluster.
  package func resolve(_ name: String, for client: TraceClient) -> StubResolver.Result {
    ask(resolver(of: client), name)
  }

  /// The resolver of a client: that of its workload where it has one of its own.
  package func resolver(of client: TraceClient) -> StubResolver {
    guard case .pod(let namespace, let workload) = client else { return .ofNode }
    if let workload, let own = snapshot.resolvers[ObjectKey(namespace, workload)] { return own }
    return StubResolver(namespace: namespace, zone: snapshot.dns.zone)
  }

  private func ask(_ resolver: StubResolver, _ name: String) -> StubResolver.Result {
    let dns = snapshot.dns
    return resolver.resolve(name) { question in
      let isOurs = question.name.labels(below: dns.zone) != nil
      return isOurs && !resolver.asksCluster
        ? DNSAnswer(.noName, ttl: dns.ttl) : dns.answer(question)
    }
  }

  private func address(
    of host: String,
    for client: TraceClient,
    _ trace: inout ConnectionTrace
  ) -> String? {
    if IPv4Address(host) != nil { return host }
    let result = resolve(host, for: client)
    trace.steps += result.lookups.map { .lookup($0) }
    if let address = result.addresses.first { return address }
    let ends = result.lookups.compactMap(\.a.aliases.last)
    if let end = ends.first(where: { $0.labels(below: snapshot.dns.zone) == nil }) {
      trace.steps.append(.alias(end))
      trace.outcome = .leavesCluster
    } else {
      trace.steps.append(.unresolved(result.status))
    }
    return nil
  }

  private func connect(
    to address: String,
    _ port: Int?,
    from client: TraceClient,
    _ trace: inout ConnectionTrace
  ) {
    let owner = owner(of: address)
    trace.steps.append(.address(address, owner))
    switch owner {
    case .clusterIP(let key):
      if client == .outside {
        // No route leads to a virtual address from outside.
        trace.outcome = .timeout
      } else {
        reach(key, port, .clusterIP, address, client, &trace)
      }
    case .loadBalancer(let key): reach(key, port, .loadBalancer, address, client, &trace)
    case .node(let name): reachNodePort(port, on: name, client, &trace)
    case .pod(let key):
      if client == .outside {
        trace.outcome = .timeout
      } else {
        reachPods([(key, port ?? 80)], &trace)
      }
    case .unusedClusterIP:
      if client != .outside {
        let proxy = proxy(for: client)
        let verdict = proxy.verdict(to: address, port: port ?? 80, owner: nil, slices: [])
        trace.steps.append(.verdict(verdict))
      }
      trace.outcome = .timeout
    case .elsewhere: trace.outcome = .leavesCluster
    }
  }

  /// Whose an address is.
  package func owner(of address: String) -> ConnectionTrace.Owner {
    if let service = snapshot.service(owning: address) { return .clusterIP(service.key) }
    let isOpen = snapshot.services.first {
      $0.loadBalancerIP == address || $0.externalIPs.contains(address)
    }
    if let service = isOpen {
      return .loadBalancer(service.key)
    }
    if let pod = snapshot.pod(at: address) { return .pod(pod.key) }
    if let node = snapshot.nodes.first(where: { $0.internalIP == address }) {
      return .node(node.name)
    }
    let isOurs = IPv4Address(address).map(IPv4Range.services.contains) ?? false
    return isOurs ? .unusedClusterIP : .elsewhere
  }

  private func reach(
    _ key: ObjectKey,
    _ asked: Int?,
    _ door: NodeProxy.Door,
    _ address: String,
    _ client: TraceClient,
    _ trace: inout ConnectionTrace
  ) {
    guard let service = snapshot.service(key) else { return }
    let slices = snapshot.slices(of: key)
    // A client that names no port means the Service's own.
    let number = asked ?? service.ports.first?.port ?? 80
    let port = service.port(number)
    trace.steps.append(.port(number, port))
    guard let port else {
      let proxy = proxy(for: client)
      let verdict = proxy.verdict(to: address, port: number, owner: service, slices: slices)
      finish(verdict, &trace)
      return
    }
    describe(port, slices, &trace)
    let proxy =
      door == .loadBalancer && client == .outside
      ? balancedProxy(of: service, slices) : proxy(for: client)
    let verdict = proxy.verdict(
      on: port,
      of: service,
      slices: slices,
      through: door,
      from: client == .outside ? .outside : .inside
    )
    finish(verdict, &trace)
  }

  private func reachNodePort(
    _ number: Int?,
    on name: String,
    _ client: TraceClient,
    _ trace: inout ConnectionTrace
  ) {
    let number = number ?? 80
    let owner = snapshot.services.first { service in
      service.ports.contains { $0.nodePort == number && $0.protocol == .tcp }
    }
    let port = owner?.ports.first { $0.nodePort == number && $0.protocol == .tcp }
    trace.steps.append(.port(number, port))
    guard let owner, let port, let node = snapshot.nodes.first(where: { $0.name == name }) else {
      // The node itself answers for ports that nobody holds.
      trace.steps.append(.verdict(.reject))
      trace.outcome = .refused
      return
    }
    let slices = snapshot.slices(of: owner.key)
    describe(port, slices, &trace)
    let verdict = NodeProxy(snapshot.proxyMode, on: node).verdict(
      on: port,
      of: owner,
      slices: slices,
      through: .nodePort,
      from: client == .outside ? .outside : .inside
    )
    finish(verdict, &trace)
  }

  private func describe(
    _ port: ServiceState.Port,
    _ slices: [EndpointSliceState],
    _ trace: inout ConnectionTrace
  ) {
    let all = ProxyEndpoint.all(of: port, in: slices)
    trace.steps.append(.endpoints(all: all, ready: all.filter(\.endpoint.isReady)))
  }

  private func finish(_ verdict: ConnectionVerdict, _ trace: inout ConnectionTrace) {
    trace.steps.append(.verdict(verdict))
    switch verdict.effect {
    case .refused: trace.outcome = .refused
    case .timeout: trace.outcome = .timeout
    case .connected:
      let pods = verdict.endpoints.compactMap { target in
        target.endpoint.pod.map { ($0, target.port) }
      }
      if pods.isEmpty { trace.outcome = .leavesCluster } else { reachPods(pods, &trace) }
    }
  }

  /// The end of the way: at least one pod that declares the port, or declares nothing, accepts.
  func reachPods(_ targets: [(ObjectKey, Int)], _ trace: inout ConnectionTrace) {
    var isAccepted = false
    for (key, port) in targets {
      let pod = snapshot.pods.first { $0.key == key }
      let isDeclared = pod?.mayListen(on: port) ?? false
      isAccepted = isAccepted || isDeclared
      trace.steps.append(.destination(key, port: port, isDeclared: isDeclared))
    }
    trace.outcome = isAccepted ? .connected : .refused
  }

  /// The rules on the first node that a load balancer takes for healthy.
  private func balancedProxy(
    of service: ServiceState,
    _ slices: [EndpointSliceState]
  ) -> NodeProxy {
    let healthy = snapshot.nodes.first {
      HealthCheckNodePort.status(of: service, slices: slices, on: $0) != 503
    }
    let node = healthy ?? snapshot.nodes.first ?? NodeState("node-1")
    return NodeProxy(snapshot.proxyMode, on: node)
  }

  /// The rules on the node of the client's first pod, of the first node when it has none.
  private func proxy(for client: TraceClient) -> NodeProxy {
    var name: String?
    if case .pod(let namespace, let workload) = client {
      name =
        snapshot.pods.first { pod in
          pod.key.namespace == namespace && (workload == nil || pod.workload == workload)
            && pod.node != nil
        }?.node
    }
    let node = snapshot.nodes.first { $0.name == name } ?? snapshot.nodes.first
    return NodeProxy(snapshot.proxyMode, on: node ?? NodeState("node-1"))
  }
}
