/// Makes the random streams of one replication.
///
/// A draw is a function of (seed, replication, purpose, entity, ordinal, attempt) and never of the
/// order of processing. So a new consumer shifts nobody's numbers, and two variants of a scenario
/// see the same customers with the same demands (common random numbers).
package struct StreamFactory: Sendable {
  /// Mixed seed and replication.
  private let root: UInt64

  /// The streams of a replication of a run.
  package init(seed: UInt64, replication: UInt64) {
    root = Mixing.fold(Mixing.fold(seed ^ Mixing.first, Mixing.second) ^ replication, Mixing.third)
  }

  /// The stream for a purpose, such as "service/shop/backend"; the same name, the same stream.
  package func stream(_ name: String) -> RandomStream {
    let purpose = Mixing.finalize(Mixing.fnv1a(name))
    return RandomStream(key: Mixing.finalize(root &+ Mixing.fold(purpose, Mixing.first)))
  }
}
