import SimKernel

/// The L7 proxy in front of a client group: which endpoint it gives a request to.
///
/// It chooses among the endpoints of its own configuration and knows of their load only what it has
/// sent there itself, per address. How it chooses is in the other files of this folder.
///
/// Owns `upstreamLoad` and, of `Request`, `address` while `isOnUpstream`.
extension Simulation {
  /// Chooses an upstream for a request; `Request.none` when the proxy knows of none.
  mutating func chooseUpstream(_ slot: UInt32) -> UInt32 {
    let client = Int(requests[slot].client)
    let call = Int(requests[slot].call)
    let list = viewers.programmedList(
      viewer: Int(clients[client].viewer),
      view: Int(calls[call].service)
    )
    let count = UInt32(truncatingIfNeeded: viewers.lists.count(list))
    guard count > 0 else { return Request.none }
    switch calls[call].balancing {
    case .roundRobin: return nextInTurn(list, count, client: client)
    case .random: return randomChoice(slot, list, count)
    case .leastRequest: return leastRequest(slot, list, count)
    }
  }

  /// The generator behind the choices for a request's attempt; each upstream it is moved on to
  /// has draws of its own.
  @inline(__always)
  func upstreamDraws(_ slot: UInt32) -> Generator {
    let request = requests[slot]
    return calls[Int(request.call)].choosing.generator(
      clients[Int(request.client)].key,
      request.ordinal ^ UInt64(request.connectTries) &<< 56,
      request.attemptPath
    )
  }

  /// Requests that a client group's proxy has in flight at an address.
  @inline(__always)
  func upstreamCell(_ client: Int, _ address: UInt32) -> Int {
    client &* addresses.count &+ Int(address)
  }

  /// The attempt has ended for the proxy, or moves on to another upstream.
  @inline(__always)
  mutating func leaveUpstream(_ slot: UInt32) {
    guard requests[slot].isOnUpstream else { return }
    requests[slot].isOnUpstream = false
    if calls[Int(requests[slot].call)].route != .ingress {
      leaveVirtualServer(slot)
      return
    }
    upstreamLoad[upstreamCell(Int(requests[slot].client), requests[slot].address)] &-= 1
  }
}
