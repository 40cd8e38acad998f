import SimKernel

/// Makes Jobs by a timetable, as pkg/controller/cronjob does.
///
/// The controller wakes a tenth of a second after each time of the table, and whenever a Job of its
/// own ends. Of the times since the last one it acted on it takes the newest, if that is no older
/// than the starting deadline. Forbid waits while a Job runs and catches up when it ends; Replace
/// deletes the Job that runs. Old Jobs beyond the history limits go with their pods.
extension Simulation {
  private static var afterSchedule: SimDuration { .milliseconds(100) }

  /// The CronJob is applied: from now on its table holds.
  mutating func startTimetable(_ workload: Int) {
    jobs.lastScheduled[workload] = now
    planNextTime(workload)
  }

  private mutating func planNextTime(_ workload: Int) {
    guard let table = plan.workloads[workload].job?.timetable,
      let next = table.times.first(where: { .zero + $0 + Self.afterSchedule > now })
    else { return }
    let wake = SimTime.zero + next + Self.afterSchedule
    guard wake != jobs.nextWake[workload] else { return }
    jobs.nextWake[workload] = wake
    schedule(.workloadSyncDue, workload, at: wake)
  }

  /// One pass over the CronJob.
  mutating func syncCronJob(_ workload: Int) {
    guard let table = plan.workloads[workload].job?.timetable else { return }
    guard replicaSets.isWanted[workload] else {
      for index in ownJobs(workload) { deleteJob(index) }
      return
    }
    removeOldJobs(workload, .complete, keeping: table.successfulHistory)
    removeOldJobs(workload, .failed, keeping: table.failedHistory)
    if let time = dueTime(workload, table) { start(workload, at: time, table) }
    planNextTime(workload)
  }

  private func ownJobs(_ workload: Int) -> [Int] {
    jobs.rows.indices.filter {
      Int(jobs.rows[$0].workload) == workload && jobs.rows[$0].state != .deleted
    }
  }

  private mutating func removeOldJobs(_ workload: Int, _ state: JobRow.State, keeping most: Int) {
    let finished = ownJobs(workload).filter { jobs.rows[$0].state == state }
    for index in finished.dropLast(most) { deleteJob(index) }
  }

  /// The newest time that has come and was not acted on yet.
  private func dueTime(_ workload: Int, _ table: TimetablePlan) -> SimTime? {
    var earliest = jobs.lastScheduled[workload]
    if let deadline = table.startingDeadline { earliest = max(earliest, now - deadline) }
    return table.times.last { .zero + $0 > earliest && .zero + $0 <= now }.map { .zero + $0 }
  }

  private mutating func start(_ workload: Int, at time: SimTime, _ table: TimetablePlan) {
    let running = ownJobs(workload).filter { jobs.rows[$0].state == .running }
    switch table.concurrency {
    case .forbid where !running.isEmpty:
      metrics.record(.jobAlreadyActive, object: workload, at: now)
      return
    case .replace: for index in running { deleteJob(index) }
    case .allow, .forbid: break
    }
    jobs.lastScheduled[workload] = time
    let minute = Int64(table.epochMinutes) + time.nanoseconds / 60_000_000_000
    metrics.record(.jobCreated, object: workload, value: Int(minute), at: now)
    createJob(ofWorkload: workload, scheduledMinute: minute)
  }
}
