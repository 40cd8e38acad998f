import SimKernel

/// Long-lived connections, pooled per client instance and call.
///
/// Owns `Connection` and `ConnectionPool`. kube-proxy chooses once per connection, so whoever
/// keeps connections keeps its endpoints: new pods get new connections only. HTTP/2 spreads the
/// requests of an instance over its connections round robin; HTTP/1.1 takes one connection per
/// request, last used first. A connection leaves when its process exits or drains (reset, GOAWAY),
/// at its maximum age (jittered by ±10 % as gRPC does), after idling, and when the other machine
/// has been silent as long as TCP retransmits.
extension Simulation {
  /// `tcp_retries2` = 15: how long Linux waits for a silent peer.
  private static var silenceLimit: SimDuration { .milliseconds(924_600) }

  /// The pools of a pod's calls, or of a client group's; returns the first one's index.
  mutating func makeConnectionPools(calls range: Range<Int>, owner: UInt32) -> UInt32 {
    guard range.contains(where: { calls[$0].reuse != .perRequest }) else { return Pod.none }
    let first = UInt32(connectionPools.count)
    for call in range {
      var pool = ConnectionPool(call: UInt16(call), owner: owner)
      let size = calls[call].reuse == .perRequest ? 0 : Int(calls[call].poolSize)
      pool.firstConnection = UInt32(connections.count)
      for index in 0..<size {
        var row = Connection(pool: first + UInt32(call - range.lowerBound))
        if index + 1 < size { row.next = UInt32(connections.count) + 1 }
        _ = connections.append(row)
      }
      // HTTP/1: `idle` first holds unused connections; they are opened when taken.
      pool.idle = size > 0 ? pool.firstConnection : Connection.none
      _ = connectionPools.append(pool)
    }
    return first
  }

  /// Connects the pools of an instance that has been running for long: ages spread evenly.
  mutating func warmConnectionPools(first: UInt32, count: Int) {
    guard first != Pod.none else { return }
    for pool in Int(first)..<(Int(first) + count) {
      let spec = calls[Int(connectionPools[pool].call)]
      // A pod's own name leads to one pod; whoever asks for it connects when there is need.
      guard spec.reuse == .http2, spec.route != .podName else { continue }
      for offset in 0..<Int(spec.poolSize) {
        let connection = connectionPools[pool].firstConnection + UInt32(offset)
        let address = pickAddress(forConnectionOf: pool)
        guard address < Network.firstNowhere,
          case .listening(let pod) = answer(at: address, for: Int(connectionPools[pool].call))
        else { continue }
        establish(connection, to: pod, isOld: true)
      }
    }
  }

  private func poolIndex(of slot: UInt32) -> Int {
    let request = requests[slot]
    if request.callerPod == Pod.none {
      return Int(clients[Int(request.client)].connectionPool)
    }
    let caller = pods[Int(request.callerPod)]
    let offset = request.call - servers[Int(caller.template)].firstCall
    return Int(caller.firstConnectionPool) + Int(offset)
  }

  /// Sends a request over a pooled connection.
  @inline(never)
  mutating func connectPooled(_ slot: UInt32) {
    let pool = poolIndex(of: slot)
    if calls[Int(requests[slot].call)].reuse == .http2 {
      let size = UInt32(calls[Int(requests[slot].call)].poolSize)
      let cursor = connectionPools[pool].cursor
      connectionPools[pool].cursor = (cursor &+ 1) % size
      send(slot, over: connectionPools[pool].firstConnection + cursor, of: pool)
      return
    }
    let hasQueue = !connectionPools[pool].queue.isEmpty
    if hasQueue || connectionPools[pool].idle == Connection.none {
      joinConnectionQueue(slot, of: pool)
    } else {
      sendOverIdle(slot, of: pool)
    }
  }

  private mutating func sendOverIdle(_ slot: UInt32, of pool: Int) {
    let connection = connectionPools[pool].idle
    connectionPools[pool].idle = connections[Int(connection)].next
    connections[Int(connection)].isBusy = true
    send(slot, over: connection, of: pool)
  }

  /// Uses the connection if it still leads to a live process, and opens it anew otherwise.
  private mutating func send(_ slot: UInt32, over connection: UInt32, of pool: Int) {
    requests[slot].connection = connection
    let row = connections[Int(connection)]
    if row.isEstablished && now < row.expiresAt && !hasIdledOut(row) {
      let pod = pods[Int(row.pod)]
      if !nodes[Int(pod.node)].isAlive {
        if now - row.silentSince < Self.silenceLimit || row.silentSince == .never {
          if row.silentSince == .never { connections[Int(connection)].silentSince = now }
          requests[slot].state = .lost
          return
        }
      } else if pod.isListening && pod.incarnation == row.incarnation {
        connections[Int(connection)].silentSince = .never
        admit(slot, to: row.pod)
        return
      }
    }
    connections[Int(connection)].isEstablished = false
    uncount(Int(connection))
    if calls[Int(connectionPools[pool].call)].isPlain {
      open(slot, to: pickAddress(forConnectionOf: pool))
    } else {
      discover(slot)
    }
  }

  private func hasIdledOut(_ connection: Connection) -> Bool {
    let spec = calls[Int(connectionPools[Int(connection.pool)].call)]
    return spec.reuse == .http1 && now - connection.idleSince > spec.idleTimeout
  }

  /// Chooses an endpoint for the connection that a request is to open.
  mutating func pickAddress(forConnectionOfRequest slot: UInt32) -> UInt32 {
    pickAddress(forConnectionOf: Int(connections[Int(requests[slot].connection)].pool))
  }

