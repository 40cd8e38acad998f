import ClusterSimulator
import KubernetesManifests
import SimKernel

/// Jobs and CronJobs → `JobPlan`.
extension Lowering {
  /// Thursday, 1 January 2026 in minutes since 1970: the day on which every run takes place.
  static let firstMinute = 29_453_760
  /// Longer than any run.
  private static let longest = 10_000_000

  /// What the workload runs to its end; `nil` when it runs for ever.
  func job(_ index: Int, horizon: SimDuration) -> JobPlan? {
    let workload = facts.workloads[index]
    let behavior = behaviors[index]
    guard let spec = workload.job else {
      for name in ["runtime", "failureRatio"] {
        guard let setting = behavior?[name], setting.isPresent else { continue }
        reader.report(
          "'\(workload.key)' runs for ever",
          at: setting.mark,
          path: setting.path,
          hint: "only pods of a Job or CronJob come to an end"
        )
      }
      return nil
    }
    var plan = JobPlan(runtime: .deterministic(60))
    if let runtime = behavior?["runtime"], runtime.isPresent {
      runtime.checkDistribution(reader)
      plan.runtime = runtime.distribution
    }
    if case .ratio(let ppm)? = behavior?["failureRatio"].value { plan.failuresPPM = ppm }
    plan.parallelism = spec.parallelism
    plan.completions = spec.completions
    plan.isIndexed = spec.completionMode == .indexed
    plan.backoffLimit = spec.backoffLimit
    plan.activeDeadline = spec.activeDeadlineSeconds.map(Self.span)
    plan.timeToLive = spec.ttlSecondsAfterFinished.map(Self.span)
    plan.timetable = workload.cron.map { timetable($0, horizon) }
    return plan
  }

  private static func span(_ seconds: Int) -> SimDuration {
    .seconds(Int64(min(seconds, longest)))
  }

  private func timetable(_ cron: CronJob, _ horizon: SimDuration) -> TimetablePlan {
    let timeOfDay = spec["run"]["timeOfDay"].duration ?? .zero
    var plan = TimetablePlan(times: Self.times(of: cron.schedule, timeOfDay, horizon))
    plan.epochMinutes = Self.firstMinute + Int(timeOfDay.nanoseconds / 60_000_000_000)
    plan.concurrency =
      switch cron.concurrencyPolicy {
      case .allow: .allow
      case .forbid: .forbid
      case .replace: .replace
      }
    plan.startingDeadline = cron.startingDeadlineSeconds.map(Self.span)
    plan.successfulHistory = cron.successfulJobsHistoryLimit
    plan.failedHistory = cron.failedJobsHistoryLimit
    return plan
  }

  /// All times of a schedule within the run, the start itself excluded.
  static func times(
    of schedule: CronSchedule,
    _ timeOfDay: SimDuration,
    _ horizon: SimDuration
  ) -> [SimDuration] {
    if let interval = schedule.interval {
      // The controller rounds to whole seconds, one at least.
      let step = max(interval / 1_000_000_000, 1)
      let count = horizon.nanoseconds / 1_000_000_000 / step
      return count < 1 ? [] : (1...count).map { .seconds($0 * step) }
    }
    let start = timeOfDay.nanoseconds
    let minute: Int64 = 60_000_000_000
    var times: [SimDuration] = []
    var next = start / minute + 1
    while next * minute - start < horizon.nanoseconds {
      if schedule.fits(minute: next) {
        times.append(SimDuration(nanoseconds: next * minute - start))
      }
      next += 1
    }
    return times
  }
}

extension CronSchedule {
  /// Whether the schedule holds in a minute, counted from 1 January 2026.
  fileprivate func fits(minute: Int64) -> Bool {
    func has(_ bits: UInt64, _ number: Int64) -> Bool { bits >> UInt64(number) & 1 == 1 }
    let day = minute / 1_440
    // A run lasts 31 days at most, and one that starts during the first day ends in February.
    let (month, date): (Int64, Int64) = day < 31 ? (1, day + 1) : (2, day - 30)
    guard has(minutes, minute % 60), has(hours, minute / 60 % 24), has(months, month) else {
      return false
    }
    let isDate = has(daysOfMonth, date)
    // The first day is a Thursday.
    let isWeekday = has(daysOfWeek, (day + 4) % 7)
    // Two restrictions on the day are alternatives; an asterisk is none.
    return restrictsDate && restrictsWeekday ? isDate || isWeekday : isDate && isWeekday
  }

  private var restrictsDate: Bool { !isStar(2) }
  private var restrictsWeekday: Bool { !isStar(4) }

  private func isStar(_ field: Int) -> Bool {
    let parts = text.split { $0 == " " || $0 == "\t" }
    guard parts.count == 5 else {
      // Words such as @weekly restrict what their five fields do.
      return field == 2
        ? daysOfMonth.nonzeroBitCount == 31 : daysOfWeek.nonzeroBitCount == 7
    }
    return parts[field].split(separator: ",").contains { $0 == "*" || $0 == "?" || $0 == "*/1" }
  }
}
