import SimKernel
import Testing

/// A recorder that is used again, window after window.
@Suite struct HistogramRecorderTests {
  /// Whatever a window held, at its extremes and in between, the next one starts from nothing.
  @Test(arguments: [[5], [7, 300], [1_000, 1_000_000, 1 << 40], [0, 1 << 50]] as [[Int64]])
  func aResetLeavesNothingBehind(first: [Int64]) {
    var recorder = HistogramRecorder()
    for value in first { recorder.record(value) }
    recorder.reset()
    #expect(recorder.snapshot() == LogLinearHistogram())
    // The second window spans all buckets, so a count left anywhere would show.
    let second: [Int64] = [0, 1 << 50]
    var expected = LogLinearHistogram()
    for value in second {
      recorder.record(value)
      expected.record(value)
    }
    #expect(recorder.snapshot() == expected)
  }
}
