package import SimKernel

/// What a user sees of ingress-nginx when pods do not answer.
///
/// Follows its defaults (`internal/ingress/controller/config/config.go`): it talks to ready pods
/// directly, tries again on an error or timeout, three tries in all, and does not repeat a request
/// that changes something once it has been sent.
package struct IngressProxy: Hashable, Sendable {
  /// How one try ends.
  package enum Attempt: Hashable, Sendable {
    /// The pod answered; a 5xx of its own is passed on, not tried again.
    case answered(status: Int, after: SimDuration)
    /// Nobody listens: known at once.
    case refused
    /// No answer to the connection request.
    case connectTimeout
    /// The connection broke after the request was sent.
    case reset(after: SimDuration)
    /// Connected and sent, and then nothing.
    case readTimeout
  }
  /// What the user gets.
  package struct Outcome: Hashable, Sendable {
    package var status: Int
    package var tries: Int
    package var duration: SimDuration
  }
  package var connectTimeout = SimDuration.seconds(5)
  package var readTimeout = SimDuration.seconds(60)
  package var tries = 3

  package init() {}

  /// The outcome of a request, given how each try would end.
  ///
  /// The attempts repeat when there are fewer than tries. No endpoint at all is 503; otherwise the
  /// last try decides between 502 and 504.
  package func outcome(of attempts: [Attempt], isIdempotent: Bool = true) -> Outcome {
    var outcome = Outcome(status: 503, tries: 0, duration: .zero)
    guard !attempts.isEmpty else { return outcome }
    while outcome.tries < max(1, tries) {
      let attempt = attempts[outcome.tries % attempts.count]
      outcome.tries += 1
      var isSent = true
      switch attempt {
      case .answered(let status, let time):
        outcome.status = status
        outcome.duration = outcome.duration + time
        return outcome
      case .refused:
        outcome.status = 502
        isSent = false
      case .connectTimeout:
        outcome.status = 504
        outcome.duration = outcome.duration + connectTimeout
        isSent = false
      case .reset(let time):
        outcome.status = 502
        outcome.duration = outcome.duration + time
      case .readTimeout:
        outcome.status = 504
        outcome.duration = outcome.duration + readTimeout
      }
      if isSent, !isIdempotent { break }
    }
    return outcome
  }
}
