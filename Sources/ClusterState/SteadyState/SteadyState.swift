package import KubernetesManifests
package import SimKernel

/// The cluster that manifests describe, once everything has settled: all pods run and are ready.
///
/// Jobs are over by then, so that their pods are left out.
package struct SteadyState: Sendable {
  /// Pods beyond these are left out: the size that Kubernetes itself is tested up to.
  package static let podLimit = 150_000

  package let registry: ServiceRegistry
  package let snapshot: ClusterSnapshot
  /// The workloads that make the pods: by kind, then in file order.
  package let workloads: [ObjectKey]
  /// What the API server would refuse, and pods left out.
  package let problems: [Diagnostic]

  /// The state under one seed, which decides on allocated addresses and drawn names.
  ///
  /// Nodes that the manifests hold replace the given number.
  package init(_ manifests: ManifestSet, nodes: Int = 3, draws: StreamFactory) {
    var factory = PodFactory(draws: draws.stream("pod names"))
    factory.addAll(of: manifests)
    var placement = Placement(
      known: manifests.nodes.map { NodeState($0.metadata.name.value, zone: $0.zone) },
      wished: nodes,
      pods: factory.pods.count
    )
    var pods = placement.place(factory.pods)
    for daemon in manifests.daemonSets {
      pods += placement.placeOnEach(factory.addDaemon(daemon, nodes: placement.nodes.count))
    }
    var registry = ServiceRegistry(draws: draws.stream("addresses"))
    problems = factory.problems + Self.apply(manifests.services, to: &registry)
    self.registry = registry
    workloads = factory.workloads
    var snapshot = ClusterSnapshot(
      services: registry.services,
      pods: pods,
      nodes: placement.nodes,
      names: SliceNames(draws: draws.stream("slice names")),
      manual: Self.manualSlices(of: manifests, registry)
    )
    snapshot.dns.namespaces.formUnion(manifests.namespaces.map(\.name.value))
    snapshot.dns.namespaces.formUnion(factory.workloads.map(\.namespace))
    snapshot.resolvers = factory.resolvers
    snapshot.ingresses = manifests.ingresses.map(IngressState.init)
    self.snapshot = snapshot
  }

  /// Applies Services as `kubectl apply` does, those that ask for a number first.
  ///
  /// So an address or port that somebody asks for is never one that somebody else was just given.
  private static func apply(
    _ services: [Service],
    to registry: inout ServiceRegistry
  ) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let asks = services.filter(Self.asksForNumbers)
    for service in asks + services.filter({ !Self.asksForNumbers($0) }) {
      let state = ServiceState(service)
      do throws(APIRejection) {
        if registry[state.key] == nil {
          try registry.create(state)
        } else {
          try registry.update(state)
        }
      } catch {
        problems.append(
          Diagnostic(.error, error.description, at: service.mark, field: error.field)
        )
      }
    }
    return problems
  }

  private static func asksForNumbers(_ service: Service) -> Bool {
    service.clusterIP != nil || service.healthCheckNodePort != nil
      || service.ports.contains { $0.nodePort != nil }
  }

  /// Slices given by hand, and those that mirror Endpoints of Services without selector.
  private static func manualSlices(
    of manifests: ManifestSet,
    _ registry: ServiceRegistry
  ) -> [EndpointSliceState] {
    let mirrored = manifests.endpoints.flatMap { endpoints -> [EndpointSliceState] in
      let key = ObjectKey(endpoints.metadata.namespace, endpoints.metadata.name.value)
      guard let service = registry[key], !service.hasSelector else { return [] }
      return EndpointSliceState.mirroring(endpoints)
    }
    return manifests.endpointSlices.compactMap(EndpointSliceState.init) + mirrored
  }
}
