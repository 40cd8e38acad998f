/// A simulated instant: whole nanoseconds since the start of the run.
///
/// Integers, because a sum of doubles depends on the order of adding, and the same scenario must
/// give the same bytes in every order. Instants before the start (a pod that was already running)
/// are negative; an event's time never is.
@usableFromInline package struct SimTime: Comparable, Hashable, Sendable, BitwiseCopyable {
  /// Nanoseconds since the start of the run.
  @usableFromInline package var nanoseconds: Int64

  @inlinable package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The start of the run.
  @inlinable package static var zero: SimTime { SimTime(nanoseconds: 0) }

  /// Later than everything that can be scheduled: "not armed", "not due".
  @inlinable package static var never: SimTime { SimTime(nanoseconds: .max) }

  /// Earlier than everything: "since before the run".
  @inlinable package static var distantPast: SimTime { SimTime(nanoseconds: .min / 4) }

  @inlinable package static func < (a: SimTime, b: SimTime) -> Bool {
    a.nanoseconds < b.nanoseconds
  }
  @inlinable package static func + (t: SimTime, d: SimDuration) -> SimTime {
    SimTime(nanoseconds: t.nanoseconds &+ d.nanoseconds)
  }
  @inlinable package static func - (t: SimTime, d: SimDuration) -> SimTime {
    SimTime(nanoseconds: t.nanoseconds &- d.nanoseconds)
  }
  @inlinable package static func - (a: SimTime, b: SimTime) -> SimDuration {
    SimDuration(nanoseconds: a.nanoseconds &- b.nanoseconds)
  }

  /// Seconds since the start of the run, for reports only.
  @inlinable package var seconds: Double { Double(nanoseconds) / 1e9 }
}
