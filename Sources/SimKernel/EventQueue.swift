/// The future event set: the earliest key first.
///
/// A 4-ary implicit heap. The four children of a node fill one 64-byte cache line, so a level costs
/// one memory access; the smallest of the four is found without a branch, and slots past the end
/// hold the largest key, so that a partly filled family needs no special case. A pop only marks the
/// root as free: the push that usually follows drops its key there with a single sift.
@usableFromInline package struct EventQueue: ~Copyable {
  /// The heap in level order; its first child family starts on a cache line.
  @usableFromInline var keys: UnsafeMutablePointer<UInt128>
  /// Slots in use, a free root included.
  @usableFromInline var used: Int
  /// Slots that may be used before the heap must grow.
  @usableFromInline var capacity: Int
  /// Whether the root was popped and not yet replaced.
  @usableFromInline var rootIsFree: Bool

  /// An empty queue.
  @inlinable package init() {
    capacity = 60
    used = 0
    rootIsFree = false
    keys = Self.allocate(capacity)
  }

  deinit { Self.free(keys) }

  /// Whether nothing is pending.
  @inlinable @inline(__always) package var isEmpty: Bool { count == 0 }

  /// How many keys are pending.
  @inlinable @inline(__always) package var count: Int { used &- (rootIsFree ? 1 : 0) }

  /// Adds a key.
  @inlinable @inline(__always) package mutating func push(_ key: EventKey) {
    if rootIsFree {
      rootIsFree = false
      siftDown(key.bits)
      return
    }
    if used == capacity { grow() }
    siftUp(key.bits)
  }

  /// Removes and returns the earliest key; the queue must not be empty.
  @inlinable @inline(__always) package mutating func pop() -> EventKey {
    precondition(!isEmpty, "pop from an empty event queue")
    settle()
    rootIsFree = true
    return EventKey(bits: keys[0])
  }

  /// The time of the earliest key, or `.never` when nothing is pending.
  @inlinable @inline(__always) package mutating func minimumTime() -> SimTime {
    settle()
    return used == 0 ? .never : EventKey(bits: keys[0]).time
  }

  /// Closes the gap a pop left at the root.
  @inlinable @inline(__always) mutating func settle() {
    guard rootIsFree else { return }
    rootIsFree = false
    used &-= 1
    let last = keys[used]
    keys[used] = .max
    if used != 0 { siftDown(last) }
  }

  /// Puts a key at the root and lets it sink to its place.
  @inlinable @inline(__always) mutating func siftDown(_ key: UInt128) {
    let heap = keys
    let end = used
    var hole = 0
    while true {
      let first = 4 &* hole &+ 1
      if first >= end { break }
      let family = heap + first
      let left = family[1] < family[0] ? 1 : 0
      let right = family[3] < family[2] ? 3 : 2
      let smallest = family[right] < family[left] ? right : left
      let child = family[smallest]
      if child >= key { break }
      heap[hole] = child
      hole = first &+ smallest
    }
    heap[hole] = key
  }

  /// Puts a key at the end and lets it rise to its place.
  @inlinable @inline(__always) mutating func siftUp(_ key: UInt128) {
    let heap = keys
    var hole = used
    used &+= 1
    while hole > 0 {
      let parent = (hole &- 1) &>> 2
      if key >= heap[parent] { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = key
  }

  /// Doubles the room.
  @usableFromInline @inline(never) mutating func grow() {
    let larger = Self.allocate(capacity * 2)
    larger.update(from: keys, count: used)
    Self.free(keys)
    keys = larger
    capacity *= 2
  }

  /// Room for `capacity` keys and the padding after them, all set to the largest key.
  @usableFromInline static func allocate(_ capacity: Int) -> UnsafeMutablePointer<UInt128> {
    let slots = leading + capacity + trailing
    let raw = UnsafeMutableRawPointer.allocate(byteCount: slots * 16, alignment: 64)
    let all = raw.bindMemory(to: UInt128.self, capacity: slots)
    all.initialize(repeating: .max, count: slots)
    return all + leading
  }

  /// Gives the storage back.
  @usableFromInline static func free(_ keys: UnsafeMutablePointer<UInt128>) {
    UnsafeMutableRawPointer(keys - leading).deallocate()
  }

  /// Slots before the root: the family at 1...4 then begins at a multiple of 64 bytes.
  private static var leading: Int { 3 }

  /// Slots after the last: a family that is only begun reads up to three of them.
  private static var trailing: Int { 8 }
}
