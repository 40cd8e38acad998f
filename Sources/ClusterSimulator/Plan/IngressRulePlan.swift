package import SimKernel

/// What an ingress controller does with the requests of one rule, in ingress-nginx' own words.
package struct IngressRulePlan: Hashable, Sendable, BitwiseCopyable {
  /// What there is behind the rule.
  package enum Backend: Hashable, Sendable, BitwiseCopyable {
    /// The call's Service.
    case service
    /// No rule fits host and path: the controller's own page, 404.
    case none
  }
  /// When a request is passed on to the next pod (`proxy-next-upstream`).
  package struct NextUpstream: OptionSet, Hashable, Sendable, BitwiseCopyable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Refused, unreachable or broken.
    package static let error = NextUpstream(rawValue: 1)
    /// No connection, or no answer, in time.
    package static let timeout = NextUpstream(rawValue: 2)
    /// The pod said 503.
    package static let http503 = NextUpstream(rawValue: 4)
    /// The pod gave another error of its own.
    package static let http500 = NextUpstream(rawValue: 8)
    /// Requests that change something are sent again, too.
    package static let nonIdempotent = NextUpstream(rawValue: 16)
  }
  package var backend = Backend.service
  package var connectTimeout = SimDuration.seconds(5)
  package var readTimeout = SimDuration.seconds(60)
  package var nextUpstream: NextUpstream = [.error, .timeout]
  /// Pods that a request may be given to, the first included.
  package var tries = 3
  /// Since its arrival, how long a request may be passed on; zero for no limit.
  package var triesTimeout = SimDuration.zero
  /// Whether users' requests may be sent twice (GET) or not (POST, PATCH, LOCK).
  package var isIdempotent = true
  /// Idle connections that a controller keeps to pods; 0 for a new one for each request.
  package var keepaliveConnections = 320
  package var keepaliveTimeout = SimDuration.seconds(60)
  package init() {}
}
