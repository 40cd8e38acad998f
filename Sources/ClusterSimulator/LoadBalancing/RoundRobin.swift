import SimKernel

/// One endpoint after the other: ingress-nginx's default.
///
/// Blind to load. A change of the list moves the turn to whoever now stands at its place.
extension Simulation {
  /// The next endpoint of the list.
  mutating func nextInTurn(_ list: UInt32, _ count: UInt32, client: Int) -> UInt32 {
    let cursor = clients[client].ingressCursor % count
    clients[client].ingressCursor = cursor &+ 1
    return viewers.lists[list, Int(cursor)]
  }
}
