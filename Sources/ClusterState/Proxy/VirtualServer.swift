/// A virtual server of IPVS with its real servers and its state, one per node and Service port.
package struct VirtualServer: Hashable, Sendable {
  /// How it picks; kube-proxy's default is round robin.
  package enum Scheduler: String, CaseIterable, Sendable {
    case roundRobin = "rr"
    case leastConnection = "lc"
    case shortestExpectedDelay = "sed"
    case neverQueue = "nq"
    case sourceHashing = "sh"
    case destinationHashing = "dh"
  }
  /// An endpoint with the connections that this node has to it.
  package struct RealServer: Hashable, Sendable {
    package var address: String
    /// 0 while kube-proxy drains it, else 1.
    package var weight = 1
    package var active = 0
    package var inactive = 0

    package init(_ address: String, active: Int = 0, inactive: Int = 0) {
      self.address = address
      self.active = active
      self.inactive = inactive
    }
  }
  package var scheduler: Scheduler
  /// In the kernel's order: new ones come first.
  package private(set) var servers: [RealServer] = []
  /// The server used last by round robin, `nil` for the head of the list.
  private var cursor: Int?

  package init(_ scheduler: Scheduler = .roundRobin, servers: [String] = []) {
    self.scheduler = scheduler
    for server in servers { add(RealServer(server)) }
  }

  /// Adds a server at the head of the list.
  package mutating func add(_ server: RealServer) {
    servers.insert(server, at: 0)
    cursor = cursor.map { $0 + 1 }
  }

  /// Removes a server; the cursor steps back when it rests there.
  package mutating func remove(_ address: String) {
    guard let index = servers.firstIndex(where: { $0.address == address }) else { return }
    servers.remove(at: index)
    if let rest = cursor, rest >= index { cursor = rest == 0 ? nil : rest - 1 }
  }

  /// Changes the weight of a server; 0 keeps its connections and lets no new one in.
  package mutating func setWeight(_ weight: Int, of address: String) {
    for index in servers.indices where servers[index].address == address {
      servers[index].weight = weight
    }
  }

  /// Changes the connections counted for a server.
  package mutating func setConnections(active: Int, inactive: Int = 0, of address: String) {
    for index in servers.indices where servers[index].address == address {
      servers[index].active = active
      servers[index].inactive = inactive
    }
  }

  /// The server for a new connection, `nil` when none has weight.
  package mutating func pick(client: IPv4Address, destination: IPv4Address) -> String? {
    let open = servers.indices.filter { servers[$0].weight > 0 }
    guard !open.isEmpty else { return nil }
    switch scheduler {
    case .roundRobin: return nextInTurn()
    case .leastConnection:
      return least(of: open) { 256 * $0.active + $0.inactive }
    case .shortestExpectedDelay: return least(of: open) { $0.active + 1 }
    case .neverQueue:
      if let idle = open.first(where: { servers[$0].active == 0 }) {
        return servers[idle].address
      }
      return least(of: open) { $0.active + 1 }
    case .sourceHashing: return hashed(client)
    case .destinationHashing: return hashed(destination)
    }
  }

  private mutating func nextInTurn() -> String? {
    let start = cursor ?? -1
    for step in 1...servers.count {
      let index = (start + step) % servers.count
      if servers[index].weight > 0 {
        cursor = index
        return servers[index].address
      }
    }
    return nil
  }

  /// The server with the least load, the first of equals.
  private func least(of open: [Int], by load: (RealServer) -> Int) -> String? {
    open.min { load(servers[$0]) < load(servers[$1]) }.map { servers[$0].address }
  }

  /// The bucket of an address in the kernel's table of 256, which servers fill in turn.
  private func hashed(_ address: IPv4Address) -> String? {
    let bucket = Int((address.value &* 0x61C8_8647) >> 24)
    let server = servers[bucket % servers.count]
    return server.weight > 0 ? server.address : nil
  }
}
