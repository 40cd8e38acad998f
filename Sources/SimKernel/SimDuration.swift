/// A span of simulated time in whole nanoseconds.
@usableFromInline package struct SimDuration: Comparable, Hashable, Sendable, BitwiseCopyable {
  /// The length in nanoseconds.
  @usableFromInline package var nanoseconds: Int64

  @inlinable package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// No time at all.
  @inlinable package static var zero: SimDuration { SimDuration(nanoseconds: 0) }

  /// Longer than any run.
  @inlinable package static var forever: SimDuration { SimDuration(nanoseconds: .max / 4) }

  @inlinable package static func nanoseconds(_ n: Int64) -> SimDuration {
    SimDuration(nanoseconds: n)
  }
  @inlinable package static func microseconds(_ n: Int64) -> SimDuration {
    SimDuration(nanoseconds: n * 1_000)
  }
  @inlinable package static func milliseconds(_ n: Int64) -> SimDuration {
    SimDuration(nanoseconds: n * 1_000_000)
  }
  @inlinable package static func seconds(_ n: Int64) -> SimDuration {
    SimDuration(nanoseconds: n * 1_000_000_000)
  }
  @inlinable package static func minutes(_ n: Int64) -> SimDuration { .seconds(n * 60) }
  @inlinable package static func hours(_ n: Int64) -> SimDuration { .seconds(n * 3600) }

  @inlinable package static func < (a: SimDuration, b: SimDuration) -> Bool {
    a.nanoseconds < b.nanoseconds
  }
  @inlinable package static func + (a: SimDuration, b: SimDuration) -> SimDuration {
    SimDuration(nanoseconds: a.nanoseconds &+ b.nanoseconds)
  }
  @inlinable package static func - (a: SimDuration, b: SimDuration) -> SimDuration {
    SimDuration(nanoseconds: a.nanoseconds &- b.nanoseconds)
  }
  @inlinable package static func * (d: SimDuration, n: Int64) -> SimDuration {
    SimDuration(nanoseconds: d.nanoseconds &* n)
  }

  /// The length in seconds, for reports only.
  @inlinable package var seconds: Double { Double(nanoseconds) / 1e9 }
}
