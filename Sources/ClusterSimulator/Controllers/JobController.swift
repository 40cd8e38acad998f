import SimKernel

/// Runs the pods of Jobs to their end, as pkg/controller/job does.
///
/// A Job has `parallelism` pods at a time until `completions` have succeeded. A failed pod is
/// replaced after 10, 20, 40 … 600 s; more failures than `backoffLimit`, or an end that takes more
/// than `activeDeadlineSeconds`, fail the Job, upon which its pods are deleted. Deleted pods count
/// as failed. Finished pods stay until the Job goes, but take up nothing.
/// Left out: pod failure and success policies, limits per index, replacement only after the end.
struct JobController {
  /// Every Job ever created.
  var rows: [JobRow] = []
  var client: ClientBucket
  /// The latest scheduled time of each CronJob that was acted on.
  var lastScheduled: [SimTime]
  /// When each CronJob's controller wakes for the next time of its table.
  var nextWake: [SimTime]

  init(plan: SimulationPlan) {
    client = ClientBucket(plan.cluster.controlPlane)
    lastScheduled = Array(repeating: .zero, count: plan.workloads.count)
    nextWake = Array(repeating: .never, count: plan.workloads.count)
  }
}

extension Simulation {
  /// How long the controller gathers changes of pods before it looks.
  private static var batchPeriod: SimDuration { .seconds(1) }

  private func job(_ workload: Int) -> JobPlan? { plan.workloads[workload].job }

  /// Stores a new Job.
  mutating func createJob(ofWorkload workload: Int, scheduledMinute: Int64 = -1) {
    let index = jobs.rows.count
    jobs.rows.append(
      JobRow(workload: Int32(workload), createdAt: now, scheduledMinute: scheduledMinute)
    )
    schedule(.jobSyncDue, index, at: now + Self.watchDelay)
    if let deadline = job(workload)?.activeDeadline {
      schedule(.jobSyncDue, index, at: now + Self.watchDelay + deadline)
    }
  }

  /// The active pods of a Job.
  func activePods(ofJob index: Int) -> [Int] {
    replicaSets.members[Int(jobs.rows[index].workload)].filter {
      Int(pods[$0].job) == index && pods[$0].isActive
    }
  }

  /// One pass over the Job.
  mutating func syncJob(_ index: Int) {
    let row = jobs.rows[index]
    guard let plan = job(Int(row.workload)) else { return }
    if row.state == .complete || row.state == .failed { return expireJob(index, plan) }
    guard row.state == .running, row.pendingCalls == 0 else { return }
    forgetRemovedPods(ofWorkload: Int(row.workload))
    let active = activePods(ofJob: index)
    if let deadline = plan.activeDeadline, now >= row.createdAt + Self.watchDelay + deadline {
      return finishJob(index, .failed, .deadlineExceeded, active)
    }
    if exceedsBackoffLimit(row, active, plan) {
      return finishJob(index, .failed, .backoffLimitExceeded, active)
    }
    if plan.completions.map({ row.succeeded >= $0 }) ?? (row.succeeded > 0 && active.isEmpty) {
      return finishJob(index, .complete, .completed, active)
    }
    createMissingPods(ofJob: index, active.count, plan)
  }

  /// Failed pods count when they are not restarted in place, restarts when they are.
  private func exceedsBackoffLimit(_ row: JobRow, _ active: [Int], _ plan: JobPlan) -> Bool {
    if row.failed > plan.backoffLimit { return true }
    let template = templates[replicaSets.firstTemplate[Int(row.workload)]]
    guard template.restartPolicy == .onFailure else { return false }
    let restarts = active.reduce(0) { $0 + Int(pods[$1].restarts) }
    return plan.backoffLimit == 0 ? restarts > 0 : restarts >= plan.backoffLimit
  }

  private mutating func createMissingPods(ofJob index: Int, _ active: Int, _ plan: JobPlan) {
    let row = jobs.rows[index]
    let wanted =
      plan.completions.map { min(plan.parallelism, $0 - row.succeeded) }
      ?? (row.succeeded > 0 ? active : plan.parallelism)
    guard active < wanted else { return }
    let earliest = row.failedAt + backOff(after: row.failuresInRow)
    if row.failuresInRow > 0, earliest > now {
      return schedule(.jobSyncDue, index, at: earliest)
    }
    var left = min(wanted - active, 500)
    var batch = 1
    var start = now
    while left > 0 {
      var end = start
      for _ in 0..<min(batch, left) {
        let time = jobs.client.takeToken(at: start) + .milliseconds(10)
        jobs.rows[index].pendingCalls += 1
        schedule(.jobPodCreationDue, index, at: time)
        end = max(end, time)
      }
      left -= min(batch, left)
      batch *= 2
      start = end
    }
  }

