package import SimKernel

/// Hands out the virtual addresses of Services.
///
/// Follows `pkg/registry/core/service/ipallocator`.
package struct ClusterIPAllocator: Sendable {
  package let range: IPv4Range
  private var pool: BandedPool

  package init(range: IPv4Range = .services) {
    self.range = range
    let band = BandedPool.bandSize(of: range.size, share: 16, atMost: 256)
    pool = BandedPool(count: range.usableCount, bandEnd: band)
  }

  /// The address of the Service `kubernetes`: the first.
  package var apiServerAddress: IPv4Address { range.usable(0) }

  /// The address that kubeadm gives to the cluster's DNS: the tenth.
  package var dnsAddress: IPv4Address { range.usable(min(9, range.usableCount - 1)) }

  /// The first address that automatic picks prefer; those before it are the static band.
  package var firstDynamicAddress: IPv4Address { range.usable(pool.bandEnd) }

  /// How many addresses are in use.
  package var takenCount: Int { pool.takenCount }

  /// Takes the address that a manifest asks for, in whichever band.
  package mutating func allocate(_ text: String) throws(AllocationProblem) {
    guard let address = IPv4Address(text), let index = range.index(of: address) else {
      throw .addressNotInRange(text, range: range)
    }
    if !pool.take(index) { throw .addressTaken }
  }

  /// Picks a free address.
  package mutating func allocateNext(
    _ generator: inout Generator
  ) throws(AllocationProblem) -> IPv4Address {
    guard let index = pool.takeNext(&generator) else { throw .full }
    return range.usable(index)
  }

  /// Makes an address free at once, as deletion of a Service does.
  package mutating func release(_ text: String) {
    guard let address = IPv4Address(text), let index = range.index(of: address) else { return }
    pool.release(index)
  }
}
