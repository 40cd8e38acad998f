/// One address behind a Service, with the conditions of its EndpointSlice.
package struct EndpointState: Hashable, Sendable {
  package var address: String
  /// Used by proxies and DNS: serving and not terminating, or published regardless.
  package var isReady: Bool
  /// The readiness of the pod, terminating or not.
  package var isServing: Bool
  package var isTerminating: Bool
  /// Given when the pod's `subdomain` is the Service: its name below the Service's in DNS.
  package var hostname: String?
  package var node: String?
  package var zone: String?
  /// The pod behind it; `nil` for an address entered by hand.
  package var pod: ObjectKey?
  /// Zones and nodes that should prefer it; empty when nobody said.
  package var zoneHints: [String] = []
  package var nodeHints: [String] = []

  package init(
    _ address: String,
    isReady: Bool = true,
    isServing: Bool = true,
    isTerminating: Bool = false,
    hostname: String? = nil,
    node: String? = nil,
    zone: String? = nil,
    pod: ObjectKey? = nil
  ) {
    self.address = address
    self.isReady = isReady
    self.isServing = isServing
    self.isTerminating = isTerminating
    self.hostname = hostname
    self.node = node
    self.zone = zone
    self.pod = pod
  }

  /// The endpoint that a pod is for a Service.
  ///
  /// Follows `podToEndpoint` of `staging/src/k8s.io/endpointslice/utils.go`.
  package init(_ pod: PodState, address: String, of service: ServiceState) {
    let isServing = pod.isReady
    self.init(
      address,
      isReady: service.publishNotReadyAddresses || isServing && !pod.isTerminating,
      isServing: isServing,
      isTerminating: pod.isTerminating,
      hostname: pod.subdomain == service.key.name ? pod.hostname : nil,
      node: pod.node,
      zone: pod.zone,
      pod: pod.key
    )
  }

  /// Whether a proxy may fall back to it when nothing is ready.
  package var isServingWhileTerminating: Bool { isServing && isTerminating }
}
