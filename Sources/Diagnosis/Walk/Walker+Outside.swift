import ClusterState
import KubernetesManifests

/// Clients outside the cluster: they know neither its names nor its virtual addresses.
extension Walker {
  mutating func walkFromOutside() {
    guard case .service(let service) = inventory.resolve(host.host, from: namespace) else {
      return explain(tracer.trace(from: .outside, to: host.host))
    }
    walk.pass(.name, "\(service.object.title) is meant; its cluster name means nothing outside")
    let state = tracer.snapshot.services.first {
      $0.key == ObjectKey(service.object.namespace, service.object.name)
    }
    let port = host.effectivePort.map { ":\($0)" } ?? ""
    if let address = state?.loadBalancerIP {
      explain(tracer.trace(from: .outside, to: address + port))
    } else if let state, state.type == .nodePort || state.type == .loadBalancer {
      walkThroughNodePort(state, service)
    } else if let ingress = inventory.ingresses.first(where: { $0.leads(to: service) }) {
      walk.pass(.service, "through Ingress \(ingress.object.name), by host and path")
      let inside = TraceClient.pod(namespace: service.object.namespace)
      let name = "\(service.object.name).\(service.object.namespace).svc.cluster.local."
      explain(tracer.trace(from: inside, to: name + port))
    } else {
      stopAtClusterIP(service)
    }
  }

  private mutating func walkThroughNodePort(_ state: ServiceState, _ service: ServiceView) {
    if service.type == "LoadBalancer" {
      walk.result = "there is no address to connect to"
      walk.stop(
        .service,
        "EXTERNAL-IP of \(service.object.title) stays <pending>",
        inventory.finding(PendingLoadBalancer.self, of: service.object)
      )
      return
    }
    let asked = host.port ?? state.ports.first?.port
    let port = state.ports.first { $0.port == asked || $0.nodePort == asked }
    guard let number = port?.nodePort, let node = tracer.snapshot.nodes.first?.internalIP else {
      walk.result = Self.words(for: .refused)
      walk.stop(.port, "\(service.object.title) has no node port for \(asked ?? 0)", nil)
      return
    }
    explain(tracer.trace(from: .outside, to: "\(node):\(number)"))
  }

  private mutating func stopAtClusterIP(_ service: ServiceView) {
    walk.result = Self.words(for: .timeout)
    let finding = Finding(
      code: ClusterIPFromOutside.code,
      severity: .error,
      object: service.object.title,
      span: service.object.nameSpan,
      message: "the client is outside, and a ClusterIP exists only inside the cluster",
      effect: ClusterIPFromOutside.effect,
      fix: ClusterIPFromOutside.fix
    )
    walk.stop(.service, "\(service.object.title) has no address outside the cluster", finding)
  }
}
