package import SimKernel

/// A call from a client or a pod to a Service: where it goes and how patient the caller is.
package struct CallPlan: Hashable, Sendable {
  /// The call's name in the scenario, unique within its caller.
  package var name: String
  /// Index into `SimulationPlan.services`.
  package var service: Int
  package var routing: Routing
  /// How the ingress chooses, when `routing` leads through one.
  package var balancer = Balancer.roundRobin
  package var connection: ConnectionPolicy = .perRequest
  /// How long one attempt may take, connecting included.
  package var timeout: SimDuration
  package var retry = RetryPlan()
  /// How the caller looks the name up.
  package var lookup = NamePlan()
  /// Set when the target is a host that an Ingress serves; says what its controller does.
  package var ingress: IngressRulePlan?

  package init(name: String, service: Int, routing: Routing, timeout: SimDuration) {
    self.name = name
    self.service = service
    self.routing = routing
    self.timeout = timeout
  }
}

/// How a name becomes an address.
package enum Routing: Hashable, Sendable {
  /// The pod addresses that stood at `capturedAt`, in a configuration that nothing refreshes.
  case hardcodedIP(capturedAt: SimDuration)
  /// DNS gives the ClusterIP; kube-proxy on the caller's node picks an endpoint per connection.
  case dns
  /// An L7 proxy picks a ready endpoint for each request, by its own view and `Balancer`.
  case ingress
  /// DNS gives the ready endpoints of a Service without ClusterIP; the caller picks.
  case headless(AddressChoice)
  /// The name of a StatefulSet's pod under its governing Service: `db-0.db-svc.shop`.
  case podName(ordinal: Int)
  /// The ClusterIP from the variables that were set when the caller's container was created.
  case environment
  /// A port on the nodes, reached from outside: on one node, or any of them.
  case nodePort(node: Int?)
  /// The Service's load balancer, reached from outside.
  case loadBalancer
}

/// How connections live.
package enum ConnectionPolicy: Hashable, Sendable {
  /// A new connection for every request.
  case perRequest
  /// HTTP/1.1 keep-alive: one request at a time on a connection, at most `size` of them per
  /// client instance; a request that finds none idle opens one, or waits when all are taken.
  case http1(size: Int, maxAge: SimDuration, idleTimeout: SimDuration, closeOnTimeout: Bool)
  /// HTTP/2: `connections` long-lived ones per client instance, requests multiplexed over them
  /// round robin.
  case http2(connections: Int, maxAge: SimDuration)
}

/// When a failed attempt is tried again.
package struct RetryPlan: Hashable, Sendable {
  package enum Jitter: String, CaseIterable, Sendable { case none, full }
  /// All tries, the first included.
  package var attempts = 1
  /// The wait before the second try; it doubles for each further one.
  package var base = SimDuration.milliseconds(100)
  /// The longest wait.
  package var maximum = SimDuration.seconds(10)
  package var jitter = Jitter.full
  package init() {}
}
