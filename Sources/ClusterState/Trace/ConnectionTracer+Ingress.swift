internal import KubernetesManifests

extension ConnectionTracer {
  /// Whether users outside reach an Ingress controller by this host.
  ///
  /// The name is theirs to resolve, in public DNS, to the controller's load balancer.
  func isServedByIngress(_ host: String) -> Bool {
    guard IPv4Address(host) == nil else { return false }
    let router = IngressRouter(snapshot.ingresses)
    return snapshot.ingresses.contains { ingress in
      ingress.rules.contains { rule in
        rule.host.map { IngressRouter.covers($0, host: host) } ?? false
      }
    } || router.match(host: host, path: "/") != nil
  }

  /// The way through the controller, which sends requests to ready pods itself.
  func reachIngress(_ url: TargetURL, _ trace: inout ConnectionTrace) {
    let match = IngressRouter(snapshot.ingresses).match(host: url.host, path: url.path)
    trace.steps.append(.ingress(match))
    guard let match else {
      trace.outcome = .notFound
      return
    }
    guard let service = snapshot.service(match.service) else {
      trace.outcome = .serviceUnavailable
      return
    }
    if service.type == .externalName {
      trace.outcome = .leavesCluster
      return
    }
    let port = service.ports.first { port in
      switch match.backend.port {
      case .number(let number): port.port == number
      case .name(let name): port.name == name
      }
    }
    if case .number(let number) = match.backend.port { trace.steps.append(.port(number, port)) }
    guard let port else {
      trace.outcome = .serviceUnavailable
      return
    }
    let all = ProxyEndpoint.all(of: port, in: snapshot.slices(of: service.key))
    let ready = all.filter(\.endpoint.isReady)
    trace.steps.append(.endpoints(all: all, ready: ready))
    let targets = ready.compactMap { target in target.endpoint.pod.map { ($0, target.port) } }
    if ready.isEmpty {
      trace.outcome = .serviceUnavailable
    } else if targets.isEmpty {
      trace.outcome = .leavesCluster
    } else {
      reachPods(targets, &trace)
      if trace.outcome == .refused { trace.outcome = .badGateway }
    }
  }
}
