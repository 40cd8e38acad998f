package import SimKernel

/// One port of a Service: a stable virtual address in front of the pods its selector matches.
package struct ServicePlan: Sendable {
  /// Which endpoints a node may use.
  package enum TrafficPolicy: String, CaseIterable, Sendable {
    /// Those of the whole cluster.
    case cluster = "Cluster"
    /// Those on the node itself; without any the packets are dropped.
    case local = "Local"
  }
  /// Which of the cluster's endpoints a node prefers, as long as there is one.
  package enum TrafficDistribution: String, CaseIterable, Sendable {
    /// Those in its zone.
    case preferSameZone = "PreferSameZone"
    /// Those on itself, then those in its zone.
    case preferSameNode = "PreferSameNode"
  }

  /// `namespace/name`, with `:port` when the Service has several.
  package var name: String
  /// Indices into `SimulationPlan.workloads` of the workloads whose pods the selector matches.
  package var workloads: [Int]
  /// The port on the pods that `targetPort` leads to; a pod that listens elsewhere refuses.
  package var targetPort: Int
  /// The same for each of `workloads` where a named port has several numbers.
  ///
  /// Zero where no container has a port of that name: such pods are listed without it. Empty when
  /// `targetPort` holds for all.
  package var targetPorts: [Int] = []
  /// Whether pods count as endpoints before they are ready.
  package var publishNotReadyAddresses = false
  /// Whether the Service has this port at all.
  package var isPortDefined = true
  /// For clients in the cluster.
  package var internalTrafficPolicy = TrafficPolicy.cluster
  /// For clients outside, who come in by a node's port.
  package var externalTrafficPolicy = TrafficPolicy.cluster
  /// Preference among ready endpoints, `nil` for none.
  package var trafficDistribution: TrafficDistribution?
  /// sessionAffinity ClientIP: how long a node remembers a client; `nil` for None.
  package var affinityTimeout: SimDuration?
  /// Set for an ExternalName: the host that the name leads to.
  package var externalHost: ExternalHostPlan?
  /// Whether its load balancer, if it asks for one, ever gets an address.
  package var hasLoadBalancerAddress = true
  /// Whether it exists when the run begins; see `SimulationPlan.serviceOperations`.
  package var isPresentAtStart = true
  /// The workloads whose answer is right for callers, by index.
  ///
  /// `nil` means those that the selector matches at first or, when it matches none, at any time;
  /// all others are another application, whatever the selector says later.
  package var application: [Int]?
  /// Templates of `workloads` whose labels the selector does not match.
  package var excluded: [TemplatePlace] = []

  package init(name: String, workloads: [Int], targetPort: Int) {
    self.name = name
    self.workloads = workloads
    self.targetPort = targetPort
  }

  /// The port on the pods of a workload, whether the selector matches it or not.
  package func port(ofWorkload workload: Int) -> Int {
    guard let place = workloads.firstIndex(of: workload), targetPorts.indices.contains(place)
    else { return targetPort }
    return targetPorts[place]
  }
}
