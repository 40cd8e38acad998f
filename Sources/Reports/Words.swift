package import ClusterSimulator

extension Outcome {
  /// The spelling in tables.
  package var label: String {
    switch self {
    case .succeeded: "succeeded"
    case .refused: "refused"
    case .connectTimedOut: "connect_timed_out"
    case .hostUnreachable: "host_unreachable"
    case .wrongApplication: "wrong_application"
    case .rejected: "rejected"
    case .timedOut: "timed_out"
    case .reset: "reset"
    case .serverError: "server_error"
    case .poolTimedOut: "pool_timed_out"
    case .unresolved: "unresolved"
    }
  }

  /// What the caller saw, in words.
  package var words: String {
    switch self {
    case .succeeded: "succeeded"
    case .refused: "connection refused"
    case .connectTimedOut: "connect timed out"
    case .hostUnreachable: "no route to host"
    case .wrongApplication: "wrong application answered"
    case .rejected: "503"
    case .timedOut: "timed out"
    case .reset: "connection reset"
    case .serverError: "5xx"
    case .poolTimedOut: "caller's pool timed out"
    case .unresolved: "address not found out"
    }
  }
}

extension Cause {
  /// The spelling in tables.
  package var label: String {
    switch self {
    case .none: "none"
    case .noEndpoints: "no_endpoints"
    case .deadAddress: "dead_address"
    case .reusedAddress: "reused_address"
    case .notListening: "not_listening"
    case .backlogFull: "backlog_full"
    case .waitingInBacklog: "waiting_in_backlog"
    case .slowService: "slow_service"
    case .serverDied: "server_died"
    case .databasePoolTimeout: "database_pool_timeout"
    case .databaseConnectionLimit: "database_connection_limit"
    case .databaseDown: "database_down"
    case .noLocalEndpoint: "no_local_endpoint"
    case .undefinedPort: "undefined_port"
    case .unownedClusterIP: "unowned_cluster_ip"
    case .nameNotFound: "name_not_found"
    case .nameServerSilent: "name_server_silent"
    case .variableNotSet: "variable_not_set"
    case .loadBalancerPending: "load_balancer_pending"
    case .externalHostFailed: "external_host_failed"
    case .nameServerFailed: "name_server_failed"
    case .nameServerRefused: "name_server_refused"
    case .noIngressRule: "no_ingress_rule"
    case .noUpstream: "no_upstream"
    case .upstreamRefused: "upstream_refused"
    case .upstreamReset: "upstream_reset"
    case .upstreamConnectTimedOut: "upstream_connect_timed_out"
    case .upstreamReadTimedOut: "upstream_read_timed_out"
    }
  }

  /// Why, in words; empty when the outcome says it all.
  package var words: String {
    switch self {
    case .none: ""
    case .noEndpoints: "no endpoints"
    case .deadAddress: "dead address"
    case .reusedAddress: "address reused"
    case .notListening: "process not listening"
    case .backlogFull: "backlog full"
    case .waitingInBacklog: "still in the backlog"
    case .slowService: "served too slowly"
    case .serverDied: "server died"
    case .databasePoolTimeout: "database pool timeout"
    case .databaseConnectionLimit: "max_connections reached"
    case .databaseDown: "database down"
    case .noLocalEndpoint: "no endpoint on the node"
    case .undefinedPort: "the Service has no such port"
    case .unownedClusterIP: "no Service has that ClusterIP"
    case .nameNotFound: "no such name"
    case .nameServerSilent: "DNS did not answer"
    case .variableNotSet: "environment variable not set"
    case .loadBalancerPending: "load balancer pending"
    case .externalHostFailed: "external host failed"
    case .nameServerFailed: "DNS answered SERVFAIL"
    case .nameServerRefused: "DNS has no endpoints"
    case .noIngressRule: "404, no Ingress rule"
    case .noUpstream: "503, ingress knows no pod"
    case .upstreamRefused: "502, pods refused"
    case .upstreamReset: "502, connection to the pod broke"
    case .upstreamConnectTimedOut: "504, pods silent"
    case .upstreamReadTimedOut: "504, pods slow"
    }
  }
}

/// An IPv4 address in dotted form; empty for 0, which stands for none.
func dotted(_ address: UInt32) -> String {
  guard address != 0 else { return "" }
  return "\(address >> 24).\(address >> 16 & 255).\(address >> 8 & 255).\(address & 255)"
}
