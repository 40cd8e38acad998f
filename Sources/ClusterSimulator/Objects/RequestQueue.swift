import SimKernel

/// Requests that wait in order, linked through their own rows: no storage, removal anywhere.
///
/// A request stands in one queue at a time: a server's backlog, a database pool's or a connection
/// pool's.
struct RequestQueue: BitwiseCopyable {
  private(set) var first = Request.none
  private var last = Request.none

  @inline(__always)
  var isEmpty: Bool { first == Request.none }

  /// Puts a request at the end.
  @inline(__always)
  mutating func append(_ slot: UInt32, in requests: inout Slab<Request>) {
    requests[slot].previous = last
    requests[slot].next = Request.none
    if last == Request.none {
      first = slot
    } else {
      requests[last].next = slot
    }
    last = slot
  }

  /// Takes a request out, wherever it stands.
  @inline(__always)
  mutating func remove(_ slot: UInt32, in requests: inout Slab<Request>) {
    let next = requests[slot].next
    let previous = requests[slot].previous
    if previous == Request.none {
      first = next
    } else {
      requests[previous].next = next
    }
    if next == Request.none {
      last = previous
    } else {
      requests[next].previous = previous
    }
    requests[slot].next = Request.none
    requests[slot].previous = Request.none
  }
}
