import ClusterSimulator
import SimKernel
import Testing

/// Jobs, CronJobs, DaemonSets, and pods and ReplicaSets that nobody stands above, as timelines.
///
/// A sandbox takes 1 s, a controller 10 ms to see and 10 ms to write; nothing else takes time.
@Suite struct SideLoadTests {
  private func plan(_ workload: WorkloadPlan, horizon: SimDuration = .minutes(10)) -> SimulationPlan
  {
    var plan = Worlds.single(replicas: 1, rate: 0, horizon: horizon)
    plan.cluster.makeDelaysExact()
    plan.workloads.append(workload)
    return plan
  }

  private func workload(
    _ kind: WorkloadPlan.Kind,
    _ name: String,
    replicas: Int = 1
  ) -> WorkloadPlan {
    let server = ServerPlan(concurrency: 1, backlog: 1)
    var plan = WorkloadPlan(name: "shop/\(name)", kind: kind, replicas: replicas, server: server)
    if kind == .daemonSet { plan.unreachableToleration = .forever }
    return plan
  }

  private func job(
    seconds: Double,
    policy: PodTemplatePlan.RestartPolicy = .never,
    _ change: (inout JobPlan) -> Void = { _ in }
  ) -> WorkloadPlan {
    var job = JobPlan(runtime: .deterministic(seconds))
    change(&job)
    var plan = workload(.job, "import", replicas: job.parallelism)
    plan.job = job
    plan.restartPolicy = policy
    return plan
  }

