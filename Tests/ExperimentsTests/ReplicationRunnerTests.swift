import ClusterSimulator
import Experiments
import Foundation
import Synchronization
import Testing

/// Threads may finish in any order; results may not show it.
@Suite struct ReplicationRunnerTests {
  private static let jobs = (0..<24).map { Job(variant: $0 % 2, replication: $0 / 2 + 1) }

  /// Jobs that start early take longer, so that several threads finish them out of order.
  private static func slowStart(
    _ plan: SimulationPlan,
    _ seed: UInt64,
    _ job: Job,
    _ recording: Recording,
    _ stop: StopFlag
  ) -> RunResult? {
    usleep(UInt32(3_000 / job.replication))
    var run = HandMade.run(replication: job.replication, failed: job.variant)
    run.fingerprint = seed &* 1_000 &+ UInt64(job.replication * 10 + job.variant)
    run.eventsProcessed = recording.details ? 2 : 1
    return run
  }

  private func runner(threads: Int, stop: StopFlag = StopFlag()) -> ReplicationRunner {
    ReplicationRunner(threads: threads, stop: stop, simulate: Self.slowStart)
  }

  @Test(arguments: [1, 2, 3, 64])
  func everyJobFindsItsOwnPlace(threads: Int) {
    let results = runner(threads: threads)
      .run(Self.jobs, plans: [HandMade.plan(), HandMade.plan()], seed: 7)
    let expected = Self.jobs.map { UInt64(7_000 + $0.replication * 10 + $0.variant) }
    #expect(results.map { $0?.fingerprint } == expected)
  }

  @Test func onlyOneReplicationRecordsDetails() {
    var runner = runner(threads: 2)
    runner.detailedReplication = 3
    let results = runner.run(Self.jobs, plans: [HandMade.plan(), HandMade.plan()], seed: 7)
    let detailed = results.compactMap(\.self).filter { $0.eventsProcessed == 2 }
    #expect(detailed.map(\.replication) == [3, 3])
  }

  @Test func nothingStartsAfterTheStop() {
    let stop = StopFlag()
    stop.set()
    let results = runner(threads: 2, stop: stop)
      .run(Self.jobs, plans: [HandMade.plan(), HandMade.plan()], seed: 7)
    #expect(results.allSatisfy { $0 == nil })
    #expect(results.count == Self.jobs.count)
  }

  @Test func finishedRunsAreKept() {
    let stop = StopFlag()
    var runner = runner(threads: 1, stop: stop)
    runner.onFinished = { if $0.finished == 5 { stop.set() } }
    let results = runner.run(Self.jobs, plans: [HandMade.plan(), HandMade.plan()], seed: 7)
    #expect(results.map { $0 != nil } == (0..<24).map { $0 < 5 })
  }

  @Test func runsUnderWayAreDropped() {
    let stop = StopFlag()
    var runner = runner(threads: 1, stop: stop)
    runner.simulate = { plan, seed, job, recording, stop in
      if job.replication == 2 { stop.set() }
      return stop.isSet ? nil : Self.slowStart(plan, seed, job, recording, stop)
    }
    let results = runner.run(Self.jobs, plans: [HandMade.plan(), HandMade.plan()], seed: 7)
    #expect(results.map { $0 != nil } == (0..<24).map { $0 < 2 })
  }

  @Test func progressCountsEveryRunOnce() {
    let seen = Mutex<[FinishedRun]>([])
    var runner = runner(threads: 3)
    runner.onFinished = { run in seen.withLock { $0.append(run) } }
    _ = runner.run(Self.jobs, plans: [HandMade.plan(), HandMade.plan()], seed: 7)
    let runs = seen.withLock { $0 }
    #expect(runs.map(\.finished) == Array(1...24))
    #expect(Set(runs.map(\.job)) == Set(Self.jobs))
    #expect(runs.allSatisfy { $0.total == 24 })
  }
}

extension ReplicationRunnerTests {
  @Test func noJobsIsNoProblem() {
    #expect(runner(threads: 4).run([], plans: [], seed: 1).isEmpty)
  }
}
