import SimKernel

/// Any endpoint with equal probability: memoryless, so busy ones get as much as idle ones.
extension Simulation {
  /// An endpoint of the list, uniformly.
  func randomChoice(_ slot: UInt32, _ list: UInt32, _ count: UInt32) -> UInt32 {
    var generator = upstreamDraws(slot)
    return viewers.lists[list, Int(generator.below(count))]
  }
}
