/// A source of test inputs that shares nothing with the code under test: xorshift64*.
struct TestRandom {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 | 1 }

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }

  /// Uniform on 0 ..< n.
  mutating func below(_ n: UInt64) -> UInt64 { (next() >> 16) % n }

  /// Uniform on [0, 1).
  mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
}
