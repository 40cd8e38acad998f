/// Timers that are mostly cancelled before they fire, such as request timeouts.
///
/// Arming and cancelling touch a linked list and never the event queue. A timer does not fire here:
/// when its slot comes due, the timers still living in it move to the queue with the exact keys
/// they were armed with, so precision and order are those of the queue.
///
/// There are two levels. Fine slots of 2^20 ns (1.05 ms) cover the next 2.1 s, coarse slots of
/// 2^31 ns (2.1 s) the next 2.4 h; a coarse slot that comes due spreads its timers over the fine
/// ones. Timers beyond that wait in the last coarse slot and are placed again when it comes due.
/// Bitmaps with a summary word find the next occupied slot at once, however far it is.
@usableFromInline package struct TimerWheel: ~Copyable {
  /// One timer: its key and its neighbours in the list of its slot.
  @usableFromInline struct Node: BitwiseCopyable {
    /// What is pushed to the queue when the slot comes due.
    @usableFromInline var key: EventKey
    /// The next timer of the slot, or `none`.
    @usableFromInline var next: UInt32
    /// The timer before, `headFlag` + slot for the first of a list, or `none` when not armed.
    @usableFromInline var previous: UInt32

    /// A timer that is not armed.
    @inlinable init() {
      key = EventKey(bits: 0)
      next = TimerWheel.none
      previous = TimerWheel.none
    }

    /// A timer at the head of a list.
    @inlinable @inline(__always) init(_ key: EventKey, next: UInt32, slot: Int) {
      self.key = key
      self.next = next
      previous = TimerWheel.headFlag | UInt32(truncatingIfNeeded: slot)
    }
  }

  /// The nodes, by timer.
  @usableFromInline var nodes: UnsafeMutablePointer<Node>
  /// How many nodes there is room for.
  @usableFromInline var capacity: Int
  /// The first timer of each slot: the fine slots, then the coarse ones.
  @usableFromInline var heads: UnsafeMutablePointer<UInt32>
  /// One bit a slot, set when it holds a timer; 32 fine words, then 64 coarse ones.
  @usableFromInline var occupied: UnsafeMutablePointer<UInt64>
  /// One bit a word of `occupied` that is not zero: fine.
  @usableFromInline var fineSummary: UInt64
  /// One bit a word of `occupied` that is not zero: coarse.
  @usableFromInline var coarseSummary: UInt64
  /// Number (time >> 20) of the slot that was due last; no timer sits in an earlier one.
  @usableFromInline var cursor: Int
  /// Timers armed now.
  @usableFromInline var armed: Int
  /// Nanoseconds of `nextDue`.
  @usableFromInline var due: Int64

  /// A wheel at time zero, without timers.
  @inlinable package init() {
    capacity = 64
    nodes = .allocate(capacity: capacity)
    nodes.initialize(repeating: Node(), count: capacity)
    heads = .allocate(capacity: Self.fineSlots + Self.coarseSlots)
    heads.initialize(repeating: Self.none, count: Self.fineSlots + Self.coarseSlots)
    occupied = .allocate(capacity: Self.fineWords + Self.coarseWords)
    occupied.initialize(repeating: 0, count: Self.fineWords + Self.coarseWords)
    fineSummary = 0
    coarseSummary = 0
    cursor = 0
    armed = 0
    due = .max
  }

  deinit {
    nodes.deallocate()
    heads.deallocate()
    occupied.deallocate()
  }

  /// A time before which no timer can fire, or `.never` when none is armed.
  ///
  /// It is the start of the earliest occupied slot, or earlier when that slot's timers were
  /// cancelled since.
  @inlinable @inline(__always) package var nextDue: SimTime { SimTime(nanoseconds: due) }

  /// Whether the timer is waiting in the wheel.
  @inlinable @inline(__always) package func isArmed(_ timer: UInt32) -> Bool {
    Int(timer) < capacity && nodes[Int(timer)].previous != Self.none
  }

  /// Sets a timer to push `key` at the key's time; a timer that is armed is set anew.
  @inlinable @inline(__always) package mutating func arm(_ timer: UInt32, _ key: EventKey) {
    if Int(timer) >= capacity { grow(toHold: timer) }
    if nodes[Int(timer)].previous != Self.none { unlink(timer) } else { armed &+= 1 }
    place(timer, key)
  }

  /// Takes a timer out; nothing happens when it is not armed.
  @inlinable @inline(__always) package mutating func cancel(_ timer: UInt32) {
    guard isArmed(timer) else { return }
    unlink(timer)
    nodes[Int(timer)].previous = Self.none
    armed &-= 1
    if armed == 0 { due = .max }
  }

  /// Moves the timers of the slot at `nextDue` to the queue and finds the next occupied slot.
  ///
  /// When a coarse slot is due, its timers move to finer slots instead and `nextDue` grows; so
  /// call this as long as `nextDue` is not after the queue's earliest time.
  @inlinable @inline(never) package mutating func advance(into queue: inout EventQueue) {
    guard armed != 0 else { return }
    cursor = max(Int(due &>> Self.fineShift), cursor)
    let coarse = Self.fineSlots + (cursor &>> Self.levelShift) & (Self.coarseSlots - 1)
    if cursor & (Self.fineSlots - 1) == 0 && heads[coarse] != Self.none {
      cascade(coarse)
    } else {
      promote(cursor & (Self.fineSlots - 1), into: &queue)
    }
    due = armed == 0 ? .max : min(earliestFine(), earliestCoarse())
  }
}