  /// The draws for the next connection of a pool.
  mutating func drawsOfPool(_ pool: Int) -> Generator {
    let row = connectionPools[pool]
    connectionPools[pool].made &+= 1
    let entity = row.owner == Pod.none ? UInt64.max : Draws.entity(pods[Int(row.owner)])
    return calls[Int(row.call)].connecting.generator(entity, row.made, 0)
  }

  /// Chooses an endpoint for the next connection of a pool.
  private mutating func pickAddress(forConnectionOf pool: Int) -> UInt32 {
    let row = connectionPools[pool]
    connectionPools[pool].made &+= 1
    let call = Int(row.call)
    let entity = row.owner == Pod.none ? UInt64.max : Draws.entity(pods[Int(row.owner)])
    return pickAddress(
      call: call,
      callerPod: row.owner,
      client: Int(calls[call].client),
      stream: calls[call].connecting,
      entity: entity,
      ordinal: row.made,
      attempt: 0
    )
  }

  /// A request's connection has been made.
  mutating func connectionEstablished(_ slot: UInt32, _ pod: UInt32) {
    establish(requests[slot].connection, to: pod, isOld: false)
  }

  private mutating func establish(_ connection: UInt32, to pod: UInt32, isOld: Bool) {
    let pool = Int(connections[Int(connection)].pool)
    let row = connectionPools[pool]
    let spec = calls[Int(row.call)]
    let entity = row.owner == Pod.none ? UInt64.max : Draws.entity(pods[Int(row.owner)])
    var generator = spec.connecting.generator(entity, row.made, 1)
    let draw = generator.uniform()
    let age = Double(spec.maxAge.nanoseconds)
    let life = isOld ? age * draw : age * (0.9 + 0.2 * draw)
    connections[Int(connection)].pod = pod
    connections[Int(connection)].incarnation = pods[Int(pod)].incarnation
    connections[Int(connection)].isEstablished = true
    connections[Int(connection)].silentSince = .never
    connections[Int(connection)].idleSince = now
    connections[Int(connection)].expiresAt =
      spec.maxAge < .forever ? now + SimDuration(nanoseconds: Int64(life)) : .never
  }

  // MARK: HTTP/1.1

  private mutating func joinConnectionQueue(_ slot: UInt32, of pool: Int) {
    requests[slot].state = .awaitingConnection
    connectionPools[pool].queue.append(slot, in: &requests)
  }

  /// Takes a request out of the queue for a connection.
  mutating func leaveConnectionQueue(_ slot: UInt32) {
    let pool = poolIndex(of: slot)
    connectionPools[pool].queue.remove(slot, in: &requests)
  }

  /// The request needs its connection no longer; HTTP/1.1 hands it to the next one waiting.
  @inline(__always)
  mutating func releaseConnection(of slot: UInt32, isUsable: Bool) {
    let connection = requests[slot].connection
    guard connection != Connection.none else { return }
    release(connection, of: slot, isUsable: isUsable)
  }

  @inline(never)
  private mutating func release(_ connection: UInt32, of slot: UInt32, isUsable: Bool) {
    requests[slot].connection = Connection.none
    let pool = Int(connections[Int(connection)].pool)
    guard calls[Int(connectionPools[pool].call)].reuse == .http1 else { return }
    connections[Int(connection)].isBusy = false
    if !isUsable {
      connections[Int(connection)].isEstablished = false
      uncount(Int(connection))
    }
    connections[Int(connection)].idleSince = now
    connections[Int(connection)].next = connectionPools[pool].idle
    connectionPools[pool].idle = connection
    serveConnectionQueue(of: pool)
  }

  /// Idle connections go to those who wait for one.
  ///
  /// A loop and no recursion, because a request that fails at once gives its connection back
  /// within the call.
  private mutating func serveConnectionQueue(of pool: Int) {
    guard !connectionPools[pool].isServing else { return }
    connectionPools[pool].isServing = true
    while !connectionPools[pool].queue.isEmpty,
      connectionPools[pool].idle != Connection.none
    {
      let waiting = connectionPools[pool].queue.first
      leaveConnectionQueue(waiting)
      sendOverIdle(waiting, of: pool)
    }
    connectionPools[pool].isServing = false
  }

  /// The process that owned the pools is gone: the next one has all its connections to make.
  mutating func resetConnectionPools(of pod: Int) {
    let first = pods[pod].firstConnectionPool
    guard first != Pod.none else { return }
    // Requests that nobody waits for any more are still with their servers.
    for slot in 0..<UInt32(requests.capacity)
    where requests.isLive(slot) && requests[slot].callerPod == UInt32(pod) {
      requests[slot].connection = Connection.none
    }
    let count = Int(servers[Int(pods[pod].template)].callCount)
    for pool in Int(first)..<(Int(first) + count) {
      let start = connectionPools[pool].firstConnection
      let spec = calls[Int(connectionPools[pool].call)]
      let size = spec.reuse == .perRequest ? 0 : UInt32(spec.poolSize)
      for connection in start..<(start + size) {
        connections[Int(connection)].isEstablished = false
        connections[Int(connection)].isBusy = false
        uncount(Int(connection))
        connections[Int(connection)].next =
          connection + 1 < start + size ? connection + 1 : Connection.none
      }
      connectionPools[pool].idle = size > 0 ? start : Connection.none
    }
  }

  /// The caller gave up on a request: HTTP/1.1 closes the connection, HTTP/2 resets a stream.
  mutating func connectionTimedOut(_ slot: UInt32) {
    let connection = requests[slot].connection
    guard connection != Connection.none else { return }
    let spec = calls[Int(requests[slot].call)]
    if spec.reuse == .http2 {
      requests[slot].connection = Connection.none
    } else if spec.closesOnTimeout || !requests[slot].isOrphan {
      release(connection, of: slot, isUsable: false)
    }
  }
}
