/// Counts of latencies, for results that are kept, compared and merged.
///
/// Holds only the buckets between the smallest and the largest value seen; none when empty. Two
/// histograms of the same values are equal in whatever order they were recorded or merged.
package struct LogLinearHistogram: Sendable, Equatable {
  /// Bound of |estimate - value| / value for quantiles.
  package static let relativeError = 0x1p-8

  /// Counts of the buckets from `first` on.
  private var counts: [Int] = []
  /// Bucket of `counts[0]`.
  private var first = 0
  /// Values recorded.
  package private(set) var count = 0
  /// Exact sum of all values, in nanoseconds.
  package private(set) var sum: Int128 = 0
  /// Smallest value, -1 when there is none.
  package private(set) var minimum: Int64 = -1
  /// Largest value, -1 when there is none.
  package private(set) var maximum: Int64 = -1

  /// A histogram without values.
  package init() {}

  /// Takes over the buckets of a recorder.
  init(_ recorder: borrowing HistogramRecorder) {
    guard recorder.count > 0 else { return }
    first = recorder.firstBucket
    counts = (recorder.firstBucket...recorder.lastBucket).map { Int(recorder.buckets[$0]) }
    count = recorder.count
    sum = recorder.sum
    minimum = recorder.minimum
    maximum = recorder.maximum
  }

  /// Adds a value; a negative one counts as 0.
  package mutating func record(_ nanoseconds: Int64) {
    let value = max(nanoseconds, 0)
    let index = HistogramLayout.index(min(value, HistogramLayout.largest))
    include(index...index)
    counts[index - first] += 1
    count += 1
    sum += Int128(value)
    minimum = minimum < 0 ? value : min(minimum, value)
    maximum = max(maximum, value)
  }

  /// Adds the values of another histogram.
  package mutating func merge(_ other: Self) {
    guard other.count > 0 else { return }
    include(other.first...(other.first + other.counts.count - 1))
    for (offset, added) in other.counts.enumerated() {
      counts[other.first - first + offset] += added
    }
    count += other.count
    sum += other.sum
    minimum = minimum < 0 ? other.minimum : min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
  }

  /// The q-quantile by nearest rank, x[ceil(q n)], in nanoseconds; -1 when empty.
  ///
  /// The midpoint of that value's bucket, kept between the smallest and the largest value: exact
  /// below 256 ns and within `relativeError` up to 2^44 ns.
  package func quantile(_ q: Double) -> Int64 {
    guard count > 0 else { return -1 }
    var before = HistogramLayout.rank(q, of: count)
    for (offset, there) in counts.enumerated() {
      before -= there
      if before <= 0 { return HistogramLayout.estimate(first + offset, minimum, maximum) }
    }
    return maximum
  }

  /// Calls `body` with the smallest value, the largest value and the count of each filled bucket.
  package func forEachBucket(_ body: (_ low: Int64, _ high: Int64, _ count: Int) -> Void) {
    for (offset, there) in counts.enumerated() where there > 0 {
      body(HistogramLayout.low(first + offset), HistogramLayout.high(first + offset), there)
    }
  }

  /// Makes room for the buckets of a range.
  private mutating func include(_ range: ClosedRange<Int>) {
    guard !counts.isEmpty else {
      first = range.lowerBound
      counts = Array(repeating: 0, count: range.count)
      return
    }
    let missing = first - range.lowerBound
    if missing > 0 {
      counts.insert(contentsOf: repeatElement(0, count: missing), at: 0)
      first = range.lowerBound
    }
    let beyond = range.upperBound - (first + counts.count - 1)
    if beyond > 0 { counts.append(contentsOf: repeatElement(0, count: beyond)) }
  }
}
