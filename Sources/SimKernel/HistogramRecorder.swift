/// Counts latencies on the request path: one flat buffer, nothing to grow.
///
/// The same buckets as `LogLinearHistogram`. Only the buckets between the extremes are read or
/// cleared, so a window with few values costs little.
@usableFromInline package struct HistogramRecorder: ~Copyable {
  /// Counts by bucket.
  @usableFromInline let buckets: UnsafeMutablePointer<UInt64>
  /// Values recorded.
  @usableFromInline var recorded: Int
  /// Exact sum of all values.
  @usableFromInline var total: Int128
  /// Smallest value; `Int64.max` when there is none.
  @usableFromInline var smallest: Int64
  /// Largest value; -1 when there is none.
  @usableFromInline var largest: Int64

  /// A recorder without values.
  @inlinable package init() {
    buckets = .allocate(capacity: HistogramLayout.buckets)
    buckets.initialize(repeating: 0, count: HistogramLayout.buckets)
    recorded = 0
    total = 0
    smallest = .max
    largest = -1
  }

  deinit { buckets.deallocate() }

  /// Adds a value; a negative one counts as 0.
  @inlinable @inline(__always) package mutating func record(_ nanoseconds: Int64) {
    let value = max(nanoseconds, 0)
    buckets[HistogramLayout.index(min(value, HistogramLayout.largest))] &+= 1
    recorded &+= 1
    total &+= Int128(truncatingIfNeeded: value)
    smallest = min(smallest, value)
    largest = max(largest, value)
  }

  /// Values recorded.
  @inlinable @inline(__always) package var count: Int { recorded }

  /// Exact sum of all values, in nanoseconds.
  @inlinable @inline(__always) package var sum: Int128 { total }

  /// Smallest value, -1 when there is none.
  @inlinable package var minimum: Int64 { recorded == 0 ? -1 : smallest }

  /// Largest value, -1 when there is none.
  @inlinable package var maximum: Int64 { largest }

  /// The q-quantile by nearest rank, as `LogLinearHistogram.quantile`.
  package func quantile(_ q: Double) -> Int64 {
    guard recorded > 0 else { return -1 }
    var before = HistogramLayout.rank(q, of: recorded)
    for index in firstBucket...lastBucket {
      before -= Int(buckets[index])
      if before <= 0 { return HistogramLayout.estimate(index, smallest, largest) }
    }
    return largest
  }

  /// The values so far as a histogram to keep.
  package func snapshot() -> LogLinearHistogram { LogLinearHistogram(self) }

  /// Forgets all values.
  package mutating func reset() {
    guard recorded > 0 else { return }
    (buckets + firstBucket).update(repeating: 0, count: lastBucket - firstBucket + 1)
    recorded = 0
    total = 0
    smallest = .max
    largest = -1
  }

  /// Bucket of the smallest value; call only when there is one.
  var firstBucket: Int {
    HistogramLayout.index(min(smallest, HistogramLayout.largest))
  }

  /// Bucket of the largest value; call only when there is one.
  var lastBucket: Int { HistogramLayout.index(min(largest, HistogramLayout.largest)) }
}
