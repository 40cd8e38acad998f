import SimKernel

/// The token bucket of one controller's client to the API server.
struct ClientBucket {
  private var fullAt = SimTime.zero
  private let interval: SimDuration
  private let burst: Int64

  init(_ times: ControlPlanePlan) {
    interval = SimDuration(nanoseconds: 1_000_000_000 / Int64(max(times.replicaSetQPS, 1)))
    burst = Int64(times.replicaSetBurst)
  }

  /// Takes a token; returns when the call may go out.
  mutating func takeToken(at now: SimTime) -> SimTime {
    let full = max(fullAt, now) + interval
    fullAt = full
    return max(now, full - interval * burst)
  }
}
