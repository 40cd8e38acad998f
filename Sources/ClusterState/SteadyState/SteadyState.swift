package import KubernetesManifests
package import SimKernel

/// The cluster that manifests describe, once everything has settled: all pods run and are ready.
package struct SteadyState: Sendable {
  /// Pods beyond these are left out: the size that Kubernetes itself is tested up to.
  package static let podLimit = 150_000

  package let registry: ServiceRegistry
  package let snapshot: ClusterSnapshot
  /// The workloads that make the pods, in file order.
  package let workloads: [ObjectKey]
  /// What the API server would refuse, and pods left out.
  package let problems: [Diagnostic]

  /// The state under one seed, which decides on allocated addresses and drawn names.
  package init(_ manifests: ManifestSet, nodes: Int = 3, draws: StreamFactory) {
    var factory = PodFactory(draws: draws.stream("pod names"))
    for deployment in manifests.deployments {
      factory.add(
        ObjectKey(deployment.metadata.namespace, deployment.metadata.name.value),
        deployment.template,
        replicas: deployment.replicas
      )
    }
    for set in manifests.statefulSets {
      factory.add(
        ObjectKey(set.metadata.namespace, set.metadata.name.value),
        set.template,
        replicas: set.replicas,
        named: .ordinal(governedBy: set.serviceName?.value)
      )
    }
    let (placed, cluster) = Placement.place(factory.pods, onAtLeast: nodes)
    var registry = ServiceRegistry(draws: draws.stream("addresses"))
    problems = factory.problems + Self.apply(manifests.services, to: &registry)
    self.registry = registry
    workloads = factory.workloads
    var snapshot = ClusterSnapshot(
      services: registry.services,
      pods: placed,
      nodes: cluster,
      names: SliceNames(draws: draws.stream("slice names"))
    )
    snapshot.dns.namespaces.formUnion(manifests.namespaces.map(\.name.value))
    snapshot.dns.namespaces.formUnion(factory.workloads.map(\.namespace))
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
    service.clusterIP != nil || service.ports.contains { $0.nodePort != nil }
  }
}
