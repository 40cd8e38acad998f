/// A 64-bit digest of what happened in a run, independent of the order it is added in.
///
/// Facts are mixed strongly one by one and then summed. The sum is commutative on purpose: a form
/// of the engine that settles departures lazily states the same facts in another order and must
/// get the same digest, and digests of parts can be added up. A fact that occurs twice counts
/// twice, unlike under exclusive or.
@usableFromInline package struct Fingerprint: BitwiseCopyable, Hashable, Sendable {
  /// The digest so far.
  @usableFromInline package var value: UInt64

  /// The digest of nothing.
  @inlinable package init() { value = 0 }

  /// Adds a fact of up to four numbers; which number is which matters.
  @inlinable @inline(__always) package mutating func add(
    _ a: UInt64,
    _ b: UInt64,
    _ c: UInt64,
    _ d: UInt64
  ) {
    let front = Mixing.fold(a ^ Mixing.first, Mixing.second)
    let middle = Mixing.fold(front ^ b, Mixing.third)
    let back = Mixing.fold(middle ^ c, Mixing.first)
    value &+= Mixing.finalize(Mixing.fold(back ^ d, Mixing.second))
  }

  /// Adds the facts of another digest.
  @inlinable package mutating func add(_ other: Fingerprint) { value &+= other.value }
}
