import SimKernel

/// The least loaded of a few endpoints drawn at random: Envoy's `LEAST_REQUEST`, equal weights.
///
/// Draws are with replacement and the first of equals wins, as in Envoy's
/// `LeastRequestLoadBalancer::unweightedHostPick`. Load is what this proxy has in flight itself:
/// several proxies in front of the same pods do not see each other, and an endpoint that fails
/// fast looks idle and draws traffic.
extension Simulation {
  /// The endpoint with the fewest requests in flight among as many draws as the call asks for.
  mutating func leastRequest(_ slot: UInt32, _ list: UInt32, _ count: UInt32) -> UInt32 {
    var generator = upstreamDraws(slot)
    let client = Int(requests[slot].client)
    var chosen = viewers.lists[list, Int(generator.below(count))]
    var load = upstreamLoad[upstreamCell(client, chosen)]
    for _ in 1..<max(calls[Int(requests[slot].call)].choices, 1) {
      let other = viewers.lists[list, Int(generator.below(count))]
      let otherLoad = upstreamLoad[upstreamCell(client, other)]
      if otherLoad < load { (chosen, load) = (other, otherLoad) }
    }
    requests[slot].address = chosen
    requests[slot].isOnUpstream = true
    upstreamLoad[upstreamCell(client, chosen)] &+= 1
    return chosen
  }
}
