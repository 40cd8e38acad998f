import SimKernel

/// A long-lived connection of a client instance to one process.
struct Connection: BitwiseCopyable {
  static let none = UInt32.max
  let pool: UInt32
  var pod = Pod.none
  /// The pod's container when the connection was made; a later container does not know it.
  var incarnation: UInt32 = 0
  var isEstablished = false
  var isBusy = false
  var expiresAt = SimTime.never
  var idleSince = SimTime.zero
  /// Since when nothing has come back from the other side; `.never` while all is well.
  var silentSince = SimTime.never
  var next = Connection.none
  /// Where its node's virtual server counts it, `none` when nobody does.
  var countedAt = Connection.none
}

/// The connections of one client instance for one call.
struct ConnectionPool: BitwiseCopyable {
  let call: UInt16
  /// The owning pod, or `Pod.none` for a client group.
  let owner: UInt32
  var firstConnection = Connection.none
  /// Round-robin position among HTTP/2 connections.
  var cursor: UInt32 = 0
  var open: Int32 = 0
  /// Idle HTTP/1 connections, last used first.
  var idle = Connection.none
  /// Requests waiting for a connection.
  var queue = RequestQueue()
  /// The queue is being served further up: do not recurse.
  var isServing = false
  /// Connections made so far; keys the draws that choose their endpoints.
  var made: UInt64 = 0
}
