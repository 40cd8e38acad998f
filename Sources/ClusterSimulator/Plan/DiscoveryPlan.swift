package import SimKernel

/// The cluster's DNS: CoreDNS and, if there is one, the cache on each node in front of it.
package struct DNSPlan: Sendable {
  /// How long one query takes, A and AAAA asked at once; a name may need several.
  package var latency = UniformDelay(.zero, .zero)
  /// Whether each node has NodeLocal DNSCache.
  package var hasNodeLocalCache = false
  /// How long it keeps an answer.
  package var cacheTTL = SimDuration.seconds(30)
  /// How long it keeps the answer that there is no such name.
  package var denialTTL = SimDuration.seconds(5)
  package init() {}
}

/// How a caller looks names up.
package struct NamePlan: Hashable, Sendable {
  /// Queries until the name is found on the search path: 1 for `backend`, 2 for `backend.shop`.
  package var queriesToFind = 1
  /// Queries until it is clear that there is no such name.
  package var queriesToDeny = 4
  /// How long the caller itself keeps an answer; most runtimes do not.
  package var cache = SimDuration.zero
  /// How long it keeps the answer that there is no such name.
  package var negativeCache = SimDuration.zero
  package init() {}
}

/// Which of the addresses behind a headless name a client takes.
package enum AddressChoice: String, CaseIterable, BitwiseCopyable, Hashable, Sendable {
  /// The first of the answer, which comes in random order: the same one until the next lookup.
  case first
  /// Any of the answer for each connection.
  case random
  /// One after the other.
  case roundRobin
}

/// A host outside the cluster.
package struct ExternalHostPlan: Hashable, Sendable {
  /// From the request to the answer.
  package var latency: Distribution
  /// How many of a million requests it fails.
  package var failuresPPM = 0
  package init(latency: Distribution) { self.latency = latency }
}

/// How a cloud's load balancers come into being and look after their targets.
package struct LoadBalancerPlan: Hashable, Sendable {
  /// From the Service's creation to the balancer's address.
  package var provisioning = UniformDelay(.seconds(60), .seconds(180))
  package var checkInterval = SimDuration.seconds(10)
  /// Checks in a row that make a node healthy again.
  package var healthyThreshold = 3
  /// Checks in a row that take it out.
  package var unhealthyThreshold = 3
  package init() {}
}

/// A Service that comes into being, changes or vanishes during a run: `kubectl apply`, `delete`.
package struct ServiceOperation: Hashable, Sendable {
  package enum Action: Hashable, Sendable {
    /// It is created, with a new ClusterIP; nothing happens when it is there.
    case apply
    /// It is deleted, its ClusterIP given up.
    case delete
    /// Its selector matches the pods of these workloads from now on.
    case select([Int])
  }
  package var at: SimDuration
  /// Index into `SimulationPlan.services`; a Service with several ports needs one for each.
  package var service: Int
  package var action: Action

  package init(at: SimDuration, service: Int, _ action: Action) {
    self.at = at
    self.service = service
    self.action = action
  }
}
