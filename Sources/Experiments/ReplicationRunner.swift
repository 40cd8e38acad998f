package import ClusterSimulator
import Dispatch
import Synchronization

/// One run to do: which variant, which replication.
package struct Job: Hashable, Sendable {
  /// Index into the variants.
  package var variant: Int
  /// From 1.
  package var replication: Int

  package init(variant: Int, replication: Int) {
    self.variant = variant
    self.replication = replication
  }
}

/// A run that has just finished, for progress and timings.
package struct FinishedRun: Sendable {
  package var job: Job
  /// Runs finished so far, this one included.
  package var finished: Int
  package var total: Int
  /// Events this run took from the queue.
  package var events: Int
  package var probes = 0
}

/// Does many runs on several threads; what comes back does not depend on how many.
///
/// Every job has a slot of its own and every run is a pure function of plan, seed and replication,
/// so the order in which threads pick up jobs reaches nothing but the progress reports.
package struct ReplicationRunner: Sendable {
  /// Does one run; `nil` when the stop came before its end.
  package typealias Engine =
    @Sendable (SimulationPlan, UInt64, Job, Recording, StopFlag) -> RunResult?

  /// Threads to use, at least 1.
  package var threads: Int
  package var stop: StopFlag
  /// Called after every run, one call at a time, from any thread.
  package var onFinished: @Sendable (FinishedRun) -> Void
  /// How a job is done; the engine, except in tests.
  package var simulate: Engine
  /// The replication that records the detailed tables.
  package var detailedReplication: Int?

  package init(
    threads: Int,
    stop: StopFlag = StopFlag(),
    onFinished: @escaping @Sendable (FinishedRun) -> Void = { _ in },
    simulate: @escaping Engine = Self.engine
  ) {
    self.threads = threads
    self.stop = stop
    self.onFinished = onFinished
    self.simulate = simulate
  }

  /// The result of each job, in the order of the jobs; `nil` for those not ended before the stop.
  package func run(_ jobs: [Job], plans: [SimulationPlan], seed: UInt64) -> [RunResult?] {
    let next = Atomic<Int>(0)
    let slots = Mutex<Slots>(Slots(count: jobs.count))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, jobs.count))) { _ in
      while !stop.isSet {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < jobs.count else { return }
        let job = jobs[index]
        var recording = Recording.standard
        recording.details = job.replication == detailedReplication
        let plan = plans[job.variant]
        guard let result = simulate(plan, seed, job, recording, stop) else { return }
        slots.withLock { slots in
          slots.results[index] = result
          slots.finished += 1
          onFinished(
            FinishedRun(
              job: job,
              finished: slots.finished,
              total: jobs.count,
              events: result.eventsProcessed,
              probes: result.probes
            )
          )
        }
      }
    }
    return slots.withLock { $0.results }
  }

  /// Runs the simulator.
  package static let engine: Engine = { plan, seed, job, recording, stop in
    Simulation(plan: plan, seed: seed, replication: job.replication, recording: recording)
      .run(unless: { stop.isSet })
  }

  private struct Slots {
    var results: [RunResult?]
    var finished = 0

    init(count: Int) { results = [RunResult?](repeating: nil, count: count) }
  }
}
