internal import KubernetesManifests

/// Which pods stand behind a Service, and on which ports.
///
/// Follows `pkg/controller/endpointslice` and `staging/src/k8s.io/endpointslice/utils.go`.
package struct ServiceMembership: Hashable, Sendable {
  /// Members whose pods offer the same numbers; each group has slices of its own.
  package struct Group: Hashable, Sendable {
    package var ports: [EndpointSliceState.Port]
    package var endpoints: [EndpointState]
  }
  package var groups: [Group] = []

  /// The members among some pods; pods of other namespaces may be among them.
  ///
  /// A pod with an address is a member until its phase is terminal, ready or not. Groups come in
  /// the order of their ports, endpoints in the order of their pods' names.
  package init(of service: ServiceState, among pods: [PodState]) {
    let members = pods.filter { Self.isMember($0, of: service) }.sorted { $0.key < $1.key }
    var indices: [[EndpointSliceState.Port]: Int] = [:]
    for pod in members {
      guard let address = pod.ip else { continue }
      let endpoint = EndpointState(pod, address: address, of: service)
      let ports = Self.ports(of: service, in: pod)
      if let index = indices[ports] {
        groups[index].endpoints.append(endpoint)
      } else {
        indices[ports] = groups.count
        groups.append(Group(ports: ports, endpoints: [endpoint]))
      }
    }
    groups.sort { Self.precedes($0.ports, $1.ports) }
    for index in groups.indices {
      TopologyHints.apply(service.trafficDistribution, to: &groups[index].endpoints)
    }
  }

  /// All members.
  package var endpoints: [EndpointState] { groups.flatMap(\.endpoints) }

  /// Whether the slices of the Service list the pod.
  package static func isMember(_ pod: PodState, of service: ServiceState) -> Bool {
    service.selects(pod) && pod.ip.map { !$0.isEmpty } ?? false && !pod.phase.isTerminal
  }

  /// The ports of the Service as numbers of the pod; one that the pod does not name is left out.
  package static func ports(
    of service: ServiceState,
    in pod: PodState
  ) -> [EndpointSliceState.Port] {
    service.ports.compactMap { port in
      pod.number(of: port.targetPort, protocol: port.protocol).map {
        EndpointSliceState.Port($0, name: port.name ?? "", protocol: port.protocol)
      }
    }
  }

  private static func precedes(
    _ a: [EndpointSliceState.Port],
    _ b: [EndpointSliceState.Port]
  ) -> Bool {
    a.lexicographicallyPrecedes(b) {
      ($0.port, $0.name, $0.protocol.rawValue) < ($1.port, $1.name, $1.protocol.rawValue)
    }
  }
}
