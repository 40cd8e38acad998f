/// A level that changes at instants, and its integral over time: queue lengths, busy workers.
///
/// The integral is a whole number of value · nanoseconds, so it does not depend on how often it was
/// brought up to date. Divided by the elapsed time it is the time average.
@usableFromInline package struct TimeWeighted: BitwiseCopyable, Sendable {
  /// The level now.
  @inlinable @inline(__always) package var value: Int64 { level }
  /// Backing of `value`.
  @usableFromInline var level: Int64
  /// When the level was set.
  @usableFromInline var since: SimTime
  /// The integral up to `since`.
  @usableFromInline var settled: Int128

  /// A level from an instant on; its integral starts at zero there.
  @inlinable package init(at time: SimTime, value: Int64 = 0) {
    level = value
    since = time
    settled = 0
  }

  /// Sets the level from an instant on, not earlier than the last change.
  @inlinable @inline(__always) package mutating func set(_ value: Int64, at time: SimTime) {
    settled = integral(at: time)
    since = time
    level = value
  }

  /// Raises or lowers the level from an instant on, not earlier than the last change.
  @inlinable @inline(__always) package mutating func add(_ delta: Int64, at time: SimTime) {
    set(level &+ delta, at: time)
  }

  /// The integral up to an instant, in value · nanoseconds.
  @inlinable @inline(__always) package func integral(at time: SimTime) -> Int128 {
    settled &+ Int128(level) &* Int128((time - since).nanoseconds)
  }
}
