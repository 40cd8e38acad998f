/// Which bucket of a log-linear histogram a latency falls into.
///
/// Below 256 ns every value has its own bucket; from there each power of two is cut into 128 equal
/// buckets, so the midpoint of a bucket is within 2^-8 of every value in it. Values from 2^44 ns
/// (4.9 h) on count in the last bucket.
@usableFromInline package enum HistogramLayout {
  /// Buckets of the whole range.
  @inlinable @inline(__always) package static var buckets: Int { 4864 }
  /// The largest value that has a bucket of its own size.
  @inlinable @inline(__always) package static var largest: Int64 { 1 &<< 44 - 1 }

  /// The bucket of a value from 0 to `largest`.
  @inlinable @inline(__always) package static func index(_ value: Int64) -> Int {
    let octave = 56 &- (value | 128).leadingZeroBitCount
    return octave &<< 7 &+ Int(value &>> Int64(octave))
  }

  /// The smallest value of a bucket.
  @inlinable package static func low(_ index: Int) -> Int64 {
    guard index >= 256 else { return Int64(index) }
    let octave = index >> 7 - 1
    return Int64(index - octave << 7) << Int64(octave)
  }

  /// The largest value of a bucket.
  @inlinable package static func high(_ index: Int) -> Int64 { low(index + 1) - 1 }

  /// The place of the q-quantile among n sorted values: ceil(q n), between 1 and n.
  package static func rank(_ q: Double, of n: Int) -> Int {
    // q is a rounded decimal fraction: without the allowance 0.07 × 100 would give rank 8.
    let exact = q * Double(n) * (1 - 0x1p-50)
    guard exact > 0 else { return 1 }
    guard exact < Double(n) else { return n }
    let whole = Int(exact)
    return Double(whole) < exact ? whole + 1 : max(whole, 1)
  }

  /// What a bucket says of a value in it, given the extremes of all values.
  static func estimate(_ index: Int, _ smallest: Int64, _ largest: Int64) -> Int64 {
    let middle = low(index) + (high(index) - low(index)) / 2
    return min(max(middle, smallest), largest)
  }
}
