import ClusterSimulator
import Experiments
import Scenarios
import Statistics
import Testing

/// Runs → intervals, differences and verdicts, with runs made by hand.
@Suite struct ExperimentTests {
  /// Of 100 requests, variant 0 fails 1, 2, 3 in replications 1, 2, 3 and variant 1 fails 3, 4, 8.
  private static let failures = [[1, 2, 3], [3, 4, 8]]

  private func experiment(
    stop: StopFlag = StopFlag(),
    replications: [Int]? = nil,
    change: @escaping @Sendable (inout RunResult) -> Void = { _ in }
  ) -> Experiment {
    var runner = ReplicationRunner(threads: 2, stop: stop)
    runner.simulate = { _, _, job, _, _ in
      var run = HandMade.run(
        replication: job.replication,
        failed: Self.failures[job.variant][job.replication - 1]
      )
      change(&run)
      return run
    }
    return Experiment(runner: runner, replications: replications)
  }

  private func failed(_ variant: VariantResult) throws -> MetricEstimate {
    try #require(variant.estimates.first { $0.metric == "failed_total" })
  }

  /// t(0.975, 2) = 4.302653: 2 ± 4.302653 · 1/√3 and, for the pairs 2, 2, 5, 3 ± 4.302653 · √3/√3.
  @Test func intervalsAndPairedDifferencesAreStudents() throws {
    let result = try experiment().run(HandMade.scenario(variants: ["a", "b"], replications: 3))
    let first = try failed(result.variants[0])
    #expect(first.values == [1, 2, 3])
    #expect(abs(first.interval.low - (2 - 2.484138)) < 1e-5)
    #expect(abs(first.interval.high - (2 + 2.484138)) < 1e-5)
    #expect(first.difference == nil)
    let second = try failed(result.variants[1])
    #expect(second.values == [3, 4, 8])
    let difference = try #require(second.difference)
    #expect(abs(difference.mean - 3) < 1e-12)
    #expect(abs(difference.low - (3 - 4.302653)) < 1e-5)
    #expect(abs(difference.high - (3 + 4.302653)) < 1e-5)
    #expect(!result.isPartial)
  }

  @Test func variantsOfOneReplicationComeTogether() {
    let jobs = experiment().jobs(for: HandMade.scenario(variants: ["a", "b"], replications: 2))
    #expect(jobs.map { "\($0.replication)\($0.variant)" } == ["10", "11", "20", "21"])
  }

  @Test func oneReplicationCanBePicked() throws {
    let result = try experiment(replications: [2])
      .run(HandMade.scenario(variants: ["a", "b"], replications: 3))
    #expect(result.variants.map { $0.runs.map(\.replication) } == [[2], [2]])
    #expect(try failed(result.variants[1]).values == [4])
  }

  @Test func stoppedExperimentIsPartialAndKeepsWhatIsDone() throws {
    let stop = StopFlag()
    var experiment = experiment(stop: stop)
    experiment.runner.threads = 1
    experiment.runner.onFinished = { if $0.finished == 3 { stop.set() } }
    let result = try experiment.run(HandMade.scenario(variants: ["a", "b"], replications: 3))
    #expect(result.isPartial)
    #expect(result.variants.map(\.runs.count) == [2, 1])
    // Only replication 1 is there on both sides: 3 - 1.
    let difference = try #require(try failed(result.variants[1]).difference)
    #expect(difference.mean == 2)
    #expect(difference.count == 1)
  }

  @Test func metricWithoutAValueIsLeftOut() throws {
    let result = try experiment().run(HandMade.scenario(variants: ["a"], replications: 3))
    let metrics = result.variants[0].estimates.map(\.metric)
    #expect(!metrics.contains("latency_p99_ms"))
    #expect(metrics.contains("availability_ratio"))
  }

  @Test func estimatesAreInTheDictionarysOrder() throws {
    let result = try experiment().run(HandMade.scenario(variants: ["a"], replications: 3))
    let metrics = result.variants[0].estimates.map(\.metric)
    #expect(metrics == MetricDictionary.names.filter(metrics.contains))
  }

  @Test func brokenBooksAreADefectAndNameTheRun() {
    let experiment = experiment { run in
      if run.replication == 2 { run.clients[0].offered += 1 }
    }
    #expect {
      try experiment.run(HandMade.scenario(variants: ["a"], replications: 3))
    } throws: { error in
      (error as? BrokenInvariant)?.message.hasPrefix("variant a, replication 2: ") == true
    }
  }

  @Test func verdictsComeWithTheResult() throws {
    let scenario = HandMade.scenario(
      variants: ["a", "b"],
      replications: 3,
      thresholds: [HandMade.threshold("failed", .atMost, 5, variant: "a")]
    )
    let result = try experiment().run(scenario)
    #expect(result.verdicts.map(\.result) == [.pass])
  }
}
