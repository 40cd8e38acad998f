/// Everything that decides where a connection goes, at one instant.
package struct ClusterSnapshot: Sendable {
  /// By namespace and name.
  package let services: [ServiceState]
  package let pods: [PodState]
  package let nodes: [NodeState]
  package let slices: [EndpointSliceState]
  package var dns: ClusterDNS
  /// Those of the controller that users outside reach.
  package var ingresses: [IngressState] = []
  /// Resolvers of workloads that do not have the usual one.
  package var resolvers: [ObjectKey: StubResolver] = [:]
  package var proxyMode = ProxyMode.iptables
  private let slicesOf: [ObjectKey: [EndpointSliceState]]

  /// A picture whose slices are given, as they may be stale.
  package init(
    services: [ServiceState],
    pods: [PodState],
    nodes: [NodeState],
    slices: [EndpointSliceState]
  ) {
    self.services = services.sorted { $0.key < $1.key }
    self.pods = pods.sorted { $0.key < $1.key }
    self.nodes = nodes
    self.slices = slices
    dns = ClusterDNS(services: services, slices: slices, pods: pods)
    slicesOf = Dictionary(grouping: slices) { $0.serviceKey }
  }

  /// A picture in which the controllers have caught up; `manual` are slices entered by hand.
  package init(
    services: [ServiceState],
    pods: [PodState],
    nodes: [NodeState],
    names: SliceNames,
    manual: [EndpointSliceState] = []
  ) {
    var names = names
    var slices = manual
    let index = PodIndex(pods)
    for service in services.sorted(by: { $0.key < $1.key }) where service.hasSelector {
      var own: [EndpointSliceState] = []
      _ = SlicePacking.reconcile(
        &own,
        with: ServiceMembership(of: service, among: index.candidates(for: service)),
        of: service.key,
        names: &names
      )
      slices += own
    }
    self.init(services: services, pods: pods, nodes: nodes, slices: slices)
  }

  /// The slices of a Service.
  package func slices(of service: ObjectKey) -> [EndpointSliceState] { slicesOf[service] ?? [] }

  /// The legacy view of a Service.
  package func endpoints(of service: ServiceState) -> EndpointsView {
    EndpointsView(of: service, among: pods)
  }

  /// The Service of a name.
  package func service(_ key: ObjectKey) -> ServiceState? {
    services.first { $0.key == key }
  }

  /// The Service with a virtual address.
  package func service(owning address: String) -> ServiceState? {
    services.first { $0.virtualIP == address }
  }

  /// The pod that has an address now; one that has run its course has none.
  package func pod(at address: String) -> PodState? {
    pods.first { $0.ip == address && !$0.phase.isTerminal }
  }
}
