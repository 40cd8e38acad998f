import PodstormCLI
import Testing

@Suite struct ProgressTests {
  /// 8 of 20 runs in 40 s: 5 s a run, 60 s for the other 12; 60 million events in 40 s.
  @Test func remainingTimeFollowsFromTheRunsDone() {
    let line = Progress.line(finished: 8, total: 20, events: 60_000_000, elapsed: 40)
    #expect(line == "8/20 runs, 1.5 million events/s, 60 s left")
  }

  @Test func longWaitsAreInMinutes() {
    let line = Progress.line(finished: 1, total: 31, events: 1_000_000, elapsed: 10)
    #expect(line == "1/31 runs, 0.1 million events/s, 5 min 0 s left")
  }

  @Test func lastRunLeavesNothing() {
    let line = Progress.line(finished: 20, total: 20, events: 0, elapsed: 0)
    #expect(line == "20/20 runs, 0.0 million events/s, 0 s left")
  }
}