  /// 10 s after the first failure, twice as long after each further one, 600 s at most.
  private func backOff(after failures: Int) -> SimDuration {
    var wait = SimDuration.seconds(10)
    for _ in 1..<max(failures, 1) { wait = min(wait * 2, .seconds(600)) }
    return wait
  }

  /// The API server has stored a pod of the Job.
  mutating func jobPodCreationDue(_ index: Int) {
    jobs.rows[index].pendingCalls -= 1
    if jobs.rows[index].pendingCalls == 0 { schedule(.jobSyncDue, index, at: now) }
    guard jobs.rows[index].state == .running else { return }
    let workload = Int(jobs.rows[index].workload)
    let completion = freeIndex(ofJob: index, workload)
    let template = deployments.rollouts[workload].template
    let pod = createPod(ofTemplate: template, ordinal: completion, job: index)
    metrics.record(.successfulCreate, object: workload, value: pod, at: now)
    enqueueForScheduling(pod)
  }

  /// The lowest number that no pod has or has had with success; -1 when pods have none.
  private func freeIndex(ofJob index: Int, _ workload: Int) -> Int {
    guard let plan = job(workload), plan.isIndexed, let count = plan.completions else { return -1 }
    var isTaken = Array(repeating: false, count: count)
    for pod in replicaSets.members[workload] where Int(pods[pod].job) == index {
      if pods[pod].isActive || pods[pod].phase == .succeeded {
        isTaken[Int(pods[pod].ordinal)] = true
      }
    }
    return isTaken.firstIndex(of: false) ?? 0
  }

  /// A pod of a Job has come to its end, well or not, or is being deleted.
  mutating func jobPodEnded(_ pod: Int, isSuccess: Bool) {
    let index = Int(pods[pod].job)
    guard index >= 0 else { return }
    if isSuccess {
      jobs.rows[index].succeeded += 1
      jobs.rows[index].failuresInRow = 0
    } else {
      jobs.rows[index].failed += 1
      jobs.rows[index].failuresInRow += 1
      jobs.rows[index].failedAt = now
    }
    schedule(.jobSyncDue, index, at: now + Self.batchPeriod)
  }

  /// The container of a Job's pod is started again in place.
  mutating func jobPodRestarted(_ pod: Int) {
    guard pods[pod].job >= 0 else { return }
    schedule(.jobSyncDue, Int(pods[pod].job), at: now + Self.batchPeriod)
  }

  private mutating func finishJob(
    _ index: Int,
    _ state: JobRow.State,
    _ reason: ClusterEvent.Reason,
    _ active: [Int]
  ) {
    jobs.rows[index].state = state
    jobs.rows[index].finishedAt = now
    let workload = Int(jobs.rows[index].workload)
    metrics.record(
      reason,
      object: workload,
      value: Int(jobs.rows[index].scheduledMinute),
      at: now
    )
    for pod in active {
      metrics.record(.successfulDelete, object: workload, value: pod, at: now)
      deletePod(pod)
    }
    if plan.workloads[workload].job?.timetable == nil { replicaSets.desired[workload] = 0 }
    if let life = job(workload)?.timeToLive { schedule(.jobSyncDue, index, at: now + life) }
    if job(workload)?.timetable != nil { planWorkloadSync(workload) }
  }

  private mutating func expireJob(_ index: Int, _ plan: JobPlan) {
    guard let life = plan.timeToLive, jobs.rows[index].finishedAt + life <= now else { return }
    deleteJob(index)
  }

  /// Deletes the Job and all its pods.
  mutating func deleteJob(_ index: Int) {
    jobs.rows[index].state = .deleted
    let members = replicaSets.members[Int(jobs.rows[index].workload)]
    for pod in members where Int(pods[pod].job) == index { deletePod(pod) }
  }

  /// The Job is applied, or deleted with everything that belongs to it.
  mutating func jobWanted(_ workload: Int) {
    let mine = jobs.rows.indices.filter {
      Int(jobs.rows[$0].workload) == workload && jobs.rows[$0].state != .deleted
    }
    if replicaSets.isWanted[workload] {
      if mine.isEmpty { createJob(ofWorkload: workload) }
    } else {
      for index in mine { deleteJob(index) }
    }
  }
}
