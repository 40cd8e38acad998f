import SimKernel
import Testing

@Suite struct TimeWeightedTests {
  static func at(_ nanoseconds: Int64) -> SimTime { SimTime(nanoseconds: nanoseconds) }

  @Test func integratesALevelOverTime() {
    var level = TimeWeighted(at: Self.at(10), value: 2)
    #expect(level.integral(at: Self.at(10)) == 0)
    level.add(3, at: Self.at(15))  // 2 for 5 ns
    level.set(1, at: Self.at(25))  // 5 for 10 ns
    level.add(-1, at: Self.at(26))  // 1 for 1 ns
    #expect(level.value == 0)
    #expect(level.integral(at: Self.at(1_000)) == 61)
  }

  @Test func startsBeforeTheRun() {
    let level = TimeWeighted(at: Self.at(-7), value: 3)
    #expect(level.integral(at: .zero) == 21)
  }

  /// Whoever looks at it in between changes nothing.
  @Test func doesNotDependOnWhenItIsBroughtUpToDate() {
    var (coarse, fine) = (TimeWeighted(at: .zero, value: 4), TimeWeighted(at: .zero, value: 4))
    for time in stride(from: 1, to: 100, by: 7) as StrideTo<Int64> {
      fine.add(0, at: Self.at(time))
    }
    coarse.set(9, at: Self.at(100))
    fine.set(9, at: Self.at(100))
    #expect(coarse.integral(at: Self.at(150)) == 4 * 100 + 9 * 50)
    #expect(fine.integral(at: Self.at(150)) == 4 * 100 + 9 * 50)
  }

  /// A million requests for ten years do not fit 64 bits of nanoseconds.
  @Test func doesNotOverflow() {
    let years: Int64 = 315_360_000_000_000_000
    let level = TimeWeighted(at: .zero, value: 1_000_000)
    #expect(level.integral(at: Self.at(years)) == Int128(years) * 1_000_000)
  }
}

@Suite struct FingerprintTests {
  static let facts: [[UInt64]] = [
    [0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [1, 2, 3, 4],
    [4, 3, 2, 1], [.max, 0, .max, 0], [1, 1, 1, 1],
  ]

  static func digest(_ facts: some Sequence<[UInt64]>) -> UInt64 {
    var fingerprint = Fingerprint()
    for fact in facts { fingerprint.add(fact[0], fact[1], fact[2], fact[3]) }
    return fingerprint.value
  }

  @Test func doesNotDependOnOrderOrGrouping() {
    var parts = Fingerprint()
    var rest = Fingerprint()
    for fact in Self.facts.prefix(3) { parts.add(fact[0], fact[1], fact[2], fact[3]) }
    for fact in Self.facts.dropFirst(3) { rest.add(fact[0], fact[1], fact[2], fact[3]) }
    parts.add(rest)
    #expect(Self.digest(Self.facts) == Self.digest(Self.facts.reversed()))
    #expect(Self.digest(Self.facts) == parts.value)
  }

  @Test func factsThatDifferInPlaceOrNumberDiffer() {
    #expect(Set(Self.facts.map { Self.digest([$0]) }).count == Self.facts.count)
    #expect(Self.digest([[1, 2, 3, 4], [1, 2, 3, 4]]) != Self.digest([]))
    #expect(Self.digest([[1, 2, 3, 4], [1, 2, 3, 4]]) != Self.digest([[1, 2, 3, 4]]))
  }

  /// Each bit of each number flips about half of the digest: 32 ± 4 bits on average over 64 bits.
  @Test(arguments: 0..<4)
  func everyBitCounts(place: Int) {
    let plain = Self.digest([[9, 9, 9, 9]])
    for bit in 0..<64 as Range<UInt64> {
      var fact: [UInt64] = [9, 9, 9, 9]
      fact[place] ^= 1 << bit
      let flipped = (Self.digest([fact]) ^ plain).nonzeroBitCount
      #expect((10...54).contains(flipped), "bit \(bit)")
    }
  }
}
