/// Rows that come and go, such as requests in flight; slots are used again, the last freed first.
///
/// A slot's generation counts how often it was freed: whoever remembers a slot with its generation
/// can tell whether it still holds the same row. Slots are checked in debug builds only.
@usableFromInline package struct Slab<Row: BitwiseCopyable>: ~Copyable {
  /// What is known of a slot besides its row.
  @usableFromInline struct Slot: BitwiseCopyable {
    /// How often the slot was freed.
    @usableFromInline var generation: UInt32
    /// The next free slot, `lastFree` at the end of that list, or `inUse`.
    @usableFromInline var link: UInt32

    /// A slot with its generation and link.
    @inlinable @inline(__always) init(generation: UInt32, link: UInt32) {
      self.generation = generation
      self.link = link
    }
  }

  /// The rows, by slot.
  @usableFromInline var rows: UnsafeMutablePointer<Row>
  /// Generations and the free list, by slot.
  @usableFromInline var slots: UnsafeMutablePointer<Slot>
  /// Slots there is room for.
  @usableFromInline var room: Int
  /// Slots ever handed out.
  @usableFromInline var touched: Int
  /// Rows present.
  @usableFromInline var present: Int
  /// The slot freed last, or `lastFree`.
  @usableFromInline var firstFree: UInt32

  /// A slab without rows.
  @inlinable package init() {
    room = 16
    rows = .allocate(capacity: room)
    slots = .allocate(capacity: room)
    touched = 0
    present = 0
    firstFree = Self.lastFree
  }

  deinit {
    rows.deallocate()
    slots.deallocate()
  }

  /// How many rows are present.
  @inlinable @inline(__always) package var live: Int { present }

  /// How many slots were ever in use: every valid slot is below.
  @inlinable @inline(__always) package var capacity: Int { touched }

  /// Stores a row and returns its slot.
  @inlinable @inline(__always) package mutating func insert(_ row: Row) -> UInt32 {
    if firstFree == Self.lastFree { extend() }
    present &+= 1
    let slot = firstFree
    firstFree = slots[Int(slot)].link
    slots[Int(slot)].link = Self.inUse
    (rows + Int(slot)).initialize(to: row)
    return slot
  }

  /// Frees a slot that is in use.
  @inlinable @inline(__always) package mutating func remove(_ slot: UInt32) {
    assert(isLive(slot), "removed a free slot")
    let generation = slots[Int(slot)].generation
    slots[Int(slot)] = Slot(generation: generation &+ 1, link: firstFree)
    firstFree = slot
    present &-= 1
  }

  /// The row in a slot that is in use.
  @inlinable package subscript(_ slot: UInt32) -> Row {
    @inline(__always) unsafeAddress {
      assert(isLive(slot), "read a free slot")
      return UnsafePointer(rows + Int(slot))
    }
    @inline(__always) unsafeMutableAddress {
      assert(isLive(slot), "changed a free slot")
      return rows + Int(slot)
    }
  }

  /// How often the slot was freed; 0 for a slot never used.
  @inlinable @inline(__always) package func generation(_ slot: UInt32) -> UInt32 {
    Int(slot) < touched ? slots[Int(slot)].generation : 0
  }

  /// Whether the slot holds a row.
  @inlinable @inline(__always) package func isLive(_ slot: UInt32) -> Bool {
    Int(slot) < touched && slots[Int(slot)].link == Self.inUse
  }

  /// Makes a slot that was never used the only free one.
  @inlinable @inline(never) mutating func extend() {
    if touched == room { grow() }
    (slots + touched).initialize(to: Slot(generation: 0, link: Self.lastFree))
    firstFree = UInt32(touched)
    touched += 1
  }

  /// Doubles the room.
  @inlinable @inline(never) mutating func grow() {
    let largerRows = UnsafeMutablePointer<Row>.allocate(capacity: room * 2)
    let largerSlots = UnsafeMutablePointer<Slot>.allocate(capacity: room * 2)
    largerRows.initialize(from: rows, count: touched)
    largerSlots.initialize(from: slots, count: touched)
    rows.deallocate()
    slots.deallocate()
    rows = largerRows
    slots = largerSlots
    room *= 2
  }

  /// Marks a slot that holds a row.
  @inlinable @inline(__always) static var inUse: UInt32 { .max }
  /// Ends the list of free slots.
  @inlinable @inline(__always) static var lastFree: UInt32 { .max - 1 }
}
