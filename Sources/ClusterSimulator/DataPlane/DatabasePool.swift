import SimKernel

/// A pod's pool of database connections and the database's limit on them.
///
/// Owns the pool's fields of `Pod` and `DatabaseState`. Connections are opened when first needed,
/// up to the pool's size and as far as `max_connections` allows, and kept until the process ends.
/// A request waits its turn (FIFO) for at most the acquisition timeout. Left out: the database's
/// own slow-down under load; it serves every connection at the same speed.
struct DatabaseState: BitwiseCopyable {
  let workload: Int32
  let maxConnections: Int
  let deadPeerTimeout: SimDuration
  var open = 0
  var mostOpen = 0
  /// Pods of the database's own workload that accept connections.
  var listeners: Int32 = 0
  /// Counts the times the database went down; connections of an earlier life are gone.
  var lives: Int32 = 0
}

/// Connections that a vanished machine left behind at a database.
struct DeadPeers: BitwiseCopyable {
  let database: Int32
  let count: Int32
  /// The database's life that they belong to.
  let life: Int32
}

extension Simulation {
  /// A worker needs a database connection for its request.
  @inline(__always)
  mutating func acquireDatabaseConnection(_ slot: UInt32) {
    let pod = Int(requests[slot].pod)
    let template = Int(pods[pod].template)
    let database = Int(servers[template].database)
    guard databases[database].listeners > 0 else {
      respond(slot, .serverError, .databaseDown)
      return
    }
    if pods[pod].poolIdle > 0 {
      pods[pod].poolIdle &-= 1
      startTransaction(slot, on: pod)
    } else if pods[pod].poolOpen < servers[template].poolSize
      && databases[database].open < databases[database].maxConnections
    {
      openDatabaseConnection(of: pod, at: database)
      startTransaction(slot, on: pod)
    } else {
      joinPoolQueue(slot, on: pod)
      let time = now + servers[template].acquireTimeout
      arm(stepOf: slot, .acquisitionExpired, at: time)
    }
  }

  private mutating func openDatabaseConnection(of pod: Int, at database: Int) {
    pods[pod].poolOpen &+= 1
    databases[database].open &+= 1
    databases[database].mostOpen = max(databases[database].mostOpen, databases[database].open)
  }

  @inline(__always)
  private mutating func startTransaction(_ slot: UInt32, on pod: Int) {
    requests[slot].state = .transacting
    let request = requests[slot]
    let template = Int(pods[pod].template)
    var generator = servers[template].transactions.generator(
      clients[Int(request.client)].key,
      request.ordinal,
      request.attemptPath
    )
    let time = warmed(servers[template].transaction.duration(&generator, samplers), pod: pod)
    burnCPU(slot, on: pod, during: time)
    scheduleCompletion(slot, .transactionCompleted, after: time)
  }

  /// The database has answered; the connection goes to the next request waiting for it.
  mutating func transactionCompleted(_ slot: UInt32) {
    guard requests.isLive(slot), requests[slot].completionDue == now,
      requests[slot].state == .transacting
    else { return }
    requests[slot].completionDue = .never
    stopBurningCPU(slot)
    let pod = Int(requests[slot].pod)
    let waiting = pods[pod].poolQueue.first
    if waiting == Request.none {
      pods[pod].poolIdle &+= 1
    } else {
      pods[pod].poolQueue.remove(waiting, in: &requests)
      disarmStep(of: waiting)
      startTransaction(waiting, on: pod)
    }
    nextStep(slot)
  }

  /// No connection came free in time: the pod answers with an error.
  mutating func acquisitionExpired(_ slot: UInt32) {
    guard requests.isLive(slot), requests[slot].stepDue == now,
      requests[slot].state == .acquiring
    else { return }
    requests[slot].stepDue = .never
    let pod = Int(requests[slot].pod)
    pods[pod].poolQueue.remove(slot, in: &requests)
    let isLimited = pods[pod].poolOpen < servers[Int(pods[pod].template)].poolSize
    respond(slot, .serverError, isLimited ? .databaseConnectionLimit : .databasePoolTimeout)
  }

  // MARK: The pool's queue

  private mutating func joinPoolQueue(_ slot: UInt32, on pod: Int) {
    requests[slot].state = .acquiring
    pods[pod].poolQueue.append(slot, in: &requests)
  }

  // MARK: Connections that end

  /// The pod's process is gone and its connections with it; from a lost machine they linger.
  mutating func closeDatabaseConnections(of pod: Int, isSilent: Bool) {
    let open = pods[pod].poolOpen
    pods[pod].poolOpen = 0
    pods[pod].poolIdle = 0
    pods[pod].poolQueue = RequestQueue()
    let database = servers[Int(pods[pod].template)].database
    guard open > 0, database >= 0 else { return }
    if isSilent {
      let life = databases[Int(database)].lives
      let row = deadPeers.append(DeadPeers(database: database, count: open, life: life))
      schedule(.deadPeerExpired, row.int, at: now + databases[Int(database)].deadPeerTimeout)
    } else {
      returnConnections(Int(open), to: Int(database))
    }
  }

  /// The database has given up on connections whose machine vanished.
  mutating func deadPeerExpired(_ row: Int) {
    let peers = deadPeers[row]
    guard peers.life == databases[Int(peers.database)].lives else { return }
    returnConnections(Int(peers.count), to: Int(peers.database))
  }

  /// Room under the limit: pools with waiting requests take it, in order of pods.
  private mutating func returnConnections(_ count: Int, to database: Int) {
    databases[database].open = max(0, databases[database].open - count)
    for pod in 0..<pods.count {
      let template = Int(pods[pod].template)
      guard Int(servers[template].database) == database else { continue }
      while !pods[pod].poolQueue.isEmpty,
        pods[pod].poolOpen < servers[template].poolSize,
        databases[database].open < databases[database].maxConnections
      {
        let waiting = pods[pod].poolQueue.first
        pods[pod].poolQueue.remove(waiting, in: &requests)
        disarmStep(of: waiting)
        openDatabaseConnection(of: pod, at: database)
        startTransaction(waiting, on: pod)
      }
    }
  }

  /// A database pod begins or stops to accept connections.
  ///
  /// When the last stops, every transaction
  /// and every request waiting for one fails.
  mutating func databaseChanged(workload: Int, isListening: Bool) {
    for database in 0..<databases.count where Int(databases[database].workload) == workload {
      databases[database].listeners &+= isListening ? 1 : -1
      guard databases[database].listeners == 0 else { continue }
      databases[database].open = 0
      databases[database].lives &+= 1
      for pod in 0..<pods.count
      where Int(servers[Int(pods[pod].template)].database) == database {
        failTransactions(of: pod)
      }
    }
  }

  private mutating func failTransactions(of pod: Int) {
    pods[pod].poolOpen = 0
    pods[pod].poolIdle = 0
    var failed: [UInt32] = []
    for slot in 0..<UInt32(requests.capacity)
    where requests.isLive(slot) && requests[slot].pod == UInt32(pod)
      && (requests[slot].state == .acquiring || requests[slot].state == .transacting)
    {
      failed.append(slot)
    }
    failed.sort { requests[$0].podOrdinal < requests[$1].podOrdinal }
    for slot in failed {
      if requests[slot].state == .acquiring { pods[pod].poolQueue.remove(slot, in: &requests) }
      disarmStep(of: slot)
      stopBurningCPU(slot)
      requests[slot].completionDue = .never
    }
    for slot in failed { respond(slot, .serverError, .databaseDown) }
  }
}
