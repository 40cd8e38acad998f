/// How an attempt, or a user's whole request, ended as its caller saw it: exactly one of these.
package enum Outcome: UInt8, CaseIterable, Sendable {
  /// A good answer in time.
  case succeeded
  /// The connection was refused at once: nothing listens, or the Service has no endpoint.
  case refused
  /// No answer to the SYN and its retransmissions before the caller's timeout.
  case connectTimedOut
  /// "No route to host": the node is there, the pod's network is not.
  case hostUnreachable
  /// Another application answered at that address.
  case wrongApplication
  /// 503: the server's backlog was full, or an ingress controller knows of no pod.
  case rejected
  /// Connected, but no answer in time.
  case timedOut
  /// The connection broke before the answer.
  case reset
  /// The server answered with an error of its own: 500, 502, 504; `Cause` says why.
  case serverError
  /// No connection became free in the caller's pool in time.
  case poolTimedOut
  /// The caller could not find out where to connect to; `Cause` says why.
  case unresolved
}

/// Why it ended so, kept apart from what the caller saw.
package enum Cause: UInt8, CaseIterable, BitwiseCopyable, Sendable {
  case none
  /// The Service had no usable endpoint on the caller's node.
  case noEndpoints
  /// The address belongs to no pod, or its node is gone.
  case deadAddress
  /// The address belongs to another workload now.
  case reusedAddress
  /// The pod is there but its process does not listen.
  case notListening
  /// The server's worker pool and backlog were full.
  case backlogFull
  /// The caller stopped waiting while the request stood in the server's backlog.
  case waitingInBacklog
  /// The caller stopped waiting while the request was being served.
  case slowService
  /// The process or its machine died with the request on it.
  case serverDied
  /// No database connection came free in the pod's pool in time.
  case databasePoolTimeout
  /// The database refused a further connection: `max_connections` reached.
  case databaseConnectionLimit
  /// The database was down.
  case databaseDown
  /// Local traffic policy: endpoints exist, but none on the node whose proxy chose.
  case noLocalEndpoint
  /// The Service has no such port.
  case undefinedPort
  /// No Service owns the ClusterIP any more, or the node has no rules for it yet.
  case unownedClusterIP
  /// DNS: no such name (NXDOMAIN).
  case nameNotFound
  /// DNS did not answer in time.
  case nameServerSilent
  /// The Service did not exist when the container was created, so its variables are not set.
  case variableNotSet
  /// The Service's load balancer has no address yet.
  case loadBalancerPending
  /// The host outside the cluster failed.
  case externalHostFailed
  /// DNS answered SERVFAIL.
  case nameServerFailed
  /// The name server's Service has no endpoints: queries were rejected.
  case nameServerRefused
  /// 404 from an ingress controller: no rule for the host and path.
  case noIngressRule
  /// 503 from an ingress controller: the Service has no ready endpoint, or is not there.
  case noUpstream
  /// 502 from an ingress controller: no pod took the connection.
  case upstreamRefused
  /// 502 from an ingress controller: the connection broke before the answer.
  case upstreamReset
  /// 504 from an ingress controller: no pod answered the connection request.
  case upstreamConnectTimedOut
  /// 504 from an ingress controller: a pod took the request and did not answer in time.
  case upstreamReadTimedOut
}
