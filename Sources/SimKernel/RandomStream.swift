/// A family of independent draws for one purpose, addressed by what the draw is for.
@usableFromInline package struct RandomStream: Sendable, BitwiseCopyable {
  /// Identifies seed, replication and purpose.
  @usableFromInline package let key: UInt64

  /// The stream with a key that is mixed already.
  @inlinable @inline(__always) package init(key: UInt64) { self.key = key }

  /// The generator for one draw: which entity, which of its requests, which attempt.
  ///
  /// Each field passes through a multiply-and-fold round and then through those of the fields after
  /// it; the generator's own output function is two rounds more. Ordinals and attempts count up by
  /// one, so their last bits alone must change the whole state.
  @inlinable @inline(__always) package func generator(
    _ entity: UInt64,
    _ ordinal: UInt64,
    _ attempt: UInt32 = 0
  ) -> Generator {
    let who = Mixing.fold(key ^ entity, Mixing.first)
    let which = Mixing.fold(who ^ ordinal, Mixing.second)
    return Generator(state: Mixing.fold(which ^ UInt64(attempt), Mixing.third))
  }
}
