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
  /// How long a resolver waits for an answer before it asks again (`timeout` of resolv.conf).
  package var queryTimeout = SimDuration.seconds(5)
  /// How often it asks in all (`attempts`).
  package var attempts = 2

  /// What callers meet while no pod of CoreDNS answers.
  package enum Outage: String, CaseIterable, Hashable, Sendable, BitwiseCopyable {
    /// Queries are lost: the pods drown, or their machines are gone.
    case silent
    /// CoreDNS answers SERVFAIL: it has not synced with the API server.
    case servfail
    /// Its Service has no endpoints, so the node rejects.
    case refused
  }
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
  /// How many addresses of a headless name fit into the message that the caller takes by UDP.
  package var recordsInMessage = Int.max
  /// Whether it asks again by TCP when they do not all fit, or takes those that came.
  package var fallsBackToTCP = true
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
  /// When it is switched off; nobody answers there afterwards.
  package var until: SimDuration?
  package init(latency: Distribution) { self.latency = latency }
}

/// How load balancers come into being and look after their targets.
package struct LoadBalancerPlan: Hashable, Sendable {
  /// From the Service's creation to the balancer's address.
  package var provisioning = UniformDelay(.seconds(60), .seconds(180))
  package var checkInterval = SimDuration.seconds(10)
  /// Checks in a row that make a node healthy again.
  package var healthyThreshold = 3
  /// Checks in a row that take it out.
  package var unhealthyThreshold = 3
  /// MetalLB in layer 2: one node answers for the address, and no machine stands in front.
  package var isLayer2 = false
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
    /// It was an ExternalName and leads to another row of the plan from now on.
    case move(to: Int)
    /// These templates of them have labels that it does not match.
    case exclude([TemplatePlace])
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
