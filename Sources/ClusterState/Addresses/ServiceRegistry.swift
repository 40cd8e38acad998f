internal import KubernetesManifests
package import SimKernel

/// The API server's store of Services: allocates on create, keeps or swaps on update, releases.
///
/// Follows `pkg/registry/core/service/storage`: a refused request leaves nothing allocated.
package struct ServiceRegistry: Sendable {
  var stored: [ObjectKey: ServiceState] = [:]
  package internal(set) var clusterIPs: ClusterIPAllocator
  package internal(set) var nodePorts: NodePortAllocator
  private let draws: RandomStream
  /// How many picks a name has caused; a Service created again draws again.
  private var picks: [ObjectKey: UInt64] = [:]

  /// A registry that holds `default/kubernetes` and `kube-system/kube-dns`, as kubeadm leaves it.
  ///
  /// Picks depend on `draws`, on the name of the Service and on what is taken, not on the order of
  /// creation, unless two picks collide.
  package init(draws: RandomStream, range: IPv4Range = .services) {
    self.draws = draws
    clusterIPs = ClusterIPAllocator(range: range)
    nodePorts = NodePortAllocator()
    for service in Self.systemServices(clusterIPs) {
      guard let address = service.clusterIP else { continue }
      do throws(AllocationProblem) { try clusterIPs.allocate(address) } catch { continue }
      stored[service.key] = service
    }
  }

  private static func systemServices(_ allocator: ClusterIPAllocator) -> [ServiceState] {
    let apiServer = ServiceState(
      ObjectKey("default", "kubernetes"),
      ports: [ServiceState.Port(443, name: "https", targetPort: .number(6443))],
      clusterIP: allocator.apiServerAddress.description
    )
    let dns = ServiceState(
      ObjectKey("kube-system", "kube-dns"),
      selector: Labels([("k8s-app", "kube-dns")]),
      ports: [
        ServiceState.Port(53, name: "dns", protocol: .udp),
        ServiceState.Port(53, name: "dns-tcp"),
        ServiceState.Port(9153, name: "metrics"),
      ],
      clusterIP: allocator.dnsAddress.description
    )
    return [apiServer, dns]
  }

  /// All Services by namespace and name.
  package var services: [ServiceState] { stored.values.sorted { $0.key < $1.key } }

  /// The Service of a name.
  package subscript(key: ObjectKey) -> ServiceState? { stored[key] }

  /// Stores a new Service with everything that it needs allocated.
  @discardableResult
  package mutating func create(_ given: ServiceState) throws(APIRejection) -> ServiceState {
    if stored[given.key] != nil {
      throw APIRejection(
        reason: .alreadyExists,
        service: given.key,
        field: "",
        value: "",
        detail: ""
      )
    }
    var service = given
    var reserved = Reservation()
    do throws(APIRejection) {
      try checkType(of: service)
      try allocateClusterIP(&service, &reserved)
      try allocateNodePorts(&service, over: [], &reserved)
      try allocateHealthCheckNodePort(&service, old: nil, &reserved)
    } catch {
      undo(reserved)
      throw error
    }
    stored[service.key] = service
    return service
  }

  /// Removes a Service; its address and ports are free at once.
  package mutating func delete(_ key: ObjectKey) throws(APIRejection) {
    guard let service = stored.removeValue(forKey: key) else {
      throw APIRejection(reason: .notFound, service: key, field: "", value: "", detail: "")
    }
    if let address = service.virtualIP { clusterIPs.release(address) }
    for port in Self.nodePortNumbers(of: service) { nodePorts.release(port) }
  }

  /// The generator for the next pick on behalf of a Service.
  mutating func generator(for key: ObjectKey) -> Generator {
    let ordinal = picks[key, default: 0]
    picks[key] = ordinal + 1
    return draws.generator(Mixing.fnv1a(key.description), ordinal)
  }

  /// All numbers that a Service holds in the space of node ports, without repetition.
  static func nodePortNumbers(of service: ServiceState) -> [Int] {
    var numbers: [Int] = []
    for number in service.ports.map(\.nodePort) + [service.healthCheckNodePort] {
      if let number, !numbers.contains(number) { numbers.append(number) }
    }
    return numbers
  }
}
