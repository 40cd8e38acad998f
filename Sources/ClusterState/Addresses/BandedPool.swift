internal import SimKernel

/// Numbers 0 ..< `count`, the lowest of which are left to those who ask for one by number.
///
/// Follows `AllocateNext` of the API server's allocators: an automatic pick starts at a random
/// place of the upper band and walks upwards, wrapping around; only a full upper band makes it try
/// the lower one in the same way.
struct BandedPool: Sendable {
  let count: Int
  /// Numbers below this one are the static band.
  let bandEnd: Int
  private var taken: Set<Int> = []
  private var takenAbove = 0

  init(count: Int, bandEnd: Int) {
    self.count = count
    self.bandEnd = min(bandEnd, count)
  }

  /// How many numbers are taken.
  var takenCount: Int { taken.count }

  /// Takes a chosen number of either band; false when somebody has it.
  mutating func take(_ number: Int) -> Bool {
    guard (0..<count).contains(number), taken.insert(number).inserted else { return false }
    if number >= bandEnd { takenAbove += 1 }
    return true
  }

  /// Takes any free number, `nil` when there is none.
  mutating func takeNext(_ generator: inout Generator) -> Int? {
    let above = count - bandEnd
    let bands = [
      (bandEnd..<count, above - takenAbove), (0..<bandEnd, bandEnd - (taken.count - takenAbove)),
    ]
    for (band, free) in bands where free > 0 {
      let start = Int(generator.below(UInt32(truncatingIfNeeded: band.count)))
      for step in 0..<band.count {
        let number = band.lowerBound + (start + step) % band.count
        if take(number) { return number }
      }
    }
    return nil
  }

  /// Gives a number back; one that is free stays free.
  mutating func release(_ number: Int) {
    guard taken.remove(number) != nil else { return }
    if number >= bandEnd { takenAbove -= 1 }
  }

  /// The size of a static band: a share of all, within limits; none when there is little to share.
  static func bandSize(of size: Int, share: Int, atMost limit: Int) -> Int {
    size <= 16 ? 0 : min(max(16, size / share), limit)
  }
}
