import SimKernel

/// Linux' IP virtual server: net/netfilter/ipvs, one per Service port on each node.
///
/// Its servers stand in a list of the kernel's own: new ones enter at the head, and the cursor of
/// `rr` rests on the server used last; when that one leaves, on its predecessor. Nodes do not know
/// of each other. Left out: closed connections, which `lc` counts for two minutes at 1/256.
struct VirtualServers: ~Copyable {
  private var lists = Table<UInt32>()
  /// Place of the server used last, -1 at the head of the list.
  private var cursors = Table<Int32>()
  /// viewer · addresses + address: connections that the viewer's rules led there; filled only for
  /// schedulers that count them.
  var active = Table<Int32>()
  /// For each view its column in the tables, -1 for those that no call comes through.
  private var columns = Table<Int32>()
  private var width = 0

  /// Makes room for the views that calls come through, empty at first.
  mutating func prepare(viewers: Int, views: Int, called: [Int]) {
    columns.fill(-1, count: views)
    for view in called where columns[view] < 0 {
      columns[view] = Int32(width)
      width += 1
    }
    lists.fill(EndpointLists.empty, count: viewers * width)
    cursors.fill(-1, count: viewers * width)
  }

  /// Whether the proxies' mode is ipvs and somebody calls.
  var isUsed: Bool { width > 0 }

  private func cell(_ viewer: Int, _ view: Int) -> Int { viewer * width + Int(columns[view]) }

  /// Counts connections from now on, for schedulers that look at them.
  mutating func startCounting(viewers: Int, addresses: Int) {
    active.fill(0, count: viewers * addresses)
  }

  func list(viewer: Int, view: Int) -> UInt32 { lists[cell(viewer, view)] }

  /// The place after the cursor, which moves there.
  mutating func nextInTurn(viewer: Int, view: Int, count: Int) -> Int {
    let cell = cell(viewer, view)
    let next = (Int(cursors[cell]) + 1) % count
    cursors[cell] = Int32(next)
    return next
  }

  /// Brings a viewer's list to the new endpoints: additions first, each at the head.
  mutating func update(viewer: Int, view: Int, to new: UInt32, in pool: inout EndpointLists) {
    guard isUsed, columns[view] >= 0 else { return }
    let cell = cell(viewer, view)
    let wanted = pool.all(new)
    let old = ServerOrder(servers: pool.all(lists[cell]), cursor: Int(cursors[cell]))
    let order = old.updated(to: wanted)
    cursors[cell] = Int32(order.cursor)
    // The first list of all nodes is one and the same.
    if order.servers == wanted {
      pool.retain(new)
      pool.release(lists[cell])
      lists[cell] = new
    } else {
      pool.replace(&lists[cell], by: .addresses(order.servers))
    }
  }
}

extension Simulation {
  /// The server that the scheduler gives a connection.
  mutating func scheduleVirtualServer(_ slot: UInt32, viewer: Int, view: Int) -> UInt32 {
    let list = virtualServers.list(viewer: viewer, view: view)
    let count = viewers.lists.count(list)
    let place: Int
    switch plan.cluster.kubeProxy.scheduler {
    case .roundRobin:
      place = virtualServers.nextInTurn(viewer: viewer, view: view, count: count)
    case .sourceHashing: place = bucket(ofSource: slot) % count
    case .leastConnection, .shortestExpectedDelay, .neverQueue:
      // With equal weights the least number of connections is also the shortest expected delay,
      // and an idle server, if there is one, is the first of the least.
      place = leastConnections(list, viewer: countingViewer(slot))
    }
    let chosen = viewers.lists[list, place]
    countConnection(slot, to: chosen)
    return chosen
  }

  /// The first of those with the fewest connections.
  private func leastConnections(_ list: UInt32, viewer: Int) -> Int {
    var best = 0
    var least = Int32.max
    for place in 0..<viewers.lists.count(list) {
      let cell = viewer * addresses.count + Int(viewers.lists[list, place])
      if virtualServers.active[cell] < least {
        least = virtualServers.active[cell]
        best = place
      }
    }
    return best
  }

  /// `ip_vs_sh_hashkey`: Knuth's multiplicative hash of the source address over 256 buckets.
  private func bucket(ofSource slot: UInt32) -> Int {
    let caller = requests[slot].callerPod
    // Users come from outside; their addresses are unknown, but not the same.
    let address =
      caller == Pod.none
      ? UInt32(truncatingIfNeeded: resolverEntity(slot)) : ipv4(pods[Int(caller)].address)
    return Int((address &* 2_654_435_761) & 255)
  }

  /// Whose count a connection is in; users who come in by several nodes are counted as one.
  private func countingViewer(_ slot: UInt32) -> Int {
    let caller = requests[slot].callerPod
    return caller == Pod.none
      ? Int(clients[Int(requests[slot].client)].viewer) : Int(pods[Int(caller)].node)
  }

  private mutating func countConnection(_ slot: UInt32, to address: UInt32) {
    guard !virtualServers.active.isEmpty else { return }
    let cell = countingViewer(slot) * addresses.count + Int(address)
    if requests[slot].connection == Connection.none {
      leaveUpstream(slot)
      requests[slot].address = address
      requests[slot].isOnUpstream = true
    } else {
      let connection = Int(requests[slot].connection)
      uncount(connection)
      connections[connection].countedAt = UInt32(cell)
    }
    virtualServers.active[cell] &+= 1
  }

  /// The request's own connection is closed.
  mutating func leaveVirtualServer(_ slot: UInt32) {
    let cell = countingViewer(slot) * addresses.count + Int(requests[slot].address)
    virtualServers.active[cell] &-= 1
  }

  /// A pooled connection is closed.
  mutating func uncount(_ connection: Int) {
    let cell = connections[connection].countedAt
    guard cell != Connection.none else { return }
    connections[connection].countedAt = Connection.none
    virtualServers.active[Int(cell)] &-= 1
  }
}
