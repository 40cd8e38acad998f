package import SimKernel

/// What makes a workload a Job, or a CronJob when it has a timetable.
package struct JobPlan: Hashable, Sendable {
  package var parallelism = 1
  /// `nil`: one success is enough, as for a work queue.
  package var completions: Int? = 1
  /// Whether pods carry numbers.
  package var isIndexed = false
  package var backoffLimit = 6
  package var activeDeadline: SimDuration?
  /// How long the finished Job and its pods stay.
  package var timeToLive: SimDuration?
  /// From a pod's process start to its end.
  package var runtime: Distribution
  /// How many of a million runs fail.
  package var failuresPPM = 0
  package var timetable: TimetablePlan?

  package init(runtime: Distribution) { self.runtime = runtime }
}

/// When a CronJob makes Jobs.
package struct TimetablePlan: Hashable, Sendable {
  package enum Concurrency: String, Sendable { case allow, forbid, replace }
  /// From the start of the run on, ascending.
  package var times: [SimDuration]
  /// The start of the run in minutes since 1970; names of Jobs count from there.
  package var epochMinutes = 0
  package var concurrency = Concurrency.allow
  package var startingDeadline: SimDuration?
  package var successfulHistory = 3
  package var failedHistory = 1

  package init(times: [SimDuration]) { self.times = times }
}
