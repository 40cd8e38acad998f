/// What the rules of a node do to the first packet of a connection.
package enum ConnectionVerdict: Hashable, Sendable {
  /// To one of these, for as long as the connection lives.
  case forward([ProxyEndpoint])
  /// Refused at once, by an ICMP message or a reset.
  case reject
  /// Silence: the client sees a timeout.
  case drop
  /// No rule knows the destination: the packet leaves the node and nobody answers.
  case noRule

  /// What the client sees.
  package enum Effect: String, Sendable {
    case connected
    case refused
    case timeout
  }

  /// What the client sees, if the endpoint accepts connections.
  package var effect: Effect {
    switch self {
    case .forward: .connected
    case .reject: .refused
    case .drop, .noRule: .timeout
    }
  }

  /// The endpoints that may be chosen, none unless forwarded.
  package var endpoints: [ProxyEndpoint] {
    if case .forward(let endpoints) = self { endpoints } else { [] }
  }
}