// MARK: - Lists

extension TimerWheel {
  /// Puts an unlinked timer into the slot of its key.
  @inlinable @inline(__always) mutating func place(_ timer: UInt32, _ key: EventKey) {
    let number = Int(key.time.nanoseconds &>> Self.fineShift)
    guard UInt(bitPattern: number &- cursor) < UInt(Self.fineSlots) else {
      placeOutsideFineWindow(timer, key, number)
      return
    }
    linkFine(timer, key, number)
    due = min(due, Int64(number) &<< Self.fineShift)
  }

  /// Places a timer that is late or more than one fine turn away.
  @usableFromInline @inline(never) mutating func placeOutsideFineWindow(
    _ timer: UInt32,
    _ key: EventKey,
    _ number: Int
  ) {
    if number < cursor {
      // Its slot is over: it joins the slot of now, which then is due at once.
      linkFine(timer, key, cursor)
      due = min(due, Int64(number) &<< Self.fineShift)
      return
    }
    let now = cursor &>> Self.levelShift
    let turn = min(number &>> Self.levelShift, now &+ Self.coarseSlots &- 1)
    let slot = turn & (Self.coarseSlots - 1)
    let word = slot &>> 6
    link(timer, key, Self.fineSlots + slot)
    occupied[Self.fineWords + word] |= 1 &<< UInt64(slot & 63)
    coarseSummary |= 1 &<< UInt64(word)
    due = min(due, Int64(turn) &<< (Self.fineShift + Int64(Self.levelShift)))
  }

  /// Links a timer into a fine slot, given by its number since time zero.
  @inlinable @inline(__always) mutating func linkFine(
    _ timer: UInt32,
    _ key: EventKey,
    _ number: Int
  ) {
    let slot = number & (Self.fineSlots - 1)
    let word = slot &>> 6
    link(timer, key, slot)
    occupied[word] |= 1 &<< UInt64(slot & 63)
    fineSummary |= 1 &<< UInt64(word)
  }

  /// Makes a timer the first of a slot's list.
  @inlinable @inline(__always) mutating func link(_ timer: UInt32, _ key: EventKey, _ slot: Int) {
    let head = heads[slot]
    nodes[Int(timer)] = Node(key, next: head, slot: slot)
    if head != Self.none { nodes[Int(head)].previous = timer }
    heads[slot] = timer
  }

  /// Takes an armed timer out of its list.
  @inlinable @inline(__always) mutating func unlink(_ timer: UInt32) {
    let next = nodes[Int(timer)].next
    let previous = nodes[Int(timer)].previous
    if previous & Self.headFlag != 0 {
      let slot = Int(previous & ~Self.headFlag)
      heads[slot] = next
      if next == Self.none { markEmpty(slot) }
    } else {
      nodes[Int(previous)].next = next
    }
    if next != Self.none { nodes[Int(next)].previous = previous }
  }

  /// Clears the bit of a slot whose last timer left.
  @inlinable @inline(__always) mutating func markEmpty(_ slot: Int) {
    let word = slot &>> 6
    occupied[word] &= ~(1 &<< UInt64(slot & 63))
    guard occupied[word] == 0 else { return }
    if word < Self.fineWords {
      fineSummary &= ~(1 &<< UInt64(word))
    } else {
      coarseSummary &= ~(1 &<< UInt64(word &- Self.fineWords))
    }
  }