  /// Two at a time until three have succeeded; the controller gathers changes for a second.
  @Test func aJobRunsItsCompletions() {
    let story = Story(
      plan(
        job(seconds: 10) {
          $0.parallelism = 2
          $0.completions = 3
        }
      )
    )
    #expect(
      story.lines == """
        0.0s import-0 created
        0.0s import-1 created
        11.0s import-0 succeeded
        11.0s import-1 succeeded
        12.0s import-2 created
        23.0s import-2 succeeded
        24.0s import completed
        """
    )
  }

  /// Waits of 10 and 20 s after the failure; the third is one more than backoffLimit.
  @Test func aJobGivesUpAfterItsBackoffLimit() {
    let story = Story(
      plan(
        job(seconds: 5) {
          $0.failuresPPM = 1_000_000
          $0.backoffLimit = 2
        }
      )
    )
    #expect(
      story.lines == """
        0.0s import-0 created
        6.0s import-0 failed
        16.0s import-1 created
        22.0s import-1 failed
        42.0s import-2 created
        48.0s import-2 failed
        49.0s import BackoffLimitExceeded
        """
    )
  }

  /// Starts at 1, 6 and 21 s, restarted in place after 0 and 10 s; two restarts are the limit.
  @Test func restartsCountWhenFailuresAreRestarted() {
    let story = Story(
      plan(
        job(seconds: 5, policy: .onFailure) {
          $0.failuresPPM = 1_000_000
          $0.backoffLimit = 2
        }
      )
    )
    #expect(
      story.lines == """
        0.0s import-0 created
        22.0s import BackoffLimitExceeded
        22.0s import-0 gone
        """
    )
  }

  @Test func aJobThatTakesTooLongLosesItsPods() {
    let story = Story(plan(job(seconds: 60) { $0.activeDeadline = .seconds(20) }))
    #expect(
      story.lines == """
        0.0s import-0 created
        20.0s import DeadlineExceeded
        20.0s import-0 gone
        """
    )
  }

  @Test func aDeletedPodOfAJobIsReplacedAndCounts() {
    var plan = plan(job(seconds: 30) { $0.backoffLimit = 0 })
    plan.faults = [.podKill(workload: 1, at: .seconds(10), count: 1)]
    #expect(
      Story(plan).lines == """
        0.0s import-0 created
        10.0s import-0 gone
        11.0s import BackoffLimitExceeded
        """
    )
  }

  @Test func finishedPodsTakeUpNothing() {
    // Both want the whole machine; the second gets it when the first is done.
    var plan = plan(
      job(seconds: 10) {
        $0.parallelism = 2
        $0.completions = 2
      }
    )
    plan.cluster.nodes = Worlds.nodes(1)
    plan.workloads[1].milliCPURequest = 40_000
    #expect(
      Story(plan).lines == """
        0.0s import-0 created
        0.0s import-1 created
        11.0s import-0 succeeded
        22.0s import-1 succeeded
        23.0s import completed
        """
    )
  }

  // MARK: CronJob

  private func cron(
    _ concurrency: TimetablePlan.Concurrency,
    deadline: SimDuration? = nil
  ) -> SimulationPlan {
    var table = TimetablePlan(times: (1...4).map { .minutes(Int64($0)) })
    table.concurrency = concurrency
    table.startingDeadline = deadline
    var job = JobPlan(runtime: .deterministic(90))
    job.timetable = table
    var workload = workload(.cronJob, "report")
    workload.job = job
    workload.restartPolicy = .never
    return plan(workload, horizon: .seconds(250))
  }

  /// A run takes 92 s and one is due every minute.
  @Test(arguments: [
    (
      TimetablePlan.Concurrency.allow, nil,
      "60.1s report-1 planned|120.1s report-2 planned"
        + "|180.1s report-3 planned|240.1s report-4 planned"
    ),
    (
      .forbid, nil,
      "60.1s report-1 planned|120.1s report JobAlreadyActive|152.1s report-2 planned"
        + "|180.1s report JobAlreadyActive|240.1s report JobAlreadyActive|244.2s report-4 planned"
    ),
    (
      .forbid, SimDuration.seconds(20),
      "60.1s report-1 planned|120.1s report JobAlreadyActive|180.1s report-3 planned"
        + "|240.1s report JobAlreadyActive"
    ),
    (
      .replace, nil,
      "60.1s report-1 planned|120.1s report-2 planned"
        + "|180.1s report-3 planned|240.1s report-4 planned"
    ),
  ])
  func runsThatOverlap(
    _ concurrency: TimetablePlan.Concurrency,
    _ deadline: SimDuration?,
    _ expected: String
  ) {
    let story = Story(cron(concurrency, deadline: deadline))
    let planned = story.lines.split(separator: "\n").filter {
      $0.contains("planned") || $0.contains("JobAlreadyActive")
    }
    #expect(planned.joined(separator: "|") == expected)
    let gone = story.lines.split(separator: "\n").count { $0.contains("gone") }
    #expect(gone == (concurrency == .replace ? 3 : 0))
  }

  @Test func podsBearTheMinuteOfTheirRun() throws {
    var plan = cron(.allow)
    plan.workloads[1].job?.timetable?.epochMinutes = 29_453_760
    let names = plan.run().pods.filter { $0.workload == 1 }.map(\.name)
    try #require(names.count == 4)
    for (index, name) in names.enumerated() {
      #expect(name.hasPrefix("report-\(29_453_761 + index)-"))
      #expect(name.count == "report-29453761-".count + 5)
    }
  }

  @Test func oldJobsGoWithTheirPods() {
    var plan = cron(.allow)
    plan.workloads[1].job?.runtime = .deterministic(1)
    plan.workloads[1].job?.timetable?.successfulHistory = 1
    let story = Story(plan)
    // Each finished run but the newest of the four is deleted when the next one has finished.
    #expect(story.lines.split(separator: "\n").count { $0.contains("gone") } == 3)
  }

  // MARK: DaemonSet, Pod, ReplicaSet

  @Test func aDaemonIsOnEveryNodeAndStaysOnALostOne() {
    var plan = plan(workload(.daemonSet, "agent"), horizon: .minutes(20))
    plan.faults = [
      .nodeLoss(node: 1, at: .seconds(60), duration: .minutes(15), emptyDisk: false)
    ]
    let result = plan.run()
    let daemons = result.pods.filter { $0.workload == 1 }
    #expect(daemons.map(\.node).sorted() == [0, 1, 2])
    #expect(daemons.allSatisfy { $0.deletedAt == .never })
    #expect(result.workloadWindows.last { $0.workload == 1 }?.desired == 3)
  }

  @Test func aDaemonComesBackOnItsNodeAndSurvivesADrain() {
    var plan = plan(workload(.daemonSet, "agent"))
    plan.faults = [.podKill(workload: 1, at: .seconds(60), count: 1)]
    plan.operations = [OperationPlan(at: .seconds(120), .drain(node: 2))]
    let story = Story(plan)
    #expect(
      story.lines == """
        60.0s agent-0 gone
        60.0s agent-3 created
        """
    )
    let pods = plan.run().pods.filter { $0.workload == 1 }
    #expect(pods[3].node == pods[0].node)
  }

  @Test func aDaemonKeepsToNodesWithoutTaints() {
    var plan = plan(workload(.daemonSet, "agent"))
    var placement = PlacementPlan.daemon
    placement.verdicts = [.fits, .taint, .affinity]
    plan.workloads[1].placement = placement
    #expect(plan.run().pods.filter { $0.workload == 1 }.map(\.node) == [0])
  }

  @Test func nobodyReplacesABarePod() {
    var plan = plan(workload(.pod, "shell"))
    plan.faults = [.podKill(workload: 1, at: .seconds(60), count: 1)]
    #expect(Story(plan).lines == "60.0s shell-0 gone")
    #expect(plan.run().pods[1].name == "shell")
  }

  @Test func aBareReplicaSetReplacesItsPods() {
    var plan = plan(workload(.replicaSet, "cache", replicas: 2))
    plan.faults = [.podKill(workload: 1, at: .seconds(60), count: 1)]
    #expect(
      Story(plan).lines == """
        60.0s cache-0 gone
        60.0s cache-2 created
        """
    )
    let name = plan.run().pods[1].name
    #expect(name.hasPrefix("cache-") && name.count == "cache-".count + 5)
  }
}

/// What happened to the second workload's pods and Jobs, one line each.
struct Story {
  let lines: String

  init(_ plan: SimulationPlan) {
    let result = plan.run()
    let name = plan.workloads[1].name.split(separator: "/").last.map(String.init) ?? ""
    let own = result.pods.indices.filter { result.pods[$0].workload == 1 }
    func pod(_ index: Int) -> String? { own.firstIndex(of: index).map { "\(name)-\($0)" } }
    func text(_ event: ClusterEvent) -> String? {
      switch event.reason {
      case .successfulCreate: pod(event.value).map { "\($0) created" }
      case .succeeded: pod(event.object).map { "\($0) succeeded" }
      case .failed: pod(event.object).map { "\($0) failed" }
      case .deleted: pod(event.object).map { "\($0) gone" }
      case .completed where event.value < 0: "\(name) completed"
      case .backoffLimitExceeded: "\(name) BackoffLimitExceeded"
      case .deadlineExceeded: "\(name) DeadlineExceeded"
      case .jobCreated: "\(name)-\(event.value) planned"
      case .jobAlreadyActive: "\(name) JobAlreadyActive"
      default: nil
      }
    }
    lines = result.events.compactMap { event in
      text(event).map { line in
        let tenths = (event.time.nanoseconds + 50_000_000) / 100_000_000
        return "\(tenths / 10).\(tenths % 10)s \(line)"
      }
    }.joined(separator: "\n")
  }
}
