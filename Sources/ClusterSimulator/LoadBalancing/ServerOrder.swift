/// The servers of one IP virtual server in the kernel's order, and where `rr` stands among them.
package struct ServerOrder: Hashable, Sendable {
  package var servers: [UInt32]
  /// Place of the server used last, -1 at the head of the list.
  package var cursor: Int

  package init(servers: [UInt32], cursor: Int) {
    self.servers = servers
    self.cursor = cursor
  }

  /// The list after a round of kube-proxy: additions first, each at the head, then removals.
  ///
  /// A cursor whose server leaves moves to the one before it (`ip_vs_rr_del_dest`).
  package func updated(to wanted: [UInt32]) -> ServerOrder {
    let added = wanted.filter { !servers.contains($0) }
    let grown = Array(added.reversed()) + servers
    var place = cursor < 0 ? -1 : cursor + added.count
    while place >= 0, !wanted.contains(grown[place]) { place -= 1 }
    let before = place < 0 ? 0 : grown[...place].count { wanted.contains($0) }
    return ServerOrder(servers: grown.filter { wanted.contains($0) }, cursor: before - 1)
  }
}