  /// Empties a slot and returns the first timer of what was its list.
  @usableFromInline mutating func detach(_ slot: Int) -> UInt32 {
    let head = heads[slot]
    heads[slot] = Self.none
    markEmpty(slot)
    return head
  }

  /// Hands the timers of a fine slot to the queue.
  @usableFromInline mutating func promote(_ slot: Int, into queue: inout EventQueue) {
    var timer = detach(slot)
    while timer != Self.none {
      let node = nodes[Int(timer)]
      nodes[Int(timer)].previous = Self.none
      queue.push(node.key)
      armed &-= 1
      timer = node.next
    }
  }

  /// Places the timers of a coarse slot again, now that its time has come near.
  @usableFromInline mutating func cascade(_ slot: Int) {
    var timer = detach(slot)
    while timer != Self.none {
      let node = nodes[Int(timer)]
      place(timer, node.key)
      timer = node.next
    }
  }

  /// Makes room for a timer and at least as many again.
  @usableFromInline @inline(never) mutating func grow(toHold timer: UInt32) {
    let larger = max(capacity * 2, Int(timer) + 1)
    let moved = UnsafeMutablePointer<Node>.allocate(capacity: larger)
    moved.initialize(from: nodes, count: capacity)
    (moved + capacity).initialize(repeating: Node(), count: larger - capacity)
    nodes.deallocate()
    nodes = moved
    capacity = larger
  }
}

// MARK: - Finding the next slot

extension TimerWheel {
  /// Start of the earliest occupied fine slot in nanoseconds; `Int64.max` when there is none.
  @usableFromInline func earliestFine() -> Int64 {
    let from = cursor & (Self.fineSlots - 1)
    guard let slot = Self.firstOccupied(occupied, fineSummary, from: from) else { return .max }
    let ahead = (slot - from) & (Self.fineSlots - 1)
    return Int64(cursor + ahead) << Self.fineShift
  }

  /// Start of the earliest occupied coarse slot in nanoseconds; `Int64.max` when there is none.
  @usableFromInline func earliestCoarse() -> Int64 {
    let now = cursor >> Self.levelShift
    let from = now & (Self.coarseSlots - 1)
    let words = occupied + Self.fineWords
    guard let slot = Self.firstOccupied(words, coarseSummary, from: from) else { return .max }
    let ahead = (slot - from) & (Self.coarseSlots - 1)
    return Int64(now + ahead) << (Self.fineShift + Int64(Self.levelShift))
  }

  /// The first occupied slot at or after `from`, going round.
  @usableFromInline static func firstOccupied(
    _ words: UnsafeMutablePointer<UInt64>,
    _ summary: UInt64,
    from: Int
  ) -> Int? {
    guard summary != 0 else { return nil }
    let word = from >> 6
    let rest = words[word] >> UInt64(from & 63)
    if rest != 0 { return from + rest.trailingZeroBitCount }
    // Shifting by 64 gives zero here: Swift's smart shift, not the masking one.
    let later = (summary >> UInt64(word + 1)) << UInt64(word + 1)
    let next = (later != 0 ? later : summary).trailingZeroBitCount
    return next << 6 + words[next].trailingZeroBitCount
  }
}

// MARK: - Layout

extension TimerWheel {
  /// No timer: the end of a list, or "not armed".
  @inlinable @inline(__always) static var none: UInt32 { .max }
  /// Marks `previous` as a slot: the timer is the first of its list.
  @inlinable @inline(__always) static var headFlag: UInt32 { 0x8000_0000 }
  /// A fine slot spans 2^20 ns.
  @inlinable @inline(__always) static var fineShift: Int64 { 20 }
  /// A coarse slot spans 2^11 fine ones.
  @inlinable @inline(__always) static var levelShift: Int { 11 }
  /// Fine slots in a turn.
  @inlinable @inline(__always) static var fineSlots: Int { 2048 }
  /// Coarse slots in a turn.
  @inlinable @inline(__always) static var coarseSlots: Int { 4096 }
  /// Words of `occupied` for the fine level.
  @inlinable @inline(__always) static var fineWords: Int { 32 }
  /// Words of `occupied` for the coarse level.
  @inlinable @inline(__always) static var coarseWords: Int { 64 }
}
