import SimKernel

/// A Job that has been created, by hand or by its CronJob.
struct JobRow: BitwiseCopyable {
  enum State: UInt8 {
    case running
    case complete
    case failed
    /// Its object is gone.
    case deleted
  }
  let workload: Int32
  let createdAt: SimTime
  /// When its CronJob wanted it, in minutes since 1970; -1 without one.
  let scheduledMinute: Int64
  var state = State.running
  var succeeded = 0
  var failed = 0
  /// Failures since the last success.
  var failuresInRow = 0
  var failedAt = SimTime.distantPast
  /// Creations under way.
  var pendingCalls = 0
  var finishedAt = SimTime.never
}
