/// A short sequence of random numbers: SplitMix64 (Steele, Lea and Flood 2014).
///
/// One generator serves one draw, which takes a few numbers at most; the period is 2^64.
@usableFromInline package struct Generator: Sendable, BitwiseCopyable {
  /// The counter behind the sequence.
  @usableFromInline var state: UInt64

  /// The sequence that starts at a state.
  @inlinable @inline(__always) package init(state: UInt64) { self.state = state }

  /// The next 64 random bits.
  @inlinable @inline(__always) package mutating func next() -> UInt64 {
    state &+= Mixing.golden
    return Mixing.finalize(state)
  }

  /// Uniform on [0, 1), a multiple of 2^-53.
  @inlinable @inline(__always) package mutating func uniform() -> Double {
    Double(Int64(truncatingIfNeeded: next() &>> 11)) * 0x1p-53
  }

  /// Uniform on (0, 1], a multiple of 2^-53; safe to take the logarithm of.
  @inlinable @inline(__always) package mutating func uniformPositive() -> Double {
    Double(Int64(truncatingIfNeeded: next() &>> 11) &+ 1) * 0x1p-53
  }

  /// Uniform on 0 ..< n, by taking the top of the product of n and 64 random bits.
  ///
  /// Some values come up once more than others in 2^64 draws, so no probability is off by more
  /// than 2^-64; relative to 1/n that is below 2^-32. For n = 0 the result is 0.
  @inlinable @inline(__always) package mutating func below(_ n: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(n)).high)
  }
}
