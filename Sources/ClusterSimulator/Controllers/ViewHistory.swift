import SimKernel

/// What the slices have said and since when, so that viewers share it whatever they have seen.
///
/// Five thousand proxies of ten thousand Services would need tables of fifty million lists, nearly
/// all alike. But a round shows the slices of all Services as they were at one instant: what a
/// viewer believes is one number, how many changes it has seen. A cell is what is published to
/// those who stand alike (see `EndpointViews`); its versions hang on each other, the newest first,
/// and are dropped when every viewer has seen a newer one.
struct ViewHistory: ~Copyable {
  /// What a cell showed for a while.
  struct Version: BitwiseCopyable {
    /// The change that brought it.
    var since: Int
    var list: UInt32
    /// The version before, in `older`, or `none`.
    var next: UInt32
  }
  private static let none = UInt32.max

  /// Changes so far.
  private(set) var changes = 0
  /// The newest version of each cell.
  private var newest = Table<Version>()
  private var older = Table<Version>()
  private var unused = ViewHistory.none
  /// The cells of the last changes; when all viewers have seen all of them there are none.
  private var log: [UInt32] = []

  /// All cells are empty at first.
  init(cells: Int) {
    let empty = Version(since: 0, list: EndpointLists.empty, next: Self.none)
    newest.fill(empty, count: cells)
  }

  /// Changes that are remembered one by one.
  var remembered: Int { log.count }

  /// The list of a cell after so many changes.
  ///
  /// A loop and no call: for that the compiler would copy all of `self`, and every request pays.
  @inline(__always)
  func list(ofCell cell: Int, after seen: Int) -> UInt32 {
    var version = newest[cell]
    // What everybody has seen has no version before it that is asked for.
    while version.since > seen { version = older[Int(version.next)] }
    return version.list
  }

  /// The list of a cell now.
  func newestList(ofCell cell: Int) -> UInt32 { newest[cell].list }

  /// Whether viewers that have seen so many changes know the newest list of a cell.
  func isSeen(cell: Int, by seen: Int) -> Bool { newest[cell].since <= seen }

  /// Writes what a cell shows from now on; returns false when it shows that already.
  mutating func publish(
    _ part: EndpointLists.Part,
    inCell cell: Int,
    _ lists: inout EndpointLists
  ) -> Bool {
    let old = newest[cell]
    guard let list = lists.list(showing: part, unless: old.list) else { return false }
    changes += 1
    log.append(UInt32(cell))
    newest[cell] = Version(since: changes, list: list, next: keep(old))
    return true
  }

  private mutating func keep(_ version: Version) -> UInt32 {
    guard unused != Self.none else {
      older.append(version)
      return UInt32(older.count - 1)
    }
    let place = unused
    unused = older[Int(place)].next
    older[Int(place)] = version
    return place
  }

  /// The cells that changed after `seen` changes and up to `last`, some several times.
  func cells(after seen: Int, upTo last: Int) -> ArraySlice<UInt32> {
    let first = changes - log.count
    return log[(seen - first)..<(last - first)]
  }

  /// Drops what nobody believes any more, now that every viewer has seen so many changes.
  mutating func forget(upTo seen: Int, _ lists: inout EndpointLists) {
    let first = changes - log.count
    guard seen > first else { return }
    for change in first..<seen {
      dropOlder(thanChange: change + 1, in: log[change - first], &lists)
    }
    log.removeFirst(seen - first)
  }

  /// Drops the versions of a cell that came before a change.
  private mutating func dropOlder(
    thanChange change: Int,
    in cell: UInt32,
    _ lists: inout EndpointLists
  ) {
    var next: UInt32
    if newest[Int(cell)].since <= change {
      next = newest[Int(cell)].next
      newest[Int(cell)].next = Self.none
    } else {
      var place = Int(newest[Int(cell)].next)
      while older[place].since > change { place = Int(older[place].next) }
      next = older[place].next
      older[place].next = Self.none
    }
    while next != Self.none {
      let place = Int(next)
      lists.release(older[place].list)
      next = older[place].next
      older[place].next = unused
      unused = UInt32(place)
    }
  }
}
