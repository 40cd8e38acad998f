internal import KubernetesManifests
package import SimKernel

/// Hands out node ports: one space of numbers for all namespaces and transports.
///
/// Follows `pkg/registry/core/service/portallocator`. Health check node ports come from it too.
package struct NodePortAllocator: Sendable {
  package let range: ClosedRange<Int>
  private var pool: BandedPool

  package init(range: ClosedRange<Int> = Service.nodePortRange) {
    self.range = range
    let band = BandedPool.bandSize(of: range.count, share: 32, atMost: 128)
    pool = BandedPool(count: range.count, bandEnd: band)
  }

  /// The first port that automatic picks prefer; those before it are the static band.
  package var firstDynamicPort: Int { range.lowerBound + pool.bandEnd }

  /// How many ports are in use.
  package var takenCount: Int { pool.takenCount }

  /// Takes the port that a manifest asks for, in whichever band.
  package mutating func allocate(_ port: Int) throws(AllocationProblem) {
    guard range.contains(port) else { throw .portNotInRange(range) }
    if !pool.take(port - range.lowerBound) { throw .portTaken }
  }

  /// Picks a free port.
  package mutating func allocateNext(
    _ generator: inout Generator
  ) throws(AllocationProblem) -> Int {
    guard let index = pool.takeNext(&generator) else { throw .full }
    return range.lowerBound + index
  }

  /// Makes a port free at once.
  package mutating func release(_ port: Int) { pool.release(port - range.lowerBound) }
}
