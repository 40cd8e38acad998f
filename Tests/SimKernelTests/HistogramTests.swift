import SimKernel
import Testing

@Suite struct HistogramTests {
  /// Latency-like samples over the whole range, by magnitude.
  static func samples(_ seed: UInt64, _ count: Int, bits: UInt64) -> [Int64] {
    var random = TestRandom(seed)
    return (0..<count).map { _ in Int64(random.next() >> (64 - 1 - random.below(bits))) }
  }

  static func recorded(_ values: [Int64]) -> LogLinearHistogram {
    var histogram = LogLinearHistogram()
    for value in values { histogram.record(value) }
    return histogram
  }

  /// x[ceil(q n)] of the sorted values, with q in thousandths so that the rank is exact.
  static func nearestRank(_ sorted: [Int64], thousandths: Int) -> Int64 {
    sorted[max((thousandths * sorted.count + 999) / 1000, 1) - 1]
  }

  @Test(
    arguments: [1, 2, 7, 100, 5_000],
    [0, 1, 70, 100, 250, 500, 900, 990, 999, 1000]
  )
  func quantilesAreWithinTheStatedError(count: Int, thousandths: Int) {
    let values = Self.samples(UInt64(count), count, bits: 43)
    var recorder = HistogramRecorder()
    for value in values { recorder.record(value) }
    let exact = Self.nearestRank(values.sorted(), thousandths: thousandths)
    let q = Double(thousandths) / 1000
    let estimate = Self.recorded(values).quantile(q)
    let bound = Double(exact) * LogLinearHistogram.relativeError
    #expect(Double((estimate - exact).magnitude) <= bound)
    #expect(recorder.quantile(q) == estimate)
  }

  @Test func smallValuesAreExact() {
    let values = (0..<256).map(Int64.init)
    let histogram = Self.recorded(values.shuffled())
    for value in values {
      #expect(histogram.quantile(Double(value + 1) / 256) == value)
    }
  }

  /// Buckets follow one another without gap, and each holds its own bounds.
  @Test func bucketsPartitionTheRange() {
    var expected: Int64 = 0
    for index in 0..<HistogramLayout.buckets {
      let (low, high) = (HistogramLayout.low(index), HistogramLayout.high(index))
      #expect(low == expected)
      #expect(HistogramLayout.index(low) == index)
      #expect(HistogramLayout.index(high) == index)
      #expect(low < 256 ? high == low : Double(high - low + 1) / Double(low) <= 0x1p-7)
      expected = high + 1
    }
    #expect(expected == 1 << 44)
    #expect(HistogramLayout.largest == 1 << 44 - 1)
  }

  @Test func sumCountAndExtremesAreExact() {
    let histogram = Self.recorded([5, 1 << 50, 1_000_003, -4, 1 << 62])
    #expect(histogram.count == 5)
    #expect(histogram.sum == 5 + (1 << 50) + 1_000_003 + (1 << 62))
    #expect(histogram.minimum == 0)
    #expect(histogram.maximum == 1 << 62)
  }

  @Test func emptyAnswersMinusOne() {
    let histogram = LogLinearHistogram()
    let recorder = HistogramRecorder()
    #expect(histogram.quantile(0.5) == -1)
    #expect(histogram.minimum == -1)
    #expect(histogram.maximum == -1)
    #expect(recorder.quantile(0.5) == -1)
    #expect(recorder.snapshot() == histogram)
  }

  /// Merged in any grouping and order, the result equals recording everything at once.
  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func mergeEqualsRecordingTogether(seed: UInt64) {
    let parts = [3, 0, 400, 41].enumerated().map { part, count in
      Self.samples(seed * 10 + UInt64(part), count, bits: 40)
    }
    let together = Self.recorded(parts.flatMap(\.self))
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
      var merged = LogLinearHistogram()
      for part in order { merged.merge(Self.recorded(parts[part])) }
      #expect(merged == together)
    }
  }

  @Test func recorderSnapshotsAndForgets() {
    let (early, late) = (Self.samples(1, 300, bits: 43), Self.samples(2, 200, bits: 30))
    var recorder = HistogramRecorder()
    for value in early { recorder.record(value) }
    #expect(recorder.snapshot() == Self.recorded(early))
    #expect(recorder.count == 300)
    recorder.reset()
    #expect(recorder.count == 0)
    for value in late { recorder.record(value) }
    #expect(recorder.snapshot() == Self.recorded(late))
    #expect(recorder.sum == Int128(late.reduce(0, +)))
  }

  @Test func bucketsAreListedInOrder() {
    var listed: [[Int64]] = []
    Self.recorded([300, 7, 301, 7, 1_000]).forEachBucket { low, high, count in
      listed.append([low, high, Int64(count)])
    }
    #expect(listed == [[7, 7, 2], [300, 301, 2], [1_000, 1_003, 1]])
  }

  /// 0.07 as a double lies above 7/100; the rank must be 7 all the same.
  @Test(arguments: [(0.07, 100, 7), (0.29, 100, 29), (0.99, 1_000, 990), (0.501, 2, 2), (0, 9, 1)])
  func rankIsThatOfTheDecimalFraction(q: Double, n: Int, rank: Int) {
    #expect(HistogramLayout.rank(q, of: n) == rank)
  }
}
