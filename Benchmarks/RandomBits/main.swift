// The bits behind the draws, for programs that test random numbers.
//
//     random-bits <interleaving> [<seed> [<numbers>]]
//
// Writes the first 64 bits of one keyed draw after another to standard output, without end or as
// many as asked for. A battery of tests sees what a simulation sees: not one long sequence but a
// great number of short ones, whose names differ in few bits.
import Glibc
import SimKernel

/// The order in which the draws of a simulation are lined up.
enum Interleaving: String, CaseIterable {
  /// One entity, its ordinals in turn.
  case ordinals
  /// A thousand entities in turn, each with its own ordinals.
  case entities
  /// Eight attempts of one ordinal after the other.
  case attempts
  /// 64 purposes in turn at the same entity and ordinal.
  case streams
  /// A thousand replications in turn at the same entity and ordinal.
  case replications
  /// Eight successive numbers of each generator.
  case successive
  /// Purposes, attempts, entities and replications in turn, and ordinals in the long run.
  case mixed

  /// How many streams take part: purposes × replications.
  var counts: (purposes: UInt64, replications: UInt64) {
    switch self {
    case .streams: (64, 1)
    case .replications: (1, 1_000)
    case .mixed: (8, 5)
    default: (1, 1)
    }
  }
}

/// The draws in their order; every one is a function of its place.
struct Draws {
  let interleaving: Interleaving
  /// Purpose by purpose within replication by replication.
  let streams: [RandomStream]

  init(_ interleaving: Interleaving, seed: UInt64) {
    self.interleaving = interleaving
    let counts = interleaving.counts
    streams = (1...counts.replications).flatMap { replication in
      let factory = StreamFactory(seed: seed, replication: replication)
      return (0..<counts.purposes).map { factory.stream("service/shop/backend-\($0)") }
    }
  }

  /// The 64 bits at a place.
  func bits(_ place: UInt64) -> UInt64 {
    let count = UInt64(streams.count)
    return switch interleaving {
    case .ordinals: bits(stream: 0, 3, place)
    case .entities: bits(stream: 0, place % 1_000, place / 1_000)
    case .attempts: bits(stream: 0, 3, place / 8, UInt32(place % 8))
    case .streams, .replications: bits(stream: place % count, 3, place / count)
    case .successive: bits(stream: 0, 3, place / 8, skipping: place % 8)
    case .mixed: mixed(place)
    }
  }

  /// Eight purposes, two attempts, 37 entities, five replications, then the next ordinal.
  private func mixed(_ place: UInt64) -> UInt64 {
    let (purpose, rest) = (place % 8, place / 8)
    let attempt = UInt32(rest % 2)
    let entity = rest / 2 % 37
    let replication = rest / 74 % 5
    return bits(stream: replication * 8 + purpose, entity, rest / 370, attempt)
  }

  private func bits(
    stream: UInt64,
    _ entity: UInt64,
    _ ordinal: UInt64,
    _ attempt: UInt32 = 0,
    skipping skipped: UInt64 = 0
  ) -> UInt64 {
    var generator = streams[Int(stream)].generator(entity, ordinal, attempt)
    for _ in 0..<skipped { _ = generator.next() }
    return generator.next()
  }
}

/// Writes numbers as they lie in memory; a reader that has enough ends the program.
func write(_ draws: Draws, count: UInt64) {
  let buffer = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 1 << 15)
  defer { buffer.deallocate() }
  var place: UInt64 = 0
  while place < count {
    let size = Int(min(UInt64(buffer.count), count - place))
    for index in 0..<size { buffer[index] = draws.bits(place + UInt64(index)) }
    guard isWritten(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<(size * 8)]))
    else { exit(1) }
    place += UInt64(size)
  }
}

/// Whether standard output took all bytes.
func isWritten(_ bytes: UnsafeRawBufferPointer) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let slice = UnsafeRawBufferPointer(rebasing: rest)
    let count = write(STDOUT_FILENO, slice.baseAddress, slice.count)
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return false }
    rest = rest.dropFirst(count)
  }
  return true
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard (1...3).contains(arguments.count), let interleaving = Interleaving(rawValue: arguments[0]),
  let seed = arguments.count > 1 ? UInt64(arguments[1]) : 1,
  let count = arguments.count > 2 ? UInt64(arguments[2]) : .max
else {
  let names = Interleaving.allCases.map(\.rawValue).joined(separator: "|")
  let usage = Array("usage: random-bits \(names) [<seed> [<numbers>]]\n".utf8)
  _ = usage.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  exit(64)
}
write(Draws(interleaving, seed: seed), count: count)
