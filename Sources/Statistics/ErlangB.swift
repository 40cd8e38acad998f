/// M/G/c/c: c servers, no room to wait; whoever finds all servers busy is lost.
package struct ErlangB: Sendable {
  /// Arrival rate times mean service time, in erlangs.
  package var offeredLoad: Double
  package var servers: Int

  package init(offeredLoad: Double, servers: Int) {
    self.offeredLoad = offeredLoad
    self.servers = servers
  }

  /// The share of arrivals that are lost.
  ///
  /// By the recursion B(k) = a·B(k-1) / (k + a·B(k-1)), which never overflows, unlike the
  /// factorials of the definition.
  package var blockingProbability: Double {
    var blocking = 1.0
    for k in 0..<max(servers, 0) {
      let carried = offeredLoad * blocking
      blocking = carried / (Double(k + 1) + carried)
    }
    return blocking
  }
}
