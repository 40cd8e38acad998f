/// Rows that are added and never removed, changed in place.
///
/// A flat buffer of trivial rows without reference counts or uniqueness checks. Positions are
/// checked in debug builds only.
@usableFromInline package struct Table<Row: BitwiseCopyable>: ~Copyable {
  /// The rows.
  @usableFromInline var rows: UnsafeMutablePointer<Row>
  /// How many rows there is room for.
  @usableFromInline var capacity: Int
  /// How many rows there are.
  @inlinable @inline(__always) package var count: Int { filled }
  /// Backing of `count`.
  @usableFromInline var filled: Int

  /// An empty table.
  @inlinable package init() { self.init(capacity: 0) }

  /// An empty table with room for `capacity` rows.
  @inlinable package init(capacity: Int) {
    self.capacity = max(capacity, 4)
    rows = Self.allocate(self.capacity)
    filled = 0
  }

  deinit { rows.deallocate() }

  /// Whether there are no rows.
  @inlinable @inline(__always) package var isEmpty: Bool { filled == 0 }

  /// Positions of all rows.
  @inlinable @inline(__always) package var indices: Range<Int> { 0..<filled }

  /// The row with this number.
  @inlinable package subscript(_ id: ID<Row>) -> Row {
    @inline(__always) unsafeAddress {
      assert(id.int < filled, "row out of range")
      return UnsafePointer(rows + id.int)
    }
    @inline(__always) unsafeMutableAddress {
      assert(id.int < filled, "row out of range")
      return rows + id.int
    }
  }

  /// The row at this position.
  @inlinable package subscript(_ index: Int) -> Row {
    @inline(__always) unsafeAddress {
      assert(index >= 0 && index < filled, "row out of range")
      return UnsafePointer(rows + index)
    }
    @inline(__always) unsafeMutableAddress {
      assert(index >= 0 && index < filled, "row out of range")
      return rows + index
    }
  }

  /// Adds a row and returns its number.
  @inlinable @inline(__always) @discardableResult
  package mutating func append(_ row: Row) -> ID<Row> {
    if filled == capacity { grow() }
    (rows + filled).initialize(to: row)
    filled &+= 1
    return ID(filled &- 1)
  }

  /// Doubles the room.
  @inlinable @inline(never) mutating func grow() {
    let larger = Self.allocate(capacity * 2)
    larger.initialize(from: rows, count: filled)
    rows.deallocate()
    rows = larger
    capacity *= 2
  }

  /// Room for rows, from the start of a cache line on: rows of up to a line then share few of them.
  @inlinable static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Row> {
    let bytes = capacity * MemoryLayout<Row>.stride
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    return raw.bindMemory(to: Row.self, capacity: capacity)
  }
}
