/// The number of a row in a `Table` of that kind of row.
///
/// Typed, so that the number of a pod cannot address a node.
@usableFromInline package struct ID<Row>: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Position in the table, from 0.
  @usableFromInline package var index: UInt32

  /// The row at a position.
  @inlinable @inline(__always) package init(_ index: UInt32) { self.index = index }

  /// The row at a position.
  @inlinable @inline(__always) package init(_ index: Int) {
    self.index = UInt32(truncatingIfNeeded: index)
  }

  /// The position as an `Int`.
  @inlinable @inline(__always) package var int: Int { Int(index) }

  @inlinable @inline(__always) package static func < (a: ID, b: ID) -> Bool { a.index < b.index }
}
