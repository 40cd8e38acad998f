internal import KubernetesManifests

/// The object `Endpoints` of a Service: deprecated, ignored by proxies and DNS, still printed.
///
/// Follows `pkg/controller/endpoint/endpoints_controller.go`.
package struct EndpointsView: Hashable, Sendable {
  /// One address.
  package struct Address: Hashable, Sendable {
    package var ip: String
    package var hostname: String?
    package var node: String?
    package var pod: ObjectKey?
  }
  /// Addresses with the same ports.
  package struct Subset: Hashable, Sendable {
    package var addresses: [Address] = []
    package var notReadyAddresses: [Address] = []
    package var ports: [EndpointSliceState.Port]
  }
  /// Addresses that one object may hold.
  package static let capacity = 1_000

  package var subsets: [Subset] = []
  /// Whether it carries `endpoints.kubernetes.io/over-capacity: truncated`.
  package var isTruncated = false

  init(subsets: [Subset]) { self.subsets = subsets }

  /// The view of a Service's members.
  ///
  /// A terminating pod is dropped, unless not-ready addresses are published; so is a pod without
  /// any of the ports, unless the Service has none and is headless. Addresses are in order of their
  /// text, as the controller sorts them.
  package init(of service: ServiceState, among pods: [PodState]) {
    for pod in pods.sorted(by: { ($0.ip ?? "", $0.key) < ($1.ip ?? "", $1.key) }) {
      guard ServiceMembership.isMember(pod, of: service), let ip = pod.ip else { continue }
      if pod.isTerminating, !service.publishNotReadyAddresses { continue }
      let ports = ServiceMembership.ports(of: service, in: pod)
      if ports.isEmpty, !(service.isHeadless && service.ports.isEmpty) { continue }
      let endpoint = EndpointState(pod, address: ip, of: service)
      let address = Address(ip: ip, hostname: endpoint.hostname, node: pod.node, pod: pod.key)
      add(address, isReady: pod.isReady || service.publishNotReadyAddresses, ports)
    }
    subsets.sort { a, b in
      a.ports.lexicographicallyPrecedes(b.ports) {
        ($0.port, $0.name, $0.protocol.rawValue) < ($1.port, $1.name, $1.protocol.rawValue)
      }
    }
    truncate()
  }

  /// Addresses that traffic goes to.
  package var readyCount: Int { subsets.reduce(0) { $0 + $1.addresses.count } }

  /// Addresses that are listed and get no traffic.
  package var notReadyCount: Int { subsets.reduce(0) { $0 + $1.notReadyAddresses.count } }

  private mutating func add(
    _ address: Address,
    isReady: Bool,
    _ ports: [EndpointSliceState.Port]
  ) {
    let index = subsets.firstIndex { $0.ports == ports } ?? subsets.count
    if index == subsets.count { subsets.append(Subset(ports: ports)) }
    if isReady {
      subsets[index].addresses.append(address)
    } else {
      subsets[index].notReadyAddresses.append(address)
    }
  }

  /// More than 1,000 ready: the first of them, in proportion by subset, and nothing else; more with
  /// those that are not ready: only these are cut.
  private mutating func truncate() {
    let ready = readyCount
    let notReady = notReadyCount
    guard ready + notReady > Self.capacity else { return }
    isTruncated = true
    let cutsReady = ready > Self.capacity
    let total = cutsReady ? ready : notReady
    let room = cutsReady ? Self.capacity : Self.capacity - ready
    var left = room
    for index in subsets.indices {
      let size =
        cutsReady ? subsets[index].addresses.count : subsets[index].notReadyAddresses.count
      let share = min(left, (size * room + total - 1) / total)
      left -= share
      if cutsReady {
        subsets[index].addresses.removeLast(size - min(size, share))
        subsets[index].notReadyAddresses = []
      } else {
        subsets[index].notReadyAddresses.removeLast(size - min(size, share))
      }
    }
    subsets.removeAll { $0.addresses.isEmpty && $0.notReadyAddresses.isEmpty }
  }
}
